#!/usr/bin/python3
"""Whether the tests notice when the decoder, the validator or the encoder is wrong: README.md explains it.

Exits with 0 where every mutant that was tried is killed or listed in equivalent.txt, and the list holds no other.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import sys
import time

import campaign
import equivalent
import program as fast_tests

HERE = pathlib.Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser(prog='./dev mutants', description='Mutants of the decoder, validator and encoder')
    parser.add_argument('--parts', required=True, help=argparse.SUPPRESS)
    parser.add_argument('--folder', required=True, help=argparse.SUPPRESS)
    parser.add_argument('-j', '--jobs', type=int, default=len(os.sched_getaffinity(0)), help='how many at once')
    parser.add_argument('--file', action='append', help='only mutants of the files whose names hold this')
    parser.add_argument('--sample', type=int, help='only so many, drawn at random')
    parser.add_argument('--draw-files', type=int, metavar='N',
                        help='only mutants of N files, drawn at random, so that less has to be compiled')
    parser.add_argument('--seed', type=int, help='what is drawn with it')
    parser.add_argument('--survivors', action='store_true',
                        help='only those that survived when they were last tried, or were not tried, whatever has changed')
    parser.add_argument('--quick', action='store_true',
                        help='run the fastest tests only; what survives them has to be tried again')
    parser.add_argument('--list', action='store_true', help='name the mutants, try none')
    return parser.parse_args()


def say(text):
    print(text, flush=True)


def choose(options, mutants, results):
    chosen = mutants
    if options.file:
        chosen = [m for m in chosen if any(part in m.path for part in options.file)]
    if options.survivors:
        chosen = [m for m in chosen if results.last.get(m.key, {}).get('status', campaign.SURVIVED) == campaign.SURVIVED]
    if options.sample is not None and options.sample < len(chosen):
        say(f'A sample of {options.sample} of {len(chosen)} mutants: --sample {options.sample} --seed {options.seed}')
        chosen = sorted(random.Random(options.seed).sample(sorted(chosen, key=lambda m: m.key), options.sample),
                        key=lambda m: m.number_in_build)
    return chosen


def draw_files(options, parts):
    """Files by their size, so that each mutant is about as likely to be drawn."""
    files = list(parts.mutated)
    drawn = []
    draw = random.Random(options.seed)
    for _ in range(min(options.draw_files, len(files))):
        drawn += draw.choices(files, [(parts.root / f).stat().st_size for f in files])
        files.remove(drawn[-1])
    say(f'Mutants of {", ".join(drawn)}: --draw-files {options.draw_files} --seed {options.seed}')
    parts.only(drawn)


def summary(mutants, results, listed):
    """Figures of all mutants that were tried, in all and by file and operator."""
    def count(some):
        statuses = collections.Counter(results.current[m.key]['status'] for m in some)
        known = sum(m.identity() in listed for m in some if results.current[m.key]['status'] == campaign.SURVIVED)
        return {'mutants': len(some), 'killed': statuses[campaign.KILLED], 'equivalent': known,
                'survived': statuses[campaign.SURVIVED] - known, 'notViable': statuses[campaign.NOT_VIABLE]}

    def by(key):
        groups = collections.defaultdict(list)
        for mutant in mutants:
            groups[key(mutant)].append(mutant)
        return {name: count(some) for name, some in sorted(groups.items())}

    return {**count(mutants), 'byFile': by(lambda m: m.path), 'byOperator': by(lambda m: m.operator)}


def main():
    options = arguments()
    start = time.monotonic()
    if options.seed is None:
        options.seed = int(time.time())
    parts = fast_tests.Parts(options.parts)
    if options.draw_files:
        draw_files(options, parts)
    program = fast_tests.Program(parts, options.folder, options.jobs, say)
    program.prepare()
    listed = equivalent.read(HERE / 'equivalent.txt')
    results = campaign.Results(program.folder / 'results.jsonl', program, listed)
    mutants = choose(options, program.mutants, results)
    if options.list:
        for mutant in mutants:
            print(mutant)
        return 0

    stale = sorted({i for i in listed if i[0] in parts.mutated} - {m.identity() for m in program.mutants})
    campaign.run(program, mutants, results, listed, options.quick, options.jobs, say, sys.stdout.isatty())

    survived = [m for m in mutants if results.current[m.key]['status'] == campaign.SURVIVED]
    unknown = [m for m in survived if m.identity() not in listed]
    killed = [m for m in mutants if m.identity() in listed and results.current[m.key]['status'] != campaign.SURVIVED]
    if unknown:
        say('\nNo test fails with one of these:\n')
        for mutant in unknown:
            say(str(mutant))
        say('\nA test has to be added, or where none can tell, a line with its reason to tests/mutants/equivalent.txt:\n')
        say(equivalent.entry(unknown))
    for mutant in killed:
        say(f'equivalent.txt lists what is killed by {results.current[mutant.key]["by"]}: {mutant}')
    for file, line, before, after, occurrence in stale:
        say(f'equivalent.txt lists what is no mutant: {file}: {line}: {before} → {after} [{occurrence}]')

    figures = summary(mutants, results, listed)
    if not options.draw_files and all(m.key in results.current for m in program.mutants):
        of_all = summary(program.mutants, results, listed)
        (program.folder / 'summary.json').write_text(json.dumps(of_all, indent=1) + '\n')
    say(f'\n{figures["mutants"]} mutants: {figures["killed"]} killed, {figures["equivalent"]} listed as equivalent, '
        f'{figures["survived"]} survived, {figures["notViable"]} not viable; {time.monotonic() - start:.0f} s')
    return 1 if unknown or killed or stale else 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print('\nInterrupted. The next run goes on from here.', file=sys.stderr)
        sys.exit(130)
