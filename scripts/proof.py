#!/usr/bin/env python3
"""Writes the tables of docs/proof.md from docs/proof.json and sensitivity/results.json.

    proof.py take     first takes the newest figures of ./dev test, cover and mutants from build/ into docs/proof.json
    proof.py check    writes nothing; the status is 1 where the page does not have these tables

The figures of ./dev fuzz are written into docs/proof.json by hand.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE, DATA = ROOT / 'docs/proof.md', ROOT / 'docs/proof.json'
BUILD = ROOT / 'build'


def cases(build, program):
    """The test cases of a program that passed, with the properties that they recorded."""
    for path in sorted((BUILD / build / 'results').glob(f'{program}.*.json')):
        for suite in json.loads(path.read_text())['testsuites']:
            for case in suite['testsuite']:
                if case['result'] == 'COMPLETED' and not case.get('failures'):
                    yield case


def of_tests():
    """None if there was no complete run of ./dev test."""
    walk, recorded = collections.Counter(), collections.Counter()
    for case in cases('release', 'exhaustive_test'):
        if case['classname'].endswith('Exhaustive'):
            walk.update({name: int(value) for name, value in case.items() if value.isdigit() and name not in ('line', 'time')})
    for case in [*cases('gcc', 'interop_test'), *cases('gcc', 'malformed_interop_test'), *cases('release', 'exhaustive_test')]:
        recorded.update({name: int(case[name]) for name in
                         ('exchanges', 'compared', 'disagreements', 'faults', 'errors', 'rules') if name in case})
    laws = sorted(case['name'] for case in cases('gcc', 'laws_test') if case['classname'] == 'Law')
    return {'laws': laws, **recorded, 'walk': dict(walk)} if walk and laws and recorded['compared'] else None


def take(records):
    commit, day = subprocess.run(['git', 'show', '-s', '--format=%h %cs'], cwd=ROOT, check=True, capture_output=True,
                                 text=True).stdout.split()
    for name, path in (('coverage', BUILD / 'coverage/summary.json'), ('mutants', BUILD / 'sensitivity/mutants.json')):
        if path.exists():
            records[name] = {'commit': commit, 'date': day, **json.loads(path.read_text())}
    if is_of_this_commit(BUILD / 'gcc/results/malformed_interop_test.1.json') and (tests := of_tests()):
        records['tests'] = {'commit': commit, 'date': day, **tests}
    DATA.write_text(json.dumps(records, indent=1) + '\n')


def covered(measure):
    marked = f' and {measure["listed"]} marked as unreachable' if measure['listed'] else ''
    return f'{measure["covered"]:,}{marked} of {measure["total"]:,}'


def rows(records):
    """(what, figure, command, record)"""
    tests, cover, mutants, fuzzing = (records[name] for name in ('tests', 'coverage', 'mutants', 'fuzzing'))
    planted = [answer['fuzz'] for answer in json.loads((ROOT / 'sensitivity/results.json').read_text()).values() if 'fuzz' in answer]
    found = sum(any(found for found, *_ in targets.values()) for targets in planted)
    yield ('The exhaustive set (every combination of the enumerations, every shape of subnet, every edge case, every fault at every '
           'site, pairs of faults): results that differ from the label', f'0 of {sum(tests["walk"].values()):,}', './dev test', tests)
    for name, text in (('faults', 'Faults in the catalogue'), ('errors', 'Error codes of malformed inputs'),
                       ('rules', 'Rules for valid events')):
        yield text, f'{tests[name]}', './dev test', tests
    yield 'Laws: properties, each tested with 1,000 random cases', f'{len(tests["laws"])}', './dev test', tests
    yield ('Events exchanged with libndr and impacket: events or bytes that differ',
           f'0 of {tests["exchanges"]:,} exchanges', './dev test', tests)
    yield ('Malformed and changed inputs for libndr: kinds of input with another result, each explained in '
           '[the list](../tests/interop/disagreements.md)', f'{tests["disagreements"]}, in {tests["compared"]:,} inputs', './dev test', tests)
    yield 'Lines that unit and property tests cover', covered(cover['lines']), './dev cover', cover
    yield 'Branches covered, true and false', covered(cover['branches']), './dev cover', cover
    yield 'Conditions covered (MC/DC)', covered(cover['mcdc']), './dev cover', cover
    yield ('Mutants of decoder, validator and encoder that the tests kill',
           f'{mutants["killed"]:,} of {mutants["mutants"] - mutants["notViable"]:,}; {mutants["equivalent"]:,} are equivalent, '
           f'{mutants["survived"]:,} survive', './dev mutants', mutants)
    yield ('Planted defects that a fuzz target finds ([the table](../sensitivity/results.md))', f'{found} of {len(planted)}',
           './dev planted fuzz', None)
    yield ('Fuzzing: findings', f'{fuzzing["findings"]} in {fuzzing["seconds"] / 3600:.1f} h and {fuzzing["executions"]:,} executions',
           './dev fuzz', fuzzing)


def as_of(record):
    return f'{record["date"]}, {record["commit"]}' if record else 'see the table'


def tables(records):
    """{name of the block: its lines}"""
    figures = ['| what | figure | command | as of |', '|---|---|---|---|']
    figures += [f'| {what} | {figure} | `{command}` | {as_of(record)} |'
                for what, figure, command, record in rows(records)]
    walk = records['tests']['walk']
    classes = ['| class | inputs |', '|---|---|', *(f'| {name} | {inputs:,} |' for name, inputs in walk.items()),
               f'| all | {sum(walk.values()):,} |']
    return {'figures': figures, 'walk': classes, 'laws': [f'- {law}' for law in records['tests']['laws']]}


def main():
    records = json.loads(DATA.read_text())
    if sys.argv[1:] == ['take']:
        take(records)
    page = PAGE.read_text()
    now = page
    for name, lines in tables(records).items():
        now = re.sub(rf'(<!-- {name} -->\n).*?(<!-- end -->)', lambda match: match[1] + '\n'.join(lines) + '\n' + match[2], now,
                     flags=re.DOTALL)
    if sys.argv[1:] == ['check']:
        sys.exit(0 if now == page else 'docs/proof.md does not have the tables of docs/proof.json; ./dev proof writes them')
    PAGE.write_text(now)


if __name__ == '__main__':
    main()
