"""Builds a program with a defect: takes an up-to-date build folder, compiles only the objects that depend on the changed
file, from a copy of the sources, and links them with the folder's other objects. Sources and build folder do not change."""
import concurrent.futures
import hashlib
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
# The directories that defects are planted in, that include private headers of these by a relative path, or that tests read.
COPIED = ['docs', 'fuzz', 'include', 'kits', 'sim', 'src', 'tests', 'tools', 'wfp']
# Of a compile command: precompiled headers, which may hold what is changed, and the file of dependencies.
LEFT_OUT = re.compile(r' -MD -MT \S+ -MF \S+| -Winvalid-pch| -include \S*cmake_pch\.hxx| -Xclang -include-pch -Xclang \S+| -Xclang -include -Xclang \S+')

# A defect may leave a variable unused, or make a constant a variable.
TOLERANT = '-w -Wno-narrowing'


class BuildError(Exception):
    pass


def sources_digest():
    """Distinguishes one state of the sources from another."""
    digest = hashlib.sha256()
    for room in COPIED:
        for path in sorted((ROOT / room).rglob('*')):
            if path.suffix in ('.cpp', '.h', '.txt', '.dict'):
                digest.update(f'{path.relative_to(ROOT)}\0'.encode() + path.read_bytes() + b'\0')
    return digest.hexdigest()[:16]


class Program:
    """One program of a build folder."""

    def __init__(self, build, target):
        self.build, self.target = pathlib.Path(build).resolve(), target
        self.scratch = tempfile.TemporaryDirectory(prefix='sensitivity-')
        self.copy = pathlib.Path(self.scratch.name)
        for room in COPIED:
            shutil.copytree(ROOT / room, self.copy / room, ignore=shutil.ignore_patterns('__pycache__', 'regressions'))
        commands = self.ninja('-t', 'commands', target).splitlines()
        self.link = shlex.split(commands[-1])[2:-2]  # between `: &&` and `&& :`
        self.compile = {}  # {object: its command}
        for command in commands:
            if output := re.search(r' -o (\S+\.o) -c ', command):
                self.compile[output[1]] = f'{self.relocated(LEFT_OUT.sub("", command))} {TOLERANT}'
        self.readers = {}  # {source or header: the objects that are made from it}
        for block in self.ninja('-t', 'deps').split('\n\n'):
            header, *dependencies = block.splitlines() or ['']
            name = header.partition(':')[0]
            for dependency in dependencies if name in self.compile else ():
                path = os.path.normpath(self.build / dependency.strip())
                self.readers.setdefault(path, set()).add(name)
        self.original = self.build / self.link[self.link.index('-o') + 1]

    def ninja(self, *arguments):
        run = subprocess.run(['ninja', '-C', self.build, *arguments], capture_output=True, text=True, check=False)
        if run.returncode:
            raise BuildError(run.stdout + run.stderr)
        return re.sub(r"^ninja: Entering directory .*\n", '', run.stdout)

    def relocated(self, command):
        """The command with the copies of the sources instead of the originals."""
        return re.sub(rf'{re.escape(str(ROOT))}/({"|".join(COPIED)})\b', rf'{self.copy}/\1', command)

    def with_defect(self, defect):
        """The program's path. `defect` has a `path` and changes the file's text."""
        changed = self.copy / defect.path
        original = (ROOT / defect.path).read_text()
        changed.write_text(defect.planted(original))
        objects = {name: str(self.copy / name.replace('/', '_')) for name in self.readers.get(str(ROOT / defect.path), ())}
        try:
            with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
                list(pool.map(lambda name: self.run(shlex.split(self.compile[name].replace(f' -o {name} ', f' -o {objects[name]} '))),
                              objects))
        finally:
            changed.write_text(original)
        program = str(self.copy / self.target)
        link = [objects.get(word, word) for word in self.link]
        link[link.index('-o') + 1] = program
        # Objects precede the libraries that have the originals, so that the linker does not take those.
        first_library = next((i for i, word in enumerate(link) if word.endswith('.a')), len(link))
        link[first_library:first_library] = [new for old, new in objects.items() if old not in self.link]
        self.run(link)
        return program

    def run(self, command):
        run = subprocess.run(command, cwd=self.build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             errors='replace', check=False)
        if run.returncode:
            raise BuildError(run.stdout)
