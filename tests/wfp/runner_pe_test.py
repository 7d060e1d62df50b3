#!/usr/bin/env python3
"""What qmforge-wfp reads of a Windows program: its machine, its imports, what a DLL exports. The programs are made here."""
import struct
import tempfile
import unittest
from pathlib import Path

from runner_module import runner

BASE = 0x1000  # where the only section begins in memory; in the file it begins at RAW
RAW = 0x400


class Image:
    """A program with one section."""

    def __init__(self, wide=True, machine=None):
        self.wide = wide
        self.machine = machine or (0x8664 if wide else 0x14C)
        self.section = bytearray()
        self.directories = [(0, 0)] * 16

    def add(self, data):
        """The address of the data in memory."""
        self.section += bytes(-len(self.section) % 8)
        self.section += data
        return BASE + len(self.section) - len(data)

    def text(self, text):
        return self.add(text.encode() + b"\0")

    def thunks(self, names):
        """Names, and numbers for imports by number."""
        size, code = (8, "<Q") if self.wide else (4, "<I")
        entries = [name | 1 << (8 * size - 1) if isinstance(name, int) else self.add(b"\0\0" + name.encode() + b"\0")
                   for name in names]
        return self.add(b"".join(struct.pack(code, entry) for entry in [*entries, 0]))

    def imports(self, dlls, originals=True):
        rows = [(self.thunks(names), self.text(dll)) for dll, names in dlls.items()]
        table = b"".join(struct.pack("<5I", thunks if originals else 0, 0, 0, dll, thunks) for thunks, dll in rows)
        self.directories[1] = (self.add(table + bytes(20)), 0)

    def delayed_imports(self, dlls, base=0):
        """base: that of the image, for tables of an old kind that have addresses instead of offsets."""
        rows = [(self.thunks(names) + base, self.text(dll) + base) for dll, names in dlls.items()]
        table = b"".join(struct.pack("<8I", 0 if base else 1, dll, 0, 0, thunks, 0, 0, 0) for thunks, dll in rows)
        self.directories[13] = (self.add(table + bytes(32)), 0)

    def exports(self, names):
        table = self.add(struct.pack(f"<{len(names)}I", *[self.text(name) for name in names]))
        self.directories[0] = (self.add(struct.pack("<10I", 0, 0, 0, 0, 1, len(names), len(names), 0, table, 0)), 0)

    def write(self, path):
        magic, base = (0x20B, struct.pack("<Q", 0x10000)) if self.wide else (0x10B, bytes(4) + struct.pack("<I", 0x10000))
        optional = struct.pack("<H", magic).ljust(24, b"\0") + base
        optional = optional.ljust(108 if self.wide else 92, b"\0") + struct.pack("<I", 16)
        optional += b"".join(struct.pack("<II", *row) for row in self.directories)
        section = b".all\0\0\0\0" + struct.pack("<IIII", len(self.section), BASE, len(self.section), RAW).ljust(32, b"\0")
        headers = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0"
        headers += struct.pack("<HHIIIHH", self.machine, 1, 0, 0, 0, len(optional), 0) + optional + section
        path.write_bytes(headers.ljust(RAW, b"\0") + self.section)
        return path


class Programs(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def pe(self, image):
        return runner.Pe(image.write(self.folder / "program.exe"))

    def image(self, *calls, wide=True):
        image = Image(wide)
        for call, argument in calls:
            getattr(image, call)(argument)
        return image


class Reading(Programs):
    def test_imports_are_by_dll_in_lower_case_without_numbers(self):
        for wide in (True, False):
            pe = self.pe(self.image(("imports", {"FWPUCLNT.dll": ["FwpmEngineOpen0", 7, "FwpmEngineClose0"], "a.dll": [1]}), wide=wide))
            self.assertEqual(pe.imports(), {"fwpuclnt.dll": {"FwpmEngineOpen0", "FwpmEngineClose0"}, "a.dll": set()})

    def test_imports_without_original_thunks(self):
        image = Image()
        image.imports({"a.dll": ["f"]}, originals=False)
        self.assertEqual(self.pe(image).imports(), {"a.dll": {"f"}})

    def test_imports_include_those_that_are_delayed(self):
        for wide, base in ((True, 0), (False, 0), (False, 0x10000)):
            image = Image(wide)
            image.imports({"a.dll": ["f"]})
            image.delayed_imports({"Late.dll": ["g", 3]}, base)
            self.assertEqual(self.pe(image).imports(), {"a.dll": {"f"}, "late.dll": {"g"}})

    def test_exports_are_all_names(self):
        self.assertEqual(self.pe(self.image(("exports", ["a", "b", "c"]))).exports(), {"a", "b", "c"})
        self.assertEqual(self.pe(Image()).exports(), set())

    def test_a_packed_programs_imports_are_those_that_can_be_read(self):
        image = Image()
        image.directories[1] = (0x900000, 0)
        self.assertEqual(self.pe(image).imports(), {})


class Rejecting(Programs):
    def rejected(self, image):
        with self.assertRaises(runner.Error) as error:
            runner.WindowsProgram(image.write(self.folder / "program.exe"), self.folder / "fwpuclnt.dll")
        return str(error.exception)

    def test_another_machine(self):
        self.assertIn("machine 0xaa64; the fake is there for 0x8664 (x86-64) and 0x014c (x86)", self.rejected(Image(machine=0xAA64)))

    def test_a_managed_program(self):
        image = self.image(("imports", {"mscoree.dll": ["_CorExeMain"]}))
        image.directories[14] = (BASE, 72)
        self.assertIn('a .NET program; run it with Mono: see "Mono" in docs/wfp.md', self.rejected(image))


class Warnings(Programs):
    def warnings(self, imports):
        program = runner.WindowsProgram.__new__(runner.WindowsProgram)
        program.pe = self.pe(self.image(("imports", imports)))
        program.system = self.folder / "system32"
        program.system.mkdir()
        program.fake = self.image(("exports", ["FwpmEngineOpen0"])).write(self.folder / "fake.dll")
        self.image(("exports", ["old"])).write(program.system / "fwpuclnt.dll")
        self.image(("exports", ["f", "g"])).write(program.system / "Own.DLL")
        self.image(("exports", ["f"])).write(self.folder / "own.dll")
        self.image(("exports", ["h"])).write(program.system / "Other.dll")
        return list(program.warnings(self.folder))

    def test_are_of_imports_that_nothing_exports(self):
        self.assertEqual(self.warnings({"FwpuClnt.dll": ["FwpmEngineOpen0", "FwpmB0", "FwpmA0"], "OTHER.dll": ["h"],
                                        "own.dll": ["f", "g"], "none.dll": ["x"], "api-ms-win-core.dll": ["y"]}),
                         ["fake.dll does not export FwpmA0, FwpmB0", "none.dll is neither beside the program nor in Wine",
                          "own.dll does not export g"])


if __name__ == "__main__":
    unittest.main()
