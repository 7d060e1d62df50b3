#!/usr/bin/python3
"""Changes the sources of decoder, validator and encoder in one place at a time, and runs the fast tests on each.

The exit status is 0 if every mutant is killed or listed in equivalent.txt, and every listed mutant survives."""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import time

import build
import defects
import find_mutants

FOLDERS = ['src/decode', 'sim/encode']
KEPT = build.ROOT / 'build/sensitivity'
KILLED, SURVIVED, NOT_VIABLE = 'killed', 'survived', 'not viable'
SAME_ANSWERS = 'not told by answers'
# A mutant here may disable the fast path, which does not change results: the instruction counts detect it.
FAST_PATH = [f'src/decode/{name}' for name in ('common_layouts.h', 'decode.cpp', 'inspect.cpp', 'lanes.h', 'quick_check.h',
                                               'validate.cpp', 'wrong_size.h')]
# Of the tests, what takes seconds; and what comes when the others have passed.
LEFT_OUT = ['*EveryFault*', '*AnyForm*', '*OfEverySubnetDecode/*_??']
LATER = ['Golden.*', 'Grammar.*', '*Differential*', '*Maps.*', '*Pairs*', 'Promises.*', 'Law.*']
SECONDS = 60  # of the processor; the tests take about ten without a mutant
MEMORY = 2 << 30
FAILED = re.compile(r'^\[  FAILED  \] ([^ ,]+)', re.MULTILINE)
RUN = re.compile(r'^\[ RUN      \] (\S+)', re.MULTILINE)


def failed_test(program, tests):
    """The test that fails, or None."""
    run = subprocess.run(['prlimit', f'--as={MEMORY}', f'--cpu={SECONDS}', '--core=0', program, '--gtest_fail_fast',
                          f'--gtest_filter={tests}'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                         errors='replace', check=False, env={'RC_PARAMS': 'max_success=1000 seed=20261122', 'LC_ALL': 'C.UTF-8'})
    if run.returncode == 0:
        return None
    return (FAILED.findall(run.stdout) or RUN.findall(run.stdout)[-1:] or [f'status {run.returncode}'])[0]


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


def attempt(program, gate, mutant):
    """The mutant's status, and the test that killed it."""
    try:
        path = program.with_defect(mutant)
    except build.BuildError:
        return NOT_VIABLE, None
    for tests in (f'-{":".join(LEFT_OUT + LATER)}', f'{":".join(LATER)}-{":".join(LEFT_OUT)}'):
        if failed := failed_test(path, tests):
            return KILLED, failed
    if mutant.path in FAST_PATH:
        if gate is None:
            return SAME_ANSWERS, None
        if gate.notices(mutant):
            return KILLED, 'instructions'
    return SURVIVED, None


class Results:
    """Results for the current sources, kept in a file so that an interrupted run can continue."""

    def __init__(self):
        self.sources, self.of = build.sources_digest(), {}
        self.path = KEPT / 'mutants.jsonl'
        KEPT.mkdir(parents=True, exist_ok=True)
        for line in self.path.read_text().splitlines() if self.path.exists() else []:
            result = json.loads(line)
            if result['sources'] == self.sources:
                self.of[tuple(result['mutant'])] = result['status']

    def add(self, mutant, status):
        self.of[mutant.identity()] = status
        with self.path.open('a') as file:
            file.write(json.dumps({'sources': self.sources, 'mutant': mutant.identity(), 'status': status}) + '\n')


def summary(mutants, results, listed):
    statuses = collections.Counter(results.of[m.identity()] for m in mutants)
    equivalent = sum(results.of[m.identity()] == SURVIVED and m.identity() in listed for m in mutants)
    return {'mutants': len(mutants), 'killed': statuses[KILLED], 'equivalent': equivalent,
            'survived': statuses[SURVIVED] - equivalent, 'notViable': statuses[NOT_VIABLE], 'sameAnswers': statuses[SAME_ANSWERS]}


def main():
    parser = argparse.ArgumentParser(prog='./dev mutants', description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, default=build.ROOT / 'build/gcc', help='build with the tests')
    parser.add_argument('--bench', type=pathlib.Path, help='build with the benchmarks, for mutants that change only the speed')
    parser.add_argument('--file', action='append', help='only mutants of files whose path contains this')
    parser.add_argument('--sample', type=int, help='only this many random mutants, all from one random file')
    parser.add_argument('--seed', type=int, default=int(time.time()), help='seed of --sample')
    parser.add_argument('--seconds', type=float, help='time limit')
    parser.add_argument('--list', action='store_true', help='print the mutants and exit')
    options = parser.parse_args()
    start = time.monotonic()

    files = sorted(str(path.relative_to(build.ROOT)) for folder in FOLDERS for path in (build.ROOT / folder).iterdir()
                   if path.suffix in ('.cpp', '.h'))
    every = len(files)
    files = [file for file in files if not options.file or any(part in file for part in options.file)]
    draw = random.Random(options.seed)
    if options.sample:
        # All from one file, so that little is parsed; a larger file is more likely.
        files = draw.choices(files, [(build.ROOT / file).stat().st_size for file in files])
        print(f'Of {files[0]}: --sample {options.sample} --seed {options.seed}')
    mutants = [m for file in files for m in find_mutants.find(build.ROOT, file, [f'-I{build.ROOT}/include'])]
    listed = defects.read_equivalents()
    stale = {entry for entry in listed if entry[0] in files} - {m.identity() for m in mutants}
    for file, line, before, after, occurrence in sorted(stale):
        print(f'equivalent.txt: not a mutant: {file}: {line}: {before} → {after} [{occurrence}]')
    if options.sample:
        mutants = draw.sample(mutants, min(options.sample, len(mutants)))
    if options.list:
        print(*mutants, sep='\n')
        return 1 if stale else 0

    gate = InstructionGate(options.bench) if options.bench else None
    program, results, tried, wrong, killers = build.Program(options.build, 'fast_tests'), Results(), [], [], set()
    for number, mutant in enumerate(mutants, 1):
        if options.seconds and time.monotonic() - start > options.seconds and tried:
            break
        tried.append(mutant)
        known = results.of.get(mutant.identity())
        if known is None or gate and known == SAME_ANSWERS:
            status, by = attempt(program, gate, mutant)
            results.add(mutant, status)
            killers |= {by} - {None, 'instructions'}
            print(f'[{number}/{len(mutants)}] {mutant}: {status}{f" by {by}" if by else ""}', flush=True)
        if results.of[mutant.identity()] != SAME_ANSWERS and (results.of[mutant.identity()] == SURVIVED) != (mutant.identity() in listed):
            wrong.append(mutant)

    if killers and (failed := failed_test(program.original, ':'.join(killers))):
        sys.exit(f'fails without a mutant: {failed}')
    survived = [m for m in wrong if results.of[m.identity()] == SURVIVED]
    if survived:
        print('\nNo test fails with one of these. Add a test, or where none can tell the difference, a line with its reason to '
              f'sensitivity/equivalent.txt:\n\n{defects.equivalent_entry(survived)}')
    for mutant in wrong:
        if mutant not in survived:
            print(f'equivalent.txt lists a mutant that is {results.of[mutant.identity()]}: {mutant}')
    figures = summary(tried, results, listed)
    if len(files) == every and len(tried) == len(mutants) and not figures['sameAnswers']:
        (KEPT / 'mutants.json').write_text(json.dumps(figures, indent=1) + '\n')
    print(f'\n{figures["mutants"]} mutants: {figures["killed"]} killed, {figures["equivalent"]} listed as equivalent, '
          f'{figures["survived"]} survived, {figures["notViable"]} not viable, '
          f'{figures["sameAnswers"]} with the same answers, which --bench would decide; {time.monotonic() - start:.0f} s')
    return 1 if wrong or stale else 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit('\nInterrupted. The next run continues from here.')
