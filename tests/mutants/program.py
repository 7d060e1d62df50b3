"""Builds the fast tests once with all mutants in them, and once more for each mutant that has to be compiled on its own."""
import concurrent.futures
import fcntl
import functools
import hashlib
import json
import pathlib
import pickle
import re
import shutil
import subprocess
import threading

import schemata

# No warnings; a constant that a mutant makes a variable may be narrowed; and a path that runs off a function's end is taken
# as it comes, or the compiler would take every `return` for one that cannot be left out.
MUTANT_FLAGS = ['-w', '-Wno-c++11-narrowing', '-Werror=vla', '-Werror=vla-extension', '-fno-strict-return',
                '-ferror-limit=0', '-fno-color-diagnostics', '-fno-caret-diagnostics']
INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.MULTILINE)
# What decides what a mutant is.
TOOL = ('tests/mutants/source_mutants.py', 'tests/mutants/schemata.py')
MESSAGE = re.compile(r'^(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): (?P<kind>error|fatal error|note): (?P<text>.*)$')


class Stopped(Exception):
    """What was being run has been ended before its time, so nothing is known of it."""


class Parts:
    """What CMake says of the build: parts.json, see CMakeLists.txt."""

    def __init__(self, path):
        values = json.loads(pathlib.Path(path).read_text())
        self.root = pathlib.Path(values['root'])
        self.build = pathlib.Path(values['build'])
        self.compiler = values['compiler']
        self.flags = values['flags']
        self.objects = values['objects']
        self.libraries = values['libraries']
        self.left_out = values['leftOut']
        self.folders = values['folders']
        self.mutated = sorted(str(p.relative_to(self.root)) for folder in self.folders
                              for p in (self.root / folder).iterdir() if p.suffix in ('.cpp', '.h'))
        self.files = self.mutated + values['testSources']
        self.units = [f for f in self.files if f.endswith('.cpp')]

    def only(self, names):
        """Leaves all but these files as they are, so that no more is compiled than what reads them."""
        self.mutated = sorted(names)
        paths = {self.root / name for name in names}
        self.units = [u for u in self.units if self.read_by(u) & paths]

    def fingerprint(self, folders):
        """Of all that is in some folders."""
        return self.fingerprint_of(path for folder in folders for path in sorted((self.root / folder).rglob('*'))
                                   if path.suffix in ('.cpp', '.h', '.py', '.txt') and path.name != 'equivalent.txt')

    def fingerprint_of(self, paths):
        digest = hashlib.sha256(json.dumps([self.compiler, self.flags, MUTANT_FLAGS]).encode())
        for path in paths:
            digest.update(str(path.relative_to(self.root)).encode() + b'\0' + path.read_bytes() + b'\0')
        return digest.hexdigest()[:20]

    @functools.cache
    def read_by(self, name):
        """A source of the project and what it includes of the project, all the way down."""
        found, todo = set(), [self.root / name]
        while todo:
            path = todo.pop()
            if path in found or not path.is_file():
                continue
            found.add(path)
            for included in INCLUDE.findall(path.read_text()):
                todo += [(folder / included).resolve()
                         for folder in (path.parent, self.root / 'include', self.root / 'tests')]
        return frozenset(found)

    @functools.cache
    def fingerprint_with_includes(self, names):
        """Of some sources, with what they include."""
        return self.fingerprint_of(sorted(set().union(*map(self.read_by, names))))


def find_mutants(parts):
    """All mutants, in the order of files and text."""
    from clang import cindex
    import source_mutants
    index = cindex.Index.create()
    units, readers = {}, {}
    for name in parts.units:
        path = str(parts.root / name)
        unit = index.parse(path, [*parts.flags, '-I', str(parts.root / 'tests')],
                           options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
        errors = [str(d) for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
        if errors:
            raise SystemExit('\n'.join(errors))
        units[name] = unit
        for included in [path] + [i.include.name for i in unit.get_includes()]:
            readers.setdefault(str(pathlib.Path(included).resolve()), set()).add(name)
    mutants = []
    for name in parts.mutated:
        path = (parts.root / name).resolve()
        using = sorted(readers.get(str(path), ()))
        if using:
            spelled = {}  # a file may be named differently in each unit
            for unit in using:
                for included in [str(parts.root / unit)] + [i.include.name for i in units[unit].get_includes()]:
                    if pathlib.Path(included).resolve() == path:
                        spelled[unit] = included
            found = source_mutants.find([(units[u], spelled[u]) for u in using], name)
            for mutant in found:
                mutant.units = using
            mutants += found
    return mutants


class Program:
    def __init__(self, parts, folder, jobs, say):
        self.parts, self.folder, self.jobs, self.say = parts, pathlib.Path(folder), jobs, say
        self.path = self.folder / 'fast-tests'
        self.local = threading.local()
        self.folder_count = 0
        self.lock = threading.Lock()
        self.running, self.stopped = set(), False
        self.texts = {f: (parts.root / f).read_text() for f in parts.files}

    def prepare(self):
        """Finds the mutants and builds the program, as far as that has not been done."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / 'lock', 'w') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            sources = self.parts.fingerprint_with_includes((*TOOL, *self.parts.units))
            self.mutants = self.kept('mutants', (sources, self.parts.mutated), self.build)
            # All that decides whether a mutant is killed.
            self.fingerprint = self.parts.fingerprint(['include', 'src', 'sim', 'tests'])
            self.tests, self.test_sources = self.kept('tests', (self.fingerprint, self.parts.mutated), self.trace)

    def fingerprint_of_mutant(self, mutant):
        """Of what is compiled with it in."""
        return self.parts.fingerprint_with_includes((*TOOL, *mutant.units))

    def fingerprint_of_test(self, name):
        """Of what the test's source says; None where there is no such test."""
        source = self.test_sources.get(name)
        return self.parts.fingerprint_with_includes((source,)) if source else None

    def kept(self, name, fingerprint, make):
        """What `make` returned when the sources were the same, or what it returns now."""
        path = self.folder / f'{name}.pickle'
        if path.exists():
            of, value = pickle.loads(path.read_bytes())
            if of == fingerprint:
                return value
        value = make()
        path.write_bytes(pickle.dumps((fingerprint, value)))
        return value

    # --- processes

    def execute(self, command, **options):
        """Runs a command. An interrupt from the keyboard does not reach it: only `stop` ends it."""
        with self.lock:
            if self.stopped:
                raise Stopped
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                                       errors='replace', process_group=0, **options)
            self.running.add(process)
        try:
            out, err = process.communicate()
        except BaseException:
            process.kill()
            raise
        with self.lock:
            self.running.discard(process)
            if self.stopped:
                raise Stopped
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def stop(self):
        """Ends all that runs, in whatever thread, and lets nothing run from now on."""
        with self.lock:
            self.stopped = True
            for process in self.running:
                process.kill()

    # --- all mutants in one program

    def build(self):
        """Compiles the sources with their mutants in them; returns these."""
        self.say('Finding the mutants')
        self.mutants = find_mutants(self.parts)
        for number, mutant in enumerate(self.mutants):
            mutant.number_in_build = number
        self.say(f'Building the tests with {len(self.mutants)} mutants in them')
        source = self.folder / 'source'
        shutil.rmtree(source, ignore_errors=True)
        for file in self.parts.files:
            (source / file).parent.mkdir(parents=True, exist_ok=True)
        todo = set(self.parts.units)
        changed = set(self.parts.files)
        written = {}
        while todo:
            for file in changed:
                written[file] = schemata.Schemata(
                    self.texts[file], [m for m in self.mutants if m.path == file and not m.alone])
                (source / file).write_text(written[file].text)
            with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
                units = sorted(todo)
                outputs = dict(zip(units, pool.map(lambda u: self.compile(source, u, '-O0'), units)))
            changed, todo = set(), set()
            for unit, output in outputs.items():
                if output is None:
                    continue
                todo.add(unit)
                refused = self.refused(output, source, written)
                if not refused:
                    raise SystemExit(output)
                self.say(f'{len(refused)} of them have to be compiled on their own')
                for number in refused:
                    self.mutants[number].alone = True
                    changed.add(self.mutants[number].path)
            todo |= {u for m in self.mutants if m.path in changed for u in m.units}
        return self.mutants

    def refused(self, output, source, written):
        """The numbers of the mutants that the compiler's errors are about."""
        numbers, spans = set(), []
        for line in [*output.splitlines(), '']:
            match = MESSAGE.match(line)
            if match and 'error' in match['kind'] or not line:
                if spans:
                    numbers.update(min(spans, key=len))
                spans = []
            if not match or match['kind'] == 'note' and 'non-constexpr function' not in match['text']:
                continue
            file = pathlib.Path(match['file'])
            if file.is_relative_to(source):
                found = written[str(file.relative_to(source))].at(int(match['line']), int(match['column']))
                if found:
                    spans.append(found)
        return numbers

    def object(self, source, unit):
        return source / (unit + '.o')

    def compile(self, source, unit, *flags):
        """Compiles what `source` has for a unit. Returns what the compiler says when it refuses."""
        run = self.execute([self.parts.compiler, *self.parts.flags, *MUTANT_FLAGS, *flags, '-I',
                            str(self.parts.root / 'tests'), '-c', str(source / unit), '-o',
                            str(self.object(source, unit))], stderr=subprocess.PIPE)
        return run.stderr if run.returncode else None

    def compile_chosen(self):
        output = self.folder / 'chosen.o'
        subprocess.run([self.parts.compiler, *self.parts.flags, '-O1', '-I', str(self.parts.root / 'tests'), '-c',
                        str(self.parts.root / 'tests/mutants/chosen.cpp'), '-o', str(output)], check=True)

    def link(self, objects, path):
        # Several tests count allocations by an operator new of their own; the first of them serves.
        run = self.execute([self.parts.compiler, '-Wl,--allow-multiple-definition', '-o', str(path), *map(str, objects),
                            str(self.folder / 'chosen.o'), *self.parts.objects, *self.parts.libraries],
                           stderr=subprocess.STDOUT)
        if run.returncode:
            raise SystemExit(run.stdout)

    # --- one mutant in one program

    def build_alone(self, mutant, units):
        """The program with this mutant and no other, in these units; None where it does not compile."""
        if not hasattr(self.local, 'folder'):
            with self.lock:
                self.local.folder = self.folder / f'alone-{self.folder_count}'
                self.folder_count += 1
            for file in self.parts.files:
                path = self.local.folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(self.texts[file])
        source = self.local.folder
        (source / mutant.path).write_text(schemata.alone(self.texts[mutant.path], mutant))
        try:
            if any(self.compile(source, unit, '-O0') for unit in units):
                return None
        finally:
            (source / mutant.path).write_text(self.texts[mutant.path])
        objects = [self.object(source if u in units else self.folder / 'source', u) for u in self.parts.units]
        program = source / 'fast-tests'
        self.link(objects, program)
        return program

    # --- which test comes by which mutant

    def trace(self):
        """Links the program and returns [(test, seconds, mutants)], fastest first, and the source of each test."""
        self.compile_chosen()
        self.link([self.object(self.folder / 'source', u) for u in self.parts.units], self.path)
        path = self.folder / 'trace'
        run = self.run(self.path, trace=path)
        if run.returncode:
            raise SystemExit('The tests fail without any mutant:\n' + run.stdout[-4000:])
        tests, sources, everywhere, in_suite = [], {}, set(), {}
        for line in path.read_text().splitlines():
            name, source, time, numbers = line.split('\t')
            numbers = set(map(int, numbers.split()))
            if name == '*':
                everywhere |= numbers
            elif name.endswith('.*'):
                in_suite.setdefault(name[:-2], set()).update(numbers)
            else:
                tests.append((name, int(time) / 1e6, numbers))
                # As the compiler was given it, in the folder of the build.
                sources[name] = str((self.parts.build / source).resolve().relative_to(self.parts.root))
        tests = sorted(((name, time, numbers | everywhere | in_suite.get(name.partition('.')[0], set()))
                        for name, time, numbers in tests), key=lambda test: test[1])
        return tests, sources

    def run(self, program, *, tests=None, mutant=None, trace=None, seconds=None):
        environment = {'RC_PARAMS': 'max_success=1000 seed=20261122', 'LC_ALL': 'C.UTF-8'}
        if mutant is not None:
            environment['QMFORGE_MUTANT'] = str(mutant)
        if trace is not None:
            environment['QMFORGE_MUTANTS_TRACE'] = str(trace)
        if seconds is not None:
            environment['QMFORGE_MUTANT_SECONDS'] = str(seconds)
        command = [str(program), '--gtest_fail_fast']
        left_out = '-' + ':'.join(self.parts.left_out)
        command.append('--gtest_filter=' + (left_out if tests is None else ':'.join(tests)))
        return self.execute(command, env=environment, stderr=subprocess.STDOUT)
