#!/usr/bin/env python3
"""The results of planting the defects and trying the mutants: results.json, and its tables results.md.

    results.py [check]    writes the tables; check: fails if they are not those of results.json and defects.txt, and lists the
                          rows that are old: measured before the sources changed, or not at all
"""
import json
import subprocess
import sys

import build
import defects
import parts

DATA = defects.HERE / 'results.json'
TABLE = defects.HERE / 'results.md'


def git(*arguments):
    return subprocess.run(['git', *arguments], cwd=defects.HERE, capture_output=True, text=True, check=False)


def sources_of(part):
    return build.digest([build.ROOT / file for file in parts.files(part)])


class Results:
    def __init__(self):
        data = json.loads(DATA.read_text())
        self.parts, self.of = data['mutants'], data['defects']
        # Of the sources that are measured: asked before this run writes its first row.
        self.commit = git('describe', '--always', '--dirty').stdout.strip()

    def add(self, defect, answers):
        """`answers`: {detector: what it found}."""
        self.of[defect.name] = {**self.of.get(defect.name, {}), **answers, 'commit': self.commit}
        self.write()

    def add_part(self, part, figures):
        day = git('show', '-s', '--format=%cs').stdout.strip()
        self.parts[part.name] = {**figures, 'commit': self.commit, 'date': day, 'sources': sources_of(part)}
        self.write()

    def write(self):
        def block(rows):
            return '{\n' + ',\n'.join(f'{json.dumps(name)}: {json.dumps(value)}' for name, value in rows.items()) + '\n}'
        DATA.write_text(f'{{"mutants": {block(self.parts)},\n"defects": {block(self.of)}}}\n')
        TABLE.write_text(tables(self))


def quickest(targets):
    """The fuzz target that needs the fewest executions, as text."""
    found = {target: answer for target, answer in targets.items() if answer[0]}
    if not found:
        return 'none' if targets else ''
    target, (_, _, middle, oracles) = min(found.items(), key=lambda item: item[1][2] or float('inf'))
    return f'{target}, {"more than the limit" if middle is None else middle}, {"+".join(oracles)}'


def rows_of_parts(of):
    for part in parts.PARTS:
        row = of.get(part.name)
        if row is None:
            yield f'| {part.name} | {part.what} | | | | | | | not yet | |'
            continue
        seeds = ', '.join(str(seed) for seed in row['seeds']) or 'all'
        yield (f'| {part.name} | {part.what} | {row["mutants"]:,} | {row["tried"]:,} | {row["killed"]:,} | {row["equivalent"]:,} '
               f'| {row["survived"]:,} | {row["notViable"]:,} | {row["commit"]} | {seeds} |')


def tables(results):
    lines = [
        '# What finds mutants and planted defects', '',
        '## Mutants', '',
        'Written by `./dev mutants`. Tried: all mutants of the part, or random ones with these seeds; each that is tried is killed',
        'by a test, listed in [equivalent.txt](equivalent.txt), an open survivor, or does not compile.', '',
        '| part | its files | mutants | tried | killed | equivalent | open survivors | not viable | measured at | seeds |',
        '|---|---|---|---|---|---|---|---|---|---|', *rows_of_parts(results.parts), '',
        '## Planted defects', '',
        'Written by `./dev planted`. Targets: how many of the fuzz targets that run the code find the defect, from the seeds in',
        '`corpus/`; quickest: the one that needs the fewest executions (median over up to ten random seeds, the seeds of the',
        'corpus included), and the oracle that finds it. Tests: the laws, the state machine of the fake, or the test, that fail.', '',
        '| defect | what it is | targets | quickest | tests | measured at |', '|---|---|---|---|---|---|']
    for defect in defects.read_defects():
        answers = results.of.get(defect.name, {})
        targets = answers.get('fuzz', {})
        share = f'{sum(bool(answer[0]) for answer in targets.values())} of {len(targets)}' if targets else ''
        tests = ', '.join(answers.get('laws', []) + answers.get('fake', []) + answers.get('tests', []))
        lines.append(f'| {defect.name} | {defect.path}: {defect.what} | {share} | {quickest(targets)} | {tests} '
                     f'| {answers.get("commit", "not yet")} |')
    return '\n'.join(lines) + '\n'


def old_rows(results):
    """Which rows may be different if they were measured now, and why."""
    for part in parts.PARTS:
        row = results.parts.get(part.name)
        if row is None:
            yield f'mutants of {part.name}: not yet measured'
        elif row.get('sources') != sources_of(part):
            yield f'mutants of {part.name}: the sources have changed since {row["commit"]}'
    for defect in defects.read_defects():
        commit = results.of.get(defect.name, {}).get('commit')
        if commit is None:
            yield f'defect {defect.name}: not yet measured'
        elif git('diff', '--quiet', commit.removesuffix('-dirty'), '--', build.ROOT / defect.path).returncode == 1:
            yield f'defect {defect.name}: {defect.path} has changed since {commit}'


def main():
    results = Results()
    if sys.argv[1:] != ['check']:
        results.write()
        return
    print(*old_rows(results), sep='\n')
    if TABLE.read_text() != tables(results):
        sys.exit('results.md does not have the tables of results.json and defects.txt: sensitivity/results.py writes them')


if __name__ == '__main__':
    main()
