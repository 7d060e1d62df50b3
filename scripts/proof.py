#!/usr/bin/env python3
"""Writes the tables of docs/proof.md from docs/proof.json and sensitivity/results.json.

    proof.py                    takes the newest figures of ./dev test and cover from build/ into docs/proof.json. Where a
                                figure differs from the page's it writes nothing, lists the changes, and fails
    proof.py --accept REASON    the same, but accepts the changes; the reason goes onto the page
    proof.py compare            writes nothing; fails where a figure of the newest results differs from the page's
    proof.py check              writes nothing; fails where the page does not have the tables of docs/proof.json

The figures of ./dev fuzz are written into docs/proof.json by hand.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / 'sensitivity'))
import parts  # noqa: E402

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


def commit_and_day():
    return subprocess.run(['git', 'show', '-s', '--format=%h %cs'], cwd=ROOT, check=True, capture_output=True,
                          text=True).stdout.split()


def is_of_this_commit(path):
    """Whether a result was written after the last commit."""
    committed = subprocess.run(['git', 'show', '-s', '--format=%ct'], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return path.exists() and path.stat().st_mtime > int(committed)


def take(records):
    commit, day = commit_and_day()
    coverage = BUILD / 'coverage/summary.json'
    if is_of_this_commit(coverage):
        records['coverage'] = {'commit': commit, 'date': day, **json.loads(coverage.read_text())}
    if is_of_this_commit(BUILD / 'gcc/results/malformed_interop_test.1.json') and (tests := of_tests()):
        records['tests'] = {'commit': commit, 'date': day, **tests}


def covered(measure):
    marked = f' and {measure["listed"]} marked as unreachable' if measure['listed'] else ''
    return f'{measure["covered"]:,}{marked} of {measure["total"]:,}'


def rows(records):
    """(what, figure, command, record)"""
    tests, cover, fuzzing = (records[name] for name in ('tests', 'coverage', 'fuzzing'))
    sensitivity = json.loads((ROOT / 'sensitivity/results.json').read_text())
    planted = [answer['fuzz'] for answer in sensitivity['defects'].values() if 'fuzz' in answer]
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
    for part in parts.PARTS:
        if row := sensitivity['mutants'].get(part.name):
            yield (f'Mutants of {part.what} that the tests kill',
                   f'{row["killed"]:,} of {row["tried"] - row["notViable"]:,}; {row["equivalent"]:,} are equivalent, '
                   f'{row["survived"]:,} survive' + ('' if row['tried'] == row['mutants'] else f' (a sample of {row["mutants"]:,})'),
                   f'./dev mutants --part {part.name}', row)
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
    changes = ['| accepted at | change | reason |', '|---|---|---|',
               *(f'| {change["date"]}, {change["commit"]} | {"; ".join(change["changes"])} | {change["reason"]} |'
                 for change in records['changes'])]
    return {'figures': figures, 'walk': classes, 'laws': [f'- {law}' for law in records['tests']['laws']], 'changes': changes}


def with_tables(page, records):
    for name, lines in tables(records).items():
        page = re.sub(rf'(<!-- {name} -->\n).*?(<!-- end -->)', lambda match: match[1] + '\n'.join(lines) + '\n' + match[2], page,
                      flags=re.DOTALL)
    return page


def figures_of(page):
    """{what: figure}, of every table and list that is measured, without the commit and the day."""
    figures = {}
    for name in ('figures', 'walk', 'laws'):
        block = re.search(rf'<!-- {name} -->\n(.*?)<!-- end -->', page, re.DOTALL)[1]
        for line in block.splitlines():
            if line.startswith('|---'):
                continue
            cells = [cell.strip() for cell in line.strip('|').split(' | ')] if line.startswith('|') else [line, 'stated']
            figures[f'{name}: {cells[0].removeprefix("- ")}'] = cells[1]
    return figures


def changes(page, now):
    """What is different on the page, and what is missing or new."""
    before, after = figures_of(page), figures_of(now)
    return [f'{what}: {before.get(what, "none")} → {after.get(what, "none")}' for what in {**before, **after}
            if before.get(what) != after.get(what)]


def main():
    parser = argparse.ArgumentParser(prog='./dev proof', description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('action', nargs='?', choices=['take', 'compare', 'check'], default='take')
    parser.add_argument('--accept', metavar='REASON', help='write figures that differ from those of the page')
    options = parser.parse_args()
    records, page = json.loads(DATA.read_text()), PAGE.read_text()
    if options.action == 'check':
        return 0 if with_tables(page, records) == page else 'docs/proof.md does not have the tables of docs/proof.json; ./dev proof writes them'
    take(records)
    if changed := changes(page, with_tables(page, records)):
        print(*changed, sep='\n')
        if options.action == 'compare' or not options.accept:
            return 'These figures differ from those of docs/proof.md. Where that is right: ./dev proof --accept REASON'
        commit, day = commit_and_day()
        records['changes'].append({'commit': commit, 'date': day, 'changes': changed, 'reason': options.accept})
    if options.action == 'take':
        DATA.write_text(json.dumps(records, indent=1, ensure_ascii=False) + '\n')
        PAGE.write_text(with_tables(page, records))
    return 0


if __name__ == '__main__':
    sys.exit(main())
