#!/usr/bin/env python3
"""The command qmforge-wfp: its errors for invalid input, which files it leaves unchanged, and that --torture finds the bugs
of the wrong sample logger, and none in the correct one."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent
options = None


def run(*words, check=None):
    result = subprocess.run([options.runner, *map(str, words)], capture_output=True, text=True, check=False)
    if re.search("there is no Wine here|runs no 32-bit programs", result.stderr):
        print("SKIP:", result.stderr)
        raise unittest.SkipTest(result.stderr)
    if check is not None and result.returncode != check:
        raise AssertionError(f"status {result.returncode}\n{result.stdout}{result.stderr}")
    return result


class BadInput(unittest.TestCase):
    def test_says_what_is_wrong(self):
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder, "text.exe")
            text.write_text("just text")
            short = Path(folder, "short.exe")
            short.write_bytes(b"MZ")
            arm = Path(folder, "arm.exe")
            arm.write_bytes(b"MZ".ljust(60, b"\0") + b"\x40\0\0\0" + b"PE\0\0\x64\xaa".ljust(400, b"\0"))
            for words, message in (
                    ((Path(folder, "none.exe"),), "no such file"),
                    ((text,), "neither a Windows program (PE) nor a Linux program (ELF)"),
                    ((short,), "not a Windows program"),
                    ((arm,), "machine 0xaa64"),
                    ((options.logger, "--scenario", "none.scenario"), "no such scenario"),
                    ((options.logger, "--mode", "nice"), "invalid choice: 'nice'"),
                    ((options.logger, "--fail", "FwpmEngineOpen0"), "expected FUNCTION:N:CODE"),
                    ((options.logger, "--junit", "x.xml"), "--junit needs --torture")):
                self.assertIn(message, run(*words, check=2).stderr)


class Running(unittest.TestCase):
    def test_prints_the_programs_output_and_then_the_report(self):
        result = run(options.logger, "--fake", options.fake, "--scenario", SOURCE / "examples/wfp/logger.scenario", "--", 4, check=0)
        expected = (SOURCE / "examples/wfp/logger.expected").read_text()
        self.assertEqual(result.stdout.replace("\r", ""), expected + "--- report of the fake\nclean\n")

    def test_passes_the_programs_status_on(self):
        result = run(options.logger, "--fake", options.fake, "--fail", "FwpmEngineOpen0:1:5", check=1)
        self.assertIn("FwpmEngineOpen0: error 0x00000005", result.stderr)

    def test_leaves_the_programs_folder_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, Path(options.logger).name)
            shutil.copy(options.logger, program)
            before = {file.name: file.stat().st_mtime_ns for file in Path(folder).iterdir()}
            run(program, "--fake", options.fake, check=0)
            self.assertEqual({file.name: file.stat().st_mtime_ns for file in Path(folder).iterdir()}, before)

    def test_knows_every_mode_that_the_fake_has(self):
        names = re.findall(r'ModeDescription\{\s*Mode::\w+,\s*"([a-z-]+)"', (SOURCE / "include/qmforge/wfp/hostile.h").read_text())
        modes = re.search(r"One of: (.*?)--fail", "".join(run("--help").stdout.split()).replace("Oneof:", "One of: "))[1]
        self.assertEqual(modes.split(","), names)


    def test_ends_with_the_program_when_wine_starts_anew(self):
        if not options.logger.endswith(".exe"):
            self.skipTest("a Linux program")
        run(options.logger, "--fake", options.fake, "--fail", "FwpmEngineOpen0:1:5")  # makes the prefix
        for prefix in Path(os.environ["XDG_CACHE_HOME"], "qmforge").glob("wine*"):
            for option in ("-k", "-w"):
                subprocess.run(["wineserver", option], env=dict(os.environ, WINEPREFIX=str(prefix)), check=False)
        start = time.monotonic()
        run(options.logger, "--fake", options.fake, "--fail", "FwpmEngineOpen0:1:5")
        self.assertLess(time.monotonic() - start, 55)  # the server's minute


class Torture(unittest.TestCase):
    def torture(self, logger, status, time_limit=30):
        with tempfile.TemporaryDirectory() as folder:
            junit = Path(folder, "torture.xml")
            output = run(logger, "--fake", options.fake, "--torture", "--time-limit", time_limit, "--junit", junit, "--", 4, check=status).stdout
            suite = ElementTree.parse(junit).getroot()
        found = {case.get("name"): case.find("failure").text for case in suite if case.find("failure") is not None}
        self.assertEqual(suite.get("failures"), str(len(found)))
        self.assertIn(f"{suite.get('tests')} runs, {len(found)} with findings", output)
        return output, found

    def test_finds_nothing_in_the_right_logger(self):
        output, found = self.torture(options.logger, 0)
        self.assertEqual(found, {})
        for name in ("baseline", "null-body", "fail FwpmEngineOpen0 1 5", "fail FwpmNetEventUnsubscribe0 1 5"):
            self.assertRegex(output, rf"(?m)^{name} ")

    def test_finds_every_planted_bug_of_the_wrong_logger(self):
        found = self.torture(options.wrong_logger, 1)[1]
        self.assertIn("prints 10.1.0.0 with its bytes reversed: 0.0.1.10", found["baseline"])
        self.assertIn("prints memory that it may not read", found["stale-subnets"])
        self.assertIn("prints a failure whose body is NULL", found["null-body"])
        self.assertEqual(len(found), 3)

    def test_says_crash_hang_and_leak(self):
        output, found = self.torture(options.fragile, 1, time_limit=15)
        self.assertIn("crash: ", found["null-body"])
        self.assertIn("hang: ", found["fail FwpmNetEventSubscribe4 1 5"])
        self.assertIn("leak: engine of call 1 (FwpmEngineOpen0)", found["fail FwpmNetEventCreateEnumHandle0 1 5"])
        self.assertRegex(output, r"(?m)^null-body +crash ")
        self.assertRegex(output, r"(?m)^fail FwpmNetEventSubscribe4 1 5 +hang ")
        self.assertNotIn("baseline", found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--runner", "--fake", "--logger", "--wrong-logger", "--fragile"):
        parser.add_argument(name, required=True)
    options, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
