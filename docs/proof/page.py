#!/usr/bin/env python3
"""docs/proof.md: why to trust the decoder, in figures, each with the command that gives it.

    page.py --program QMFORGE [--check]

The quick commands are run. The figures of those that take long are kept beside this file, one JSON file a command, with the
commit and the day they belong to; what newer ones build/ has is taken over first. With --check nothing is written: the
status is 1 where the page is not what it would be.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = HERE.parent / 'proof.md'


def output(*command):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def of_test_run(log):
    """What the tests of one `./dev test` said."""
    text = log.read_text(encoding='utf-8', errors='replace')
    exchanges = re.findall(r'^(\d+) events; the bytes of \d+ are ours', text, re.MULTILINE)
    judged = re.search(r'^(\d+) inputs; fault \| due', text, re.MULTILINE)
    if not exchanges or not judged:
        raise SystemExit(f'{log}: not a whole test run; ./dev test first')
    return {
        'cases': len(re.findall(r'^\[       OK \]', text, re.MULTILINE)),
        'laws': sorted(set(re.findall(r'^\[       OK \] \w*Law\w*\.(\w+)', text, re.MULTILINE))),
        'exchanges': sum(map(int, exchanges)),
        'judged': int(judged[1]),
    }


def as_json(file):
    return json.loads(file.read_text(encoding='utf-8'))


def in_all(file):
    """In all; those of each folder, file and operator stay where they are."""
    return {what: figure for what, figure in as_json(file).items() if what != 'folders' and not what.startswith('by')}


# Record: where its command leaves the figures, and how they are read. Those of hunts and of fuzzing are written by hand.
MEASURED = {
    'tests': (ROOT / 'build/Testing/Temporary/LastTest.log', of_test_run),
    'coverage': (ROOT / 'build/coverage/summary.json', in_all),
    'mutants': (ROOT / 'build/mutants/summary.json', in_all),
}


def record_of(name):
    return HERE / f'{name}.json'


def take_over():
    commit, day = output('git', 'show', '-s', '--format=%h %cs', 'HEAD').split()
    for name, (source, read) in MEASURED.items():
        record = record_of(name)
        if source.exists() and not (record.exists() and record.stat().st_mtime >= source.stat().st_mtime):
            record.write_text(json.dumps({'commit': commit, 'date': day, **read(source)}, indent=2) + '\n', encoding='utf-8')
            print(f'{record.relative_to(ROOT)}: from {source.relative_to(ROOT)}')


def exhaustive(program):
    """[(class, inputs, disagreements)] of every combination, shape, edge and fault."""
    rows = []
    for line in output(program, 'check', '--exhaustive').splitlines()[1:]:
        name, counts = re.fullmatch(r'(\S+(?: \S+)*)((?:\s+\d+)+)', line).groups()
        rows.append((name, *map(int, counts.split()[-2:])))
    return rows


def listed(program, what):
    """How many things `qmforge list WHAT` has: what is indented belongs to the line before."""
    return sum(not line.startswith(' ') for line in output(program, 'list', what).splitlines())


def covered(measure):
    gap = '' if not measure['listed'] else f' and {measure["listed"]} listed as unreachable'
    return f'{measure["covered"]:,}{gap} of {measure["total"]:,}'


def of_disagreements():
    lines = (ROOT / 'tests/interop/disagreements.md').read_text(encoding='utf-8').splitlines()
    return sum(line.startswith('| `') for line in lines)


# What each record says: (what, its figure).
SAID = {
    'tests': ('./dev test', [
        ('Laws, each a property that is tried on 1,000 random cases', lambda r: f'{len(r["laws"])}'),
        ('Events put to libndr and impacket and taken from them: events or bytes that differ',
         lambda r: f'0 of {r["exchanges"]:,} exchanges'),
        ('Malformed and changed inputs put to libndr: kinds of input that it judges otherwise, each explained in '
         '[the list](../tests/interop/disagreements.md)', lambda r: f'{of_disagreements()}, in {r["judged"]:,} inputs'),
    ]),
    'coverage': ('./dev cover', [
        ('Lines that unit and property tests reach', lambda r: covered(r['lines'])),
        ('Branches, true and false', lambda r: covered(r['branches'])),
        ('Conditions that are seen to decide (MC/DC)', lambda r: covered(r['mcdc'])),
    ]),
    'mutants': ('./dev mutants', [
        ('Mutants of decoder, validator and encoder that the tests kill',
         lambda r: f'{r["killed"]:,} of {r["mutants"] - r["notViable"]:,}; {r["equivalent"]:,} are equivalent, '
                   f'{r["survived"]:,} survive'),
    ]),
    'planted': ('./dev planted', [
        ('Planted defects that a fuzz target finds', lambda r: f'{r["found"]} of {r["defects"]}'),
    ]),
    'fuzzing': ('./dev fuzz', [
        ('Fuzzing: findings', lambda r: f'{r["findings"]} in {r["seconds"] / 3600:.1f} h and {r["executions"]:,} executions'),
    ]),
}


def quick_rows(program, walk):
    _, inputs, disagreements = walk[-1]
    return [
        ('Every combination of the enumerations, every shape of subnet, every edge, every fault at every place it can have, '
         'and pairs of faults: inputs judged otherwise than their label says', f'{disagreements:,} of {inputs:,}',
         'qmforge check --exhaustive', 'each run'),
        ('Faults in the catalogue', f'{listed(program, "faults")}', 'qmforge list faults', 'each run'),
        ('Ways of being malformed, each with a code', f'{listed(program, "errors")}', 'qmforge list errors', 'each run'),
        ('Rules that a valid event holds to', f'{listed(program, "rules")}', 'qmforge list rules', 'each run'),
    ]


def long_rows():
    for name, (command, sayings) in SAID.items():
        record = as_json(record_of(name)) if record_of(name).exists() else None
        for what, figure in sayings:
            if record:
                yield what, figure(record), command, f'{record["date"]}, {record["commit"]}'
            else:
                yield what, 'not measured yet', command, '–'


def page(program):
    walk = exhaustive(program)
    table = [*quick_rows(program, walk), *long_rows()]
    laws = [re.sub(r'(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])', ' ', law).capitalize().replace('Json', 'JSON').replace('json', 'JSON')
            for law in as_json(record_of('tests'))['laws']]
    return '\n'.join([
        '# Why to trust the decoder',
        '',
        'Written by `./dev proof`, from what the commands print. The quick ones are run each time; the others say when they were.',
        '',
        '| what | figure | command | as of |',
        '|---|---|---|---|',
        *(f'| {what} | {figure} | `{command}` | {when} |' for what, figure, command, when in table),
        '',
        '## The exhaustive walk',
        '',
        'Each input has a label that the simulator derives from what it did, without the decoder: the event, or the code, byte '
        'offset and field of the error, and the findings. The simulator shares no layout code with the decoder.',
        '',
        '| class | inputs | judged otherwise |',
        '|---|---|---|',
        *(f'| {name} | {inputs:,} | {disagreements:,} |' for name, inputs, disagreements in walk),
        '',
        '## The laws',
        '',
        'Each is stated in the public header it belongs to, and has been seen to fail with a planted defect '
        '([the table](../tests/testing/laws.md)).',
        '',
        *(f'- {law}' for law in laws),
        '',
        (HERE / 'not-proved.md').read_text(encoding='utf-8').rstrip(),
    ]) + '\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', type=pathlib.Path, required=True)
    parser.add_argument('--check', action='store_true')
    options = parser.parse_args()
    if not options.check:
        take_over()
    now = page(options.program.resolve())
    if not options.check:
        PAGE.write_text(now, encoding='utf-8')
        print(PAGE.relative_to(ROOT))
        return 0
    if PAGE.read_text(encoding='utf-8') == now:
        return 0
    print('docs/proof.md is not what its commands print; ./dev proof writes it anew', file=sys.stderr)
    return 1


if __name__ == '__main__':
    sys.exit(main())
