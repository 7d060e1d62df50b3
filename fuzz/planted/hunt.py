#!/usr/bin/env python3
"""Plants each defect of defects.txt in a copy of the sources, builds the fuzz targets, and runs each from its seeds in
corpus/ until it finds something. Writes what came of it to build/planted/hunt.jsonl, line by line, so that a run that was
interrupted goes on where it ended, and the table to results.md (with --empty, to results-empty.md)."""
import argparse
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import defects
import table
import workshop

FORMATS = ['ndr20', 'ndr20_body', 'ndr64', 'native64', 'native32']
TARGETS = [*(f'decode_{format}' for format in FORMATS), *(f'mutate_{format}' for format in FORMATS),
           'forge', 'transcode', 'json', 'cli_hex']
LOG = workshop.FOLDER / 'hunt.jsonl'
# What a hunt's outcome depends on, besides the defect.
HUNTED = ['src', 'sim', 'include', 'tests/reference', 'tests/support', 'fuzz/support', 'fuzz/targets', 'fuzz/dictionaries',
          'tools', 'corpus']
# A target that has found nothing with so many random seeds is not tried with more.
FRUITLESS = 3
# A defect that no target has found is hunted with so many times the executions.
LONGER = 10

# Which encodings run a file's code: the first pattern that matches counts. forge and transcode run them all.
RUN_BY = [
    (r'src/decode/native|sim/encode/image', ['native64', 'native32']),
    (r'src/decode/ndr20_header', ['ndr20']),
    (r'src/decode/ndr|sim/encode/ndr', ['ndr20', 'ndr20_body', 'ndr64']),
    (r'src/(names|text|json)/', [*FORMATS, 'json']),
    (r'tools/', ['cli_hex']),
    (r'', FORMATS),
]


def runs(target, defect):
    """Whether the target runs the code that the defect is in."""
    if defect.formats == 'laws':
        return False
    formats = (defect.formats.split(',') if defect.formats else
               next(formats for pattern, formats in RUN_BY if re.match(pattern, defect.file)))
    if target in ('json', 'cli_hex'):
        return target in formats
    if target in ('forge', 'transcode'):
        return not re.match(r'src/(names|text|json)/|tools/', defect.file)
    return target.partition('_')[2] in formats


def oracle(output):
    """Who spoke."""
    if said := re.search(r'WRONG ANSWER by oracle ([a-z-]+)', output):
        return said[1]
    if said := re.search(r'(?:Address|Memory|UndefinedBehavior)Sanitizer: ([A-Za-z-]+)|ERROR: libFuzzer: ([a-z-]+)', output):
        return f'sanitizer: {said[1]}' if said[1] else f'engine: {said[2]}'
    return 'engine: crash'


def dictionary(target):
    """As build.sh gives it to the target."""
    name = 'json' if target == 'json' else 'message' if re.match('decode_|mutate_', target) else None
    return [f'-dict={workshop.ROOT}/fuzz/dictionaries/{name}.dict'] if name else []


def hunt(program, target, seed, limit, empty):
    """One run: the executions to the finding, or None, and who spoke."""
    seeds = [] if empty else [workshop.ROOT / 'corpus' / target]
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(dir=workshop.FOLDER) as new:
        run = subprocess.run(
            [program, f'-seed={seed}', f'-runs={limit}', '-max_len=4096', '-timeout=10', '-print_final_stats=1',
             f'-artifact_prefix={new}/', *dictionary(target), new, *seeds],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors='replace',
            env={**os.environ, 'ASAN_OPTIONS': 'symbolize=0:detect_leaks=0'})
    if run.returncode == 0:
        return {'executions': None, 'oracle': None, 'seconds': round(time.monotonic() - begin, 2)}
    executions = re.search(r'stat::number_of_executed_units: *(\d+)', run.stderr)
    if not executions:
        raise RuntimeError(f'{program} ended with {run.returncode} and said:\n{run.stderr[-2000:]}')
    return {'executions': int(executions[1]), 'oracle': oracle(run.stderr), 'seconds': round(time.monotonic() - begin, 2)}


class Log:
    """What came of earlier runs over the same sources that began in the same way, and a place for more."""

    def __init__(self, options):
        LOG.parent.mkdir(parents=True, exist_ok=True)
        if options.afresh:
            LOG.unlink(missing_ok=True)
        self.common = {'sources': workshop.digest(HUNTED), 'empty': options.empty}
        self.commit = workshop.commit()
        self.seeds = options.seeds
        self.known = {}
        counts = {'empty': options.empty} if options.older else self.common
        for line in LOG.read_text().splitlines() if LOG.exists() else []:
            run = json.loads(line)
            if counts.items() <= run.items():
                self.keep(run)

    def keep(self, run):
        self.known.setdefault((run['what'], run['target'], run['limit']), {})[run['seed']] = run

    def runs(self, defect, target, limit):
        """{random seed: run}"""
        known = self.known.get((identity(defect), target, limit), {})
        return {seed: run for seed, run in known.items() if seed <= self.seeds}

    def left(self, defect, target, limit):
        """The random seeds still to be tried: none when the first few found nothing."""
        done = self.runs(defect, target, limit)
        if len(done) >= FRUITLESS and not any(run['executions'] for run in done.values()):
            return []
        return [seed for seed in range(1, self.seeds + 1) if seed not in done]

    def add(self, defect, target, limit, seed, outcome):
        run = {'what': identity(defect), 'target': target, 'limit': limit, 'seed': seed, 'commit': self.commit, **self.common,
               **outcome}
        self.keep(run)
        with LOG.open('a') as log:
            log.write(json.dumps(run) + '\n')


def identity(defect):
    """A defect's name and a digest of what it does, so that a changed one is hunted again."""
    change = f'{defect.file}{defect.original}{defect.replacement}'
    return f'{defect.name} {hashlib.sha256(change.encode()).hexdigest()[:8]}'


def hunt_with(log, program, defect, target, limit, empty):
    while left := log.left(defect, target, limit):
        log.add(defect, target, limit, left[0], hunt(program, target, left[0], limit, empty))


def hunt_defect(shop, log, defect, targets, limit, options):
    """Hunts with each target what is left to hunt. Returns the targets that have found it."""
    waiting = [target for target in targets if log.left(defect, target, limit)]
    if waiting:
        shop.make([f'{target}_fuzzer' for target in waiting], defect)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            tasks = [pool.submit(hunt_with, log, shop.build / 'fuzz' / f'{target}_fuzzer', defect, target, limit, options.empty)
                     for target in waiting]
            for task in tasks:
                task.result()
    return [target for target in targets if any(run['executions'] for run in log.runs(defect, target, limit).values())]


def main():
    parser = argparse.ArgumentParser(prog='./dev planted', description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--seeds', type=int, default=10, help="libFuzzer's -seed, from 1 to this (10)")
    parser.add_argument('--limit', type=int, default=10_000, help='executions after which a run gives up (10000)')
    parser.add_argument('--empty', action='store_true', help='begin with nothing instead of the seeds')
    parser.add_argument('--bug', action='append', help='only this defect (more than once for several)')
    parser.add_argument('--target', action='append', choices=TARGETS, help='only this target')
    parser.add_argument('--jobs', type=int, default=len(os.sched_getaffinity(0)), help='runs at a time')
    parser.add_argument('--older', action='store_true',
                        help='count what was hunted over other sources as well, where the defect is the same')
    parser.add_argument('--afresh', action='store_true', help='forget what earlier runs found')
    options = parser.parse_args()

    chosen = [defects.named(name) for name in options.bug] if options.bug else defects.read()
    chosen = [defect for defect in chosen if any(runs(target, defect) for target in TARGETS)]
    targets = options.target or TARGETS
    log = Log(options)
    shop = workshop.Workshop('fuzz', [
        '-DCMAKE_BUILD_TYPE=', '-DCMAKE_CXX_FLAGS=-O1 -fno-omit-frame-pointer -fsanitize=address -fsanitize=fuzzer-no-link',
        '-DQMFORGE_TESTS=OFF', '-DQMFORGE_FUZZ=ON', '-DQMFORGE_FUZZING_ENGINE=-fsanitize=fuzzer'])

    missed = []
    rows = {}  # {(defect, target): runs}
    begin = time.monotonic()
    for number, defect in enumerate(chosen, 1):
        in_reach = [target for target in targets if runs(target, defect)]
        for limit in (options.limit, LONGER * options.limit):
            try:
                finders = hunt_defect(shop, log, defect, in_reach, limit, options)
            except workshop.BuildError as error:
                sys.exit(f'{defect.name}: does not build\n{error}')
            if finders:
                break
        print(f'[{number}/{len(chosen)}, {time.monotonic() - begin:.0f} s] {defect.name}: '
              f'{", ".join(finders) or "NOT FOUND"}', flush=True)
        if not finders:
            missed.append(defect.name)
        for target in in_reach:
            rows[defect.name, target] = list(log.runs(defect, target, limit).values())
    if not options.bug and not options.target:
        table.write(chosen, TARGETS, rows, options)
    if missed:
        sys.exit(f'found by no target: {", ".join(missed)}')


if __name__ == '__main__':
    main()
