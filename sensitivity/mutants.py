#!/usr/bin/python3
"""Changes the sources in one place at a time, and runs the tests of the changed file's part on each. sensitivity/parts.py is
the table of parts.

The exit status is 0 if every mutant is killed or listed in equivalent.txt, and every listed mutant survives."""
import argparse
import collections
import json
import os
import pathlib
import pickle
import random
import re
import signal
import subprocess
import sys
import time

import build
import defects
import find_mutants
import results
import parts

KEPT = build.ROOT / 'build/sensitivity/mutants.jsonl'
KILLED, SURVIVED, NOT_VIABLE = 'killed', 'survived', 'not viable'
SAME_ANSWERS = 'not told by answers'
# A mutant here may disable the fast path, which does not change results: the instruction counts detect it.
FAST_PATH = [f'src/decode/{name}' for name in ('common_layouts.h', 'decode.cpp', 'inspect.cpp', 'lanes.h', 'quick_check.h',
                                               'validate.cpp', 'wrong_size.h')]
# Of the programs' tests, what takes seconds; and what comes when the others have passed.
LEFT_OUT = ['*EveryFault*', '*AnyForm*', '*OfEverySubnetDecode/*_??']
LATER = ['Golden.*', 'Grammar.*', '*Differential*', '*Maps.*', '*Pairs*', 'Promises.*', 'Law.*']
PROCESSOR_SECONDS = 60  # the slowest program takes a third of it without a mutant
SECONDS = 120           # the same by the clock: a thread may wait without end
MEMORY = 4 << 30
FAILED = re.compile(r'^\[  FAILED  \] ([^ ,]+)', re.MULTILINE)
RUN = re.compile(r'^\[ RUN      \] (\S+)', re.MULTILINE)


def failed_test(program, tests, subject=None):
    """The test that fails, or None."""
    command = ['prlimit', f'--as={MEMORY}', f'--cpu={PROCESSOR_SECONDS}', '--core=0', program, '--gtest_fail_fast',
               f'--gtest_filter={tests}']
    environment = {**os.environ, 'RC_PARAMS': 'max_success=1000 seed=20261122', 'LC_ALL': 'C.UTF-8'}
    if subject:
        environment['QMFORGE_PROGRAM'] = subject
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
                          errors='replace', env=environment, start_new_session=True) as run:
        try:
            output, status = run.communicate(timeout=SECONDS)[0], run.returncode
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)  # and what it has started
            output, status = run.communicate()[0], 'timeout'
    if status == 0:
        return None
    return (FAILED.findall(output) or RUN.findall(output)[-1:] or [f'status {status}'])[0]


class InstructionGate:
    """The gate of the benchmarks, which fails if a message takes more instructions than its baseline allows."""

    def __init__(self, folder):
        self.program = build.Program(folder, 'count')
        self.compiler = re.search(r'^QMFORGE_BENCH_COMPILER:[^=]*=(.*)$', (folder / 'CMakeCache.txt').read_text(), re.MULTILINE)[1]
        if self.fails(self.program.original):
            sys.exit('./dev bench --check fails without a mutant')

    def fails(self, program):
        return subprocess.run([build.ROOT / 'bench/gate.py', '--program', program, '--compiler', self.compiler, 'check'],
                              stdout=subprocess.DEVNULL, check=False).returncode != 0

    def notices(self, mutant):
        return self.fails(self.program.with_defect(mutant))


class Gate:
    """The test programs of a part."""

    def __init__(self, part, folder, instructions):
        self.part, self.instructions = part, instructions
        self.programs = [build.Program(folder, target) for target in part.programs]
        self.subject = build.Program(folder, part.subject) if part.subject else None
        if missing := [target for target in part.targets() if not build.Program(folder, target).original.exists()]:
            sys.exit(f'{folder}: not built: {", ".join(missing)}')
        self.killers = {}  # {file: {program: its tests that have killed a mutant of the file}}

    def object_of(self, file):
        """An object that is made from the file; None if no program of the part contains it."""
        for program in [*self.programs, *([self.subject] if self.subject else [])]:
            if names := program.folder.reading(file, program.names):
                return program.folder, names[0]
        return None

    def mutants(self, file):
        found = self.object_of(file)
        if found is None:
            print(f'{file}: none of {", ".join(self.part.programs)} contains it')
            return []
        folder, name = found
        # Finding them takes seconds for each file: what is found is kept.
        list_of = KEPT.parent / 'found' / build.digest([build.ROOT / file, pathlib.Path(find_mutants.__file__)])
        if not list_of.exists():
            list_of.parent.mkdir(parents=True, exist_ok=True)
            list_of.write_bytes(pickle.dumps(find_mutants.find(build.ROOT, file, folder.parse_options(name))))
        return pickle.loads(list_of.read_bytes())

    def attempt(self, mutant):
        """The mutant's status, and the test that killed it."""
        try:
            subject = self.subject.with_defect(mutant) if self.subject and self.subject.reads(mutant.path) else None
            killers = self.killers.setdefault(mutant.path, collections.defaultdict(set))
            for tests in (None, f'-{":".join(LEFT_OUT + LATER)}', f'{":".join(LATER)}-{":".join(LEFT_OUT)}'):
                for program in self.programs:
                    if not (program.reads(mutant.path) or subject) or not (tests or killers[program]):
                        continue
                    path = program.with_defect(mutant) if program.reads(mutant.path) else program.original
                    if failed := failed_test(path, tests or ':'.join(sorted(killers[program])), subject):
                        killers[program].add(failed)
                        return KILLED, failed
        except build.BuildError:
            return NOT_VIABLE, None
        if mutant.path in FAST_PATH:
            if self.instructions is None:
                return SAME_ANSWERS, None
            if self.instructions.notices(mutant):
                return KILLED, 'instructions'
        return SURVIVED, None

    def check_killers(self):
        for program in self.programs:
            if tests := sorted(set().union(*(killers[program] for killers in self.killers.values()))):
                if failed := failed_test(program.original, ':'.join(tests), self.subject and self.subject.original):
                    sys.exit(f'{program.target} fails without a mutant: {failed}')


class Results:
    """Each result, in a file that is only appended to, so that a run continues where another ended. That a mutant is killed
    counts until its file changes; that it survives, until any file changes."""

    def __init__(self, seed):
        self.sources, self.seed, self.of, self.digests = build.sources_digest(), seed, {}, {}
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        for line in KEPT.read_text().splitlines() if KEPT.exists() else []:
            result = json.loads(line)
            decided = result['status'] in (KILLED, NOT_VIABLE) and result['file'] == self.digest(result['mutant'][0])
            if decided or result['sources'] == self.sources:
                self.of[tuple(result['mutant'])] = result

    def digest(self, file):
        if file not in self.digests:
            path = build.ROOT / file
            self.digests[file] = build.digest([path]) if path.exists() else None
        return self.digests[file]

    def add(self, mutant, status, by):
        result = {'mutant': mutant.identity(), 'status': status, 'by': by, 'file': self.digest(mutant.path),
                  'sources': self.sources, 'seed': self.seed}
        self.of[mutant.identity()] = result
        with KEPT.open('a') as file:
            file.write(json.dumps(result) + '\n')

    def status(self, mutant):
        return self.of[mutant.identity()]['status'] if mutant.identity() in self.of else None


def summary(mutants, kept, listed):
    """The figures of a part: `mutants` are all that its files have."""
    tried = [m for m in mutants if kept.status(m)]
    statuses = collections.Counter(kept.status(m) for m in tried)
    equivalent = sum(kept.status(m) == SURVIVED and m.identity() in listed for m in tried)
    return {'mutants': len(mutants), 'tried': len(tried), 'killed': statuses[KILLED], 'equivalent': equivalent,
            'survived': statuses[SURVIVED] - equivalent, 'notViable': statuses[NOT_VIABLE],
            'sameAnswers': statuses[SAME_ANSWERS],
            'seeds': sorted({kept.of[m.identity()]['seed'] for m in tried} - {None})}


def report(wrong, kept):
    survived = [m for m in wrong if kept.status(m) == SURVIVED]
    if survived:
        print('\nNo test fails with one of these. Add a test, or where none can tell the difference, a line with its reason to '
              f'sensitivity/equivalent.txt:\n\n{defects.equivalent_entry(survived)}')
    for mutant in wrong:
        if mutant not in survived:
            print(f'equivalent.txt lists a mutant that is {kept.status(mutant)}: {mutant}')


def parse_arguments():
    parser = argparse.ArgumentParser(prog='./dev mutants', description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, default=build.ROOT / 'build/gcc', help='build with the tests')
    parser.add_argument('--bench', type=pathlib.Path, help='build with the benchmarks, for mutants that change only the speed')
    parser.add_argument('--part', action='append', choices=[part.name for part in parts.PARTS], help='only this part')
    parser.add_argument('--file', action='append', help='only mutants of files whose path contains this')
    parser.add_argument('--sample', type=int, help='only this many random mutants; without --part and --file, of one random file')
    parser.add_argument('--seed', type=int, help='seed of --sample')
    parser.add_argument('--seconds', type=float, help='time limit')
    parser.add_argument('--list', action='store_true', help='print the mutants and exit')
    parser.add_argument('--targets', action='store_true', help='print the programs that the parts need and exit')
    parser.add_argument('--keep-nothing', action='store_true', help='do not write the figures to results.json and results.md')
    options = parser.parse_args()
    if options.sample and options.seed is None:
        options.seed = int(time.time())
    return options


def chosen_files(options, draw):
    """{part: its files}"""
    chosen = {part: [file for file in parts.files(part) if not options.file or any(name in file for name in options.file)]
              for part in parts.PARTS if not options.part or part.name in options.part}
    if options.sample and not options.part and not options.file and not options.targets:
        # All from one file, so that little is parsed; a larger file is more likely.
        every = [(part, file) for part, files in chosen.items() for file in files]
        [(part, file)] = draw.choices(every, [(build.ROOT / file).stat().st_size for _, file in every])
        print(f'Of {file}: --sample {options.sample} --seed {options.seed}', file=sys.stderr)
        return {part: [file]}
    return {part: files for part, files in chosen.items() if files}


def main():
    options = parse_arguments()
    start = time.monotonic()
    draw = random.Random(options.seed)
    if options.targets:
        print(*dict.fromkeys(target for part in chosen_files(options, draw) for target in part.targets()))
        return 0
    listed = defects.read_equivalents()
    kept, instructions = Results(options.seed), InstructionGate(options.bench) if options.bench else None
    status = 0
    for part, files in chosen_files(options, draw).items():
        gate = Gate(part, options.build, instructions)
        every = [m for file in files for m in gate.mutants(file)]
        stale = {entry for entry in listed if entry[0] in files} - {m.identity() for m in every}
        for file, line, before, after, occurrence in sorted(stale):
            print(f'equivalent.txt: not a mutant: {file}: {line}: {before} → {after} [{occurrence}]')
        mutants = draw.sample(every, min(options.sample, len(every))) if options.sample else every
        if options.list:
            print(*mutants, sep='\n')
            continue
        wrong, tried = [], 0
        for number, mutant in enumerate(mutants, 1):
            if options.seconds and time.monotonic() - start > options.seconds and tried:
                break
            tried += 1
            if kept.status(mutant) in (None, SAME_ANSWERS) and (kept.status(mutant) is None or instructions):
                answer, by = gate.attempt(mutant)
                kept.add(mutant, answer, by)
                print(f'[{number}/{len(mutants)}] {mutant}: {answer}{f" by {by}" if by else ""}', flush=True)
            if kept.status(mutant) != SAME_ANSWERS and (kept.status(mutant) == SURVIVED) != (mutant.identity() in listed):
                wrong.append(mutant)
        gate.check_killers()
        report(wrong, kept)
        figures = summary(every, kept, listed)
        if files == parts.files(part) and not options.keep_nothing:
            results.Results().add_part(part, figures)
        print(f'\n{part.name}: {figures["mutants"]} mutants, {figures["tried"]} tried: {figures["killed"]} killed, '
              f'{figures["equivalent"]} listed as equivalent, {figures["survived"]} survived, {figures["notViable"]} not viable, '
              f'{figures["sameAnswers"]} with the same answers, which --bench would decide; {time.monotonic() - start:.0f} s')
        if wrong or stale:
            status = 1
    return status


if __name__ == '__main__':
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit('\nInterrupted. The next run continues from here.')
