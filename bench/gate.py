#!/usr/bin/env python3
"""The gate: instructions an event against bench/baseline.json.

    gate.py --program PATH --compiler TEXT check       fails where a benchmark takes over 2 % more, and names the function
    gate.py ... accept REASON                          writes the baseline, and a line of bench/history.jsonl
    gate.py ... self-test                              added work is caught; twenty runs of one build raise no alarm
    gate.py ... print                                  the counts
    gate.py ... publish FILE                           the counts, as github-action-benchmark reads them

A count holds for a compiler and its options. Where the baseline has none for the compiler, check exits with 77 (skipped).
"""
import argparse
import datetime
import json
import pathlib
import subprocess
import sys

import callgrind

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / 'baseline.json'
HISTORY = HERE / 'history.jsonl'
RATIOS = HERE.parent / 'build' / 'bench' / 'ratios.json'  # of the last ./dev bench here, if there was one
LIMIT = 0.02
SKIPPED = 77


def total(functions):
    return sum(functions.values())


def grown(baseline, measured):
    """What takes more than the limit allows: [(benchmark, before, now, [(function, growth)])]."""
    alarms = []
    for name, functions in measured.items():
        before = baseline.get(name)
        if before is None or total(functions) <= total(before) * (1 + LIMIT):
            continue
        growth = {f: functions.get(f, 0) - before.get(f, 0) for f in functions.keys() | before.keys()}
        alarms.append((name, total(before), total(functions),
                       sorted(((f, g) for f, g in growth.items() if g > 0), key=lambda item: -item[1])[:3]))
    return alarms


def report(alarms):
    for name, before, now, functions in alarms:
        print(f'{name}: {now:.1f} instructions an event, {before:.1f} in the baseline ({now / before - 1:+.1%})')
        for function, growth in functions:
            print(f'    {growth:+8.1f}  {function}')


def broken_laws(measured):
    """What must hold of the counts themselves, whatever the baseline says."""
    instructions = {name: total(functions) for name, functions in measured.items()}
    for name, count in instructions.items():
        _, _, shape = name.rpartition('/')
        # Law CostIsLinear: stated in include/qmforge/decode.h
        if name.endswith('token-1000') and count > 2 * instructions[name.replace('1000', '500')]:
            yield f'{name}: twice the length takes more than twice the instructions'
        if shape.endswith(('-cut-late', '-broken-early')):
            valid = shape.split('-')[0]
            whole = instructions[name.replace(shape, valid)] + instructions[f'validate/{valid}']
            if count > whole:
                yield f'{name}: {count:.0f} instructions, and {whole:.0f} for the valid message (validated too)'


def check(arguments):
    measured = callgrind.measure(arguments.program)
    laws = list(broken_laws(measured))
    print('\n'.join(laws), end='\n' if laws else '')
    baselines = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    if arguments.compiler not in baselines:
        print(f'There is no baseline for {arguments.compiler}; ./dev bench --accept REASON writes one.')
        return 1 if laws else SKIPPED
    alarms = grown(baselines[arguments.compiler]['benchmarks'], measured)
    report(alarms)
    if missing := baselines[arguments.compiler]['benchmarks'].keys() - measured.keys():
        print('no longer measured:', *sorted(missing))
    print(f'{len(measured)} benchmarks, {len(alarms)} of them more than {LIMIT:.0%} above the baseline.')
    return 1 if alarms or laws or missing else 0


def accept(arguments):
    measured = callgrind.measure(arguments.program)
    rounded = {name: {f: round(cost, 2) for f, cost in functions.items()} for name, functions in measured.items()}
    baselines = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    commit = subprocess.run(['git', 'rev-parse', '--short=12', 'HEAD'], cwd=HERE, capture_output=True, text=True)
    entry = {'reason': arguments.reason, 'date': datetime.date.today().isoformat(),
             'commit': commit.stdout.strip(), 'compiler': arguments.compiler}
    baselines[arguments.compiler] = {**entry, 'benchmarks': rounded}
    BASELINE.write_text(json.dumps(baselines, indent=1, sort_keys=True) + '\n')
    entry['instructions'] = {name: round(total(functions), 2) for name, functions in measured.items()}
    entry['ratios'] = json.loads(RATIOS.read_text()) if RATIOS.exists() else {}
    with HISTORY.open('a') as history:
        history.write(json.dumps(entry) + '\n')
    print(f'Accepted {len(measured)} counts for {arguments.compiler}.')
    return 0


def self_test(arguments):
    """On one benchmark: the gate's own judgement does not depend on which."""
    name = 'decode/ndr20/transport-r1'
    measured = [callgrind.measure(arguments.program, '--only', name) for _ in range(20)]
    if alarms := [alarm for run in measured[1:] for alarm in grown(measured[0], run)]:
        report(alarms)
        print('Runs of one build must raise no alarm.')
        return 1
    work = 30
    worse = callgrind.measure(arguments.program, '--only', name, '--added-work', str(work))
    alarms = grown(measured[0], worse)
    growth = total(worse[name]) - total(measured[0][name])
    if len(alarms) != 1 or 'added_work' not in alarms[0][3][0][0] or not work <= growth <= work + 12:
        report(alarms)
        print(f'{work} instructions more an event (and the call) must be one alarm that names added_work; {growth} seen.')
        return 1
    print(f'20 runs raise no alarm; {work} instructions more are seen as {growth:.0f}, in {alarms[0][3][0][0]}.')
    return 0


def print_counts(arguments):
    for name, functions in callgrind.measure(arguments.program).items():
        print(f'{total(functions):10.1f}  {name}')
    return 0


def publish(arguments):
    counts = [{'name': name, 'unit': 'instructions/event', 'value': round(total(functions), 2)}
              for name, functions in callgrind.measure(arguments.program).items()]
    arguments.file.write_text(json.dumps(counts, indent=1) + '\n')
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    parser.add_argument('--compiler', required=True)
    commands = parser.add_subparsers(required=True)
    for name, run in (('check', check), ('accept', accept), ('self-test', self_test), ('print', print_counts),
                      ('publish', publish)):
        command = commands.add_parser(name)
        command.set_defaults(run=run)
        if name == 'accept':
            command.add_argument('reason')
        elif name == 'publish':
            command.add_argument('file', type=pathlib.Path)
    arguments = parser.parse_args()
    return arguments.run(arguments)


if __name__ == '__main__':
    sys.exit(main())
