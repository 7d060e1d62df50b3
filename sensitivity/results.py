#!/usr/bin/env python3
"""The results of planting the defects: results.json, and its table results.md.

    results.py [check]    writes the table; check: fails if the table is not that of results.json and defects.txt
"""
import json
import subprocess
import sys

import defects

DATA = defects.HERE / 'results.json'
TABLE = defects.HERE / 'results.md'


class Results:
    def __init__(self):
        self.of = json.loads(DATA.read_text())
        # Of the sources that are measured: asked before this run writes its first row.
        self.commit = subprocess.run(['git', 'describe', '--always', '--dirty'], cwd=defects.HERE, capture_output=True, text=True,
                                     check=False).stdout.strip()

    def add(self, defect, answers):
        """`answers`: {detector: what it found}."""
        self.of[defect.name] = {**self.of.get(defect.name, {}), **answers, 'commit': self.commit}
        DATA.write_text('{\n' + ',\n'.join(f'{json.dumps(name)}: {json.dumps(value)}' for name, value in self.of.items()) + '\n}\n')
        TABLE.write_text(table(self.of))


def quickest(targets):
    """The fuzz target that needs the fewest executions, as text."""
    found = {target: answer for target, answer in targets.items() if answer[0]}
    if not found:
        return 'none' if targets else ''
    target, (_, _, middle, oracles) = min(found.items(), key=lambda item: item[1][2] or float('inf'))
    return f'{target}, {"more than the limit" if middle is None else middle}, {"+".join(oracles)}'


def table(of):
    lines = [
        '# Planted defects and what finds them', '',
        'Written by `./dev planted`. Targets: how many of the fuzz targets that run the code find the defect, from the seeds in',
        '`corpus/`; quickest: the one that needs the fewest executions (median over up to ten random seeds, the seeds of the',
        'corpus included), and the oracle that finds it. Tests: the laws, the state machine of the fake, or the test, that fail.', '',
        '| defect | what it is | targets | quickest | tests | measured at |', '|---|---|---|---|---|---|']
    entries = defects.read_defects()
    for defect in entries:
        answers = of.get(defect.name, {})
        targets = answers.get('fuzz', {})
        share = f'{sum(bool(answer[0]) for answer in targets.values())} of {len(targets)}' if targets else ''
        tests = ', '.join(answers.get('laws', []) + answers.get('fake', []) + answers.get('tests', []))
        lines.append(f'| {defect.name} | {defect.path}: {defect.what} | {share} | {quickest(targets)} | {tests} '
                     f'| {answers.get("commit", "not yet")} |')
    return '\n'.join(lines) + '\n'


def main():
    now = table(Results().of)
    if sys.argv[1:] != ['check']:
        TABLE.write_text(now)
    elif TABLE.read_text() != now:
        sys.exit('results.md is not the table of results.json and defects.txt: sensitivity/results.py writes it')


if __name__ == '__main__':
    main()
