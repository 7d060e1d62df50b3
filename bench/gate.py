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

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / 'kits' / 'bench'))
import qmforge_gate
from qmforge_gate import grown, measure, report, total

BASELINE = HERE / 'baseline.json'
HISTORY = HERE / 'history.jsonl'
RATIOS = HERE.parent / 'build' / 'bench' / 'ratios.json'  # of the last ./dev bench here, if there was one
LIMIT = 2  # percent


def broken_laws(measured):
    """The rules that do not depend on the baseline."""
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
    measured = measure(arguments.program)
    laws = list(broken_laws(measured))
    print('\n'.join(laws), end='\n' if laws else '')
    status = qmforge_gate.check(measured, BASELINE, arguments.compiler, LIMIT)
    return 1 if laws else status


def accept(arguments):
    measured = measure(arguments.program)
    commit = subprocess.run(['git', 'rev-parse', '--short=12', 'HEAD'], cwd=HERE, capture_output=True, text=True)
    entry = {'reason': arguments.reason, 'date': datetime.date.today().isoformat(),
             'commit': commit.stdout.strip()}
    qmforge_gate.accept(measured, BASELINE, arguments.compiler, **entry)
    entry['compiler'] = arguments.compiler
    entry['instructions'] = {name: round(total(functions), 2) for name, functions in measured.items()}
    entry['ratios'] = json.loads(RATIOS.read_text()) if RATIOS.exists() else {}
    with HISTORY.open('a') as history:
        history.write(json.dumps(entry) + '\n')
    return 0


def self_test(arguments):
    """Uses one benchmark; the gate works alike for all."""
    name = 'decode/ndr20/transport-r1'
    measured = [measure(arguments.program, '--only', name) for _ in range(20)]
    if alarms := [alarm for run in measured[1:] for alarm in grown(measured[0], run, LIMIT)]:
        report(alarms)
        print('Runs of one build must raise no alarm.')
        return 1
    work = 30
    worse = measure(arguments.program, '--only', name, '--added-work', str(work))
    alarms = grown(measured[0], worse, LIMIT)
    growth = total(worse[name]) - total(measured[0][name])
    if len(alarms) != 1 or 'added_work' not in alarms[0][3][0][0] or not work <= growth <= work + 12:
        report(alarms)
        print(f'{work} instructions more an event (and the call) must be one alarm that names added_work; {growth} seen.')
        return 1
    print(f'20 runs raise no alarm; {work} instructions more are seen as {growth:.0f}, in {alarms[0][3][0][0]}.')
    return 0


def print_counts(arguments):
    for name, functions in measure(arguments.program).items():
        print(f'{total(functions):10.1f}  {name}')
    return 0


def publish(arguments):
    qmforge_gate.write_json(measure(arguments.program), arguments.file)
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
