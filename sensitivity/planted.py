#!/usr/bin/env python3
"""Plants each defect of defects.txt and runs the detectors: the fuzz targets, the laws, the state machine of the fake, a test.
Writes results.json and its table results.md. The exit status is 1 if a defect is not found."""
import argparse
import collections
import json
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import build
import defects
import results

FORMATS = ['ndr20', 'ndr20_body', 'ndr64', 'native64', 'native32']
# {target: its folder in corpus/}
TARGETS = {row.split()[0]: row.split()[2] for row in (build.ROOT / 'fuzz/targets.txt').read_text().splitlines()
           if row[:1] != '#' and row.split()[1] == 'product'}
DETECTORS = ['fuzz', 'laws', 'fake', 'tests']
OF_A_TEST = 'tests:'  # begins the mark of a defect that a test program finds; the name of the program follows
FRUITLESS = 3  # stop trying a target after this many random seeds without a finding
LONGER = 10    # a defect that no target has found gets this many times the executions

# Which encodings run a file's code: the first pattern that matches counts. forge and transcode run them all.
RUN_BY = [
    (r'src/decode/native|sim/encode/image', ['native64', 'native32']),
    (r'src/decode/ndr20_header', ['ndr20']),
    (r'src/decode/(ndr|encoded_sids)|sim/encode/ndr', ['ndr20', 'ndr20_body', 'ndr64']),
    (r'src/event/', [*FORMATS, 'json']),
    (r'tools/', ['cli_hex']),
    (r'', FORMATS),
]


def runs(target, defect):
    """Whether the fuzz target runs the code that the defect is in."""
    if 'fuzz' not in detectors_of(defect):
        return False
    formats = (defect.shows_in.split(',') if defect.shows_in else
               next(formats for pattern, formats in RUN_BY if re.match(pattern, defect.path)))
    if target in ('json', 'cli_hex'):
        return target in formats
    if target in ('forge', 'transcode'):
        return not re.match(r'src/event/|tools/', defect.path)
    return target.partition('_')[2] in formats


def detectors_of(defect):
    if (defect.shows_in or '').startswith(OF_A_TEST):
        return ['tests']
    if defect.path.startswith('wfp/'):
        return ['fake']
    return ['fuzz'] if defect.path.startswith('tools/') else ['laws'] if defect.shows_in in ('laws', 'cost') else ['fuzz', 'laws']


def oracle(output):
    """The oracle that found the defect."""
    if ours := re.search(r'WRONG ANSWER by oracle ([a-z-]+)', output):
        return ours[1]
    return 'engine' if 'ERROR: libFuzzer: ' in output else 'sanitizer'


class FuzzTargets:
    """The engine on one target after the other, from the seeds in corpus/ or from nothing, until it finds something."""

    def __init__(self, folder, options):
        self.programs = {target: build.Program(folder, f'{target}_fuzzer') for target in options.target or TARGETS}
        self.options = options

    def ask(self, defect):
        """{target: [runs that found it, runs, median of the executions, oracles]}"""
        asked = {target: self.programs[target].with_defect(defect) for target in self.programs if runs(target, defect)}
        for limit in (self.options.limit, LONGER * self.options.limit):
            answers = {target: self.hunt(target, program, limit) for target, program in asked.items()}
            if any(found for found, *_ in answers.values()):
                break
        return answers

    def hunt(self, target, program, limit):
        executions, oracles = [], collections.Counter()
        for seed in range(1, self.options.seeds + 1):
            if len(executions) == FRUITLESS and not oracles:
                break
            count, who = self.run(target, program, seed, limit)
            executions.append(count)
            oracles.update([who] if who else [])
        middle = statistics.median_low(executions)
        return [oracles.total(), len(executions), middle if math.isfinite(middle) else None, [name for name, _ in oracles.most_common()]]

    def run(self, target, program, seed, limit):
        seeds = [] if self.options.empty else [build.ROOT / 'corpus' / TARGETS[target]]
        dictionary = 'json' if target == 'json' else 'message' if re.match('decode_|mutate_', target) else None
        words = [f'-dict={build.ROOT}/fuzz/dictionaries/{dictionary}.dict'] if dictionary else []
        with tempfile.TemporaryDirectory() as new:
            run = subprocess.run(
                [program, f'-seed={seed}', f'-runs={limit}', '-max_len=4096', '-timeout=10', '-print_final_stats=1',
                 f'-artifact_prefix={new}/', *words, new, *seeds],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors='replace', check=False,
                env={**os.environ, 'ASAN_OPTIONS': 'symbolize=0:detect_leaks=0'})
        if run.returncode == 0:
            return math.inf, None
        executions = re.search(r'stat::number_of_executed_units: *(\d+)', run.stderr)
        if not executions:
            raise RuntimeError(f'{target} ended with {run.returncode}:\n{run.stderr[-2000:]}')
        return int(executions[1]), oracle(run.stderr)


def fails(program, *arguments, cases=100, seconds=120):
    """Whether a test fails. A crash and a timeout are failures, too."""
    try:
        return subprocess.run([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds, check=False,
                              env={**os.environ, 'RC_PARAMS': f'max_success={cases} seed=20261122 noshrink=1',
                                   'ASAN_OPTIONS': 'handle_segv=0'}).returncode != 0
    except subprocess.TimeoutExpired:
        return True


class Laws:
    """Each law's test by itself; CostIsLinear by the gate of the benchmarks, for the defects with the mark `cost`."""

    def __init__(self, folder, options):
        self.program = build.Program(folder, 'laws_test')
        self.bench = options.bench
        listed = subprocess.run([self.program.original, '--gtest_list_tests'], capture_output=True, text=True, check=True).stdout
        self.laws = re.findall(r'^  (\w+)$', listed.partition('Law.\n')[2], re.MULTILINE)
        if broken := self.broken(self.program.original):
            sys.exit(f'fails without a defect: {", ".join(broken)}')

    def broken(self, program):
        return [law for law in self.laws if fails(program, f'--gtest_filter=Law.{law}', cases=1000)]

    def ask(self, defect):
        cost = ['CostIsLinear'] if defect.shows_in == 'cost' and self.bench and self.cost_grows(defect) else []
        return self.broken(self.program.with_defect(defect)) + cost

    def cost_grows(self, defect):
        count = build.Program(self.bench, 'count').with_defect(defect)
        gate = subprocess.run([build.ROOT / 'bench/gate.py', '--program', count, '--compiler', 'any', 'check'],
                              capture_output=True, text=True, check=False)
        return 'takes more than twice' in gate.stdout


class Fake:
    """The state machine that calls the fake of the Windows Filtering Platform; for a defect with the mark `calls` its other tests."""

    def __init__(self, folder, _):
        self.folder, self.programs = folder, {}

    def program(self, name):
        if name not in self.programs:
            self.programs[name] = build.Program(self.folder, name)
            if fails(self.programs[name].original, '--gtest_fail_fast', cases=300, seconds=400):
                sys.exit(f'{name} fails without a defect')
        return self.programs[name]

    def ask(self, defect):
        names = ['wfp_test', 'wfp_matcher_test'] if defect.shows_in == 'calls' else ['wfp_machine_test']
        return [name for name in names
                if fails(self.program(name).with_defect(defect), '--gtest_fail_fast', cases=300, seconds=400)][:1]


class Tests:
    """The test program that the mark of a defect names."""

    def __init__(self, folder, _):
        self.folder, self.programs = folder, {}

    def ask(self, defect):
        target = defect.shows_in.removeprefix(OF_A_TEST)
        if target not in self.programs:
            self.programs[target] = build.Program(self.folder, target)
            if fails(self.programs[target].original, seconds=300):
                sys.exit(f'{target} fails without a defect')
        return [target] if fails(self.programs[target].with_defect(defect), seconds=300) else []


def main():
    parser = argparse.ArgumentParser(prog='./dev planted', description=__doc__)
    parser.add_argument('detector', nargs='*', metavar='DETECTOR', help=f'{", ".join(DETECTORS)} (default: all)')
    parser.add_argument('--defect', action='append', help='only this defect (more than once for several)')
    parser.add_argument('--target', action='append', choices=TARGETS, help='only this fuzz target')
    parser.add_argument('--seeds', type=int, default=10, help="libFuzzer's -seed, from 1 to this (10)")
    parser.add_argument('--limit', type=int, default=10_000, help='executions after which a run gives up (10000)')
    parser.add_argument('--empty', action='store_true', help='begin with nothing instead of the seeds (implies --keep-nothing)')
    parser.add_argument('--keep-nothing', action='store_true', help='do not write results.json and results.md')
    parser.add_argument('--tests', type=pathlib.Path, default=build.ROOT / 'build/gcc', help='build with the tests')
    parser.add_argument('--fuzz', type=pathlib.Path, default=build.ROOT / 'build/fuzz/libfuzzer-address' / 'work' / 'qmforge',
                        help='build with the fuzz targets')
    parser.add_argument('--bench', type=pathlib.Path, help='build with the benchmarks, for the law of cost')
    options = parser.parse_args()
    if unknown := set(options.detector) - set(DETECTORS):
        parser.error(f'unknown detector {", ".join(unknown)}')

    known = {defect.name: defect for defect in defects.read_defects()}
    if unknown := set(options.defect or ()) - known.keys():
        parser.error(f'unknown defect {", ".join(unknown)}')
    asked = options.detector or DETECTORS
    chosen = [known[name] for name in options.defect or known if set(asked) & set(detectors_of(known[name]))]
    make = {'fuzz': lambda: FuzzTargets(options.fuzz, options), 'laws': lambda: Laws(options.tests, options),
            'fake': lambda: Fake(options.tests, options), 'tests': lambda: Tests(options.tests, options)}
    detectors = {name: make[name]() for name in asked}
    kept = None if options.empty or options.target or options.keep_nothing else results.Results()
    unnoticed = []
    for number, defect in enumerate(chosen, 1):
        answers = {}
        for name, detector in detectors.items():
            if name not in detectors_of(defect):
                continue
            try:
                answers[name] = detector.ask(defect)
            except build.BuildError as error:
                sys.exit(f'{defect.name}: does not build\n{error}')
            except defects.ListError as error:
                sys.exit(str(error))
        by = [target for target, (found, *_) in answers.get('fuzz', {}).items() if found]
        by += answers.get('laws', []) + answers.get('fake', []) + answers.get('tests', [])
        print(f'[{number}/{len(chosen)}] {defect.name}: {", ".join(by) or "NOT FOUND"}', flush=True)
        if not by:
            unnoticed.append(defect.name)
        if kept:
            kept.add(defect, answers)
    if unnoticed:
        sys.exit(f'not noticed: {", ".join(unnoticed)}')


if __name__ == '__main__':
    main()
