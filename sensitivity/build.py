"""Builds a program with a defect: takes an up-to-date build folder, compiles only the objects that depend on the changed
file, from a copy of the sources, and links them with the folder's other objects. Sources and build folder do not change."""
import concurrent.futures
import functools
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

INCLUDE = re.compile(r'^\s*#\s*include <(\S+)>', re.MULTILINE)

# A defect may leave a variable unused, or make a constant a variable.
TOLERANT = '-w -Wno-narrowing -g0'


class BuildError(Exception):
    pass


def digest(paths):
    """Distinguishes one state of these files from another."""
    state = hashlib.sha256()
    for path in sorted(paths):
        state.update(f'{path.relative_to(ROOT)}\0'.encode() + path.read_bytes() + b'\0')
    return state.hexdigest()[:16]


def sources_digest():
    return digest(path for room in COPIED for path in (ROOT / room).rglob('*') if path.suffix in ('.cpp', '.h', '.txt', '.dict'))


def run(command, folder):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace',
                          check=False)
    if done.returncode:
        raise BuildError(done.stdout)
    return done.stdout


@functools.cache
class Folder:
    """A build folder, and a copy of the sources for its objects with a defect."""

    def __init__(self, build):
        self.build = build
        self.scratch = tempfile.TemporaryDirectory(prefix='sensitivity-')
        self.copy = pathlib.Path(self.scratch.name)
        for room in COPIED:
            shutil.copytree(ROOT / room, self.copy / room, ignore=shutil.ignore_patterns('__pycache__', 'regressions'))
        self.compile = {}       # {object: its command}
        self.dependencies = {}  # {object: the files that it is made from}
        for block in run(['ninja', '-t', 'deps'], build).split('\n\n'):
            name, *paths = block.splitlines() or ['']
            self.dependencies[name.partition(':')[0]] = {os.path.normpath(build / path.strip()) for path in paths}
        self.prefixes = {}      # {target's folder: the option for its precompiled headers}
        self.planted, self.objects = None, {}

    def commands(self, target):
        """The objects of a program, and the command that links them."""
        commands = run(['ninja', '-t', 'commands', target], self.build).splitlines()
        names = []
        for command in commands:
            if output := re.search(r' -o (\S+\.o) -c ', command):
                self.compile[output[1]] = f'{self.relocated(LEFT_OUT.sub("", command))} {TOLERANT}'
                names.append(output[1])
        return names, shlex.split(commands[-1])[2:-2]  # between `: &&` and `&& :`

    def relocated(self, command):
        """The command with the copies of the sources instead of the originals."""
        return re.sub(rf'{re.escape(str(ROOT))}/({"|".join(COPIED)})\b', rf'{self.copy}/\1', command)

    def reading(self, path, names):
        """Of these objects, those that are made from a file."""
        return [name for name in names if str(ROOT / path) in self.dependencies.get(name, ())]

    def parse_options(self, name):
        """What clang needs to read an object's source, or a header of it, where it lies."""
        words = shlex.split(self.compile[name].replace(str(self.copy), str(ROOT)))
        return [option for word, following in zip(words, words[1:])
                for option in ([word, following] if word == '-isystem' else [word] if word[:2] in ('-D', '-I') else [])]

    def prefix(self, name):
        """Precompiles the headers of other projects that the sources of an object's target include: no defect changes them."""
        target = name.partition('.dir/')[0]
        if target not in self.prefixes:
            self.prefixes[target] = ''
            paths = set().union(*(self.dependencies.get(other, ()) for other in self.compile if other.startswith(f'{target}.dir/')))
            ours = {path for path in paths if path.startswith(f'{ROOT}/')}
            foreign = paths - ours
            headers = sorted({name for path in ours if os.path.exists(path) for name in INCLUDE.findall(pathlib.Path(path).read_text())
                              if any(path.endswith(f'/{name}') for path in foreign)})
            header = self.copy / f'{target.replace("/", "_")}.h'
            header.write_text(''.join(f'#include <{name}>\n' for name in headers))
            command = re.sub(r' -o \S+ -c \S+', f' -x c++-header -o {header}.gch -c {header}', self.compile[name])
            try:
                run(shlex.split(command), self.build)
                self.prefixes[target] = f' -include {header}'
            except BuildError:
                pass  # its headers need what the sources define before them
        return self.prefixes[target]

    def objects_with(self, defect, names):
        """{object: the one with the defect}. What is compiled for one program serves the others."""
        changed, original = self.copy / defect.path, (ROOT / defect.path).read_text()
        text = defect.planted(original)
        if self.planted != (defect.path, text):
            self.planted, self.objects = (defect.path, text), {}
        missing = [name for name in self.reading(defect.path, names) if name not in self.objects]
        # The command, with the precompiled headers before all others.
        commands = {name: re.sub(r' -o \S+ -c ', f'{self.prefix(name)} -o {self.copy / name.replace("/", "_")} -c ',
                                 self.compile[name]) for name in missing}
        changed.write_text(text)
        try:
            with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
                list(pool.map(lambda name: run(shlex.split(commands[name]), self.build), missing))
        finally:
            changed.write_text(original)
        self.objects.update({name: str(self.copy / name.replace('/', '_')) for name in missing})
        return {name: self.objects[name] for name in self.reading(defect.path, names)}


class Program:
    """One program of a build folder."""

    def __init__(self, build, target):
        self.build, self.target = pathlib.Path(build).resolve(), target
        self.folder = Folder(self.build)
        self.names, self.link = self.folder.commands(target)
        self.original = self.build / self.link[self.link.index('-o') + 1]

    def reads(self, path):
        return bool(self.folder.reading(path, self.names))

    def with_defect(self, defect):
        """The program's path. `defect` has a `path` and changes the file's text."""
        objects = self.folder.objects_with(defect, self.names)
        program = str(self.folder.copy / self.target)
        link = [objects.get(word, word) for word in self.link]
        link[link.index('-o') + 1] = program
        # Objects precede the libraries that have the originals, so that the linker does not take those.
        first_library = next((i for i, word in enumerate(link) if word.endswith('.a')), len(link))
        link[first_library:first_library] = [new for old, new in objects.items() if old not in self.link]
        run(link, self.build)
        return program
