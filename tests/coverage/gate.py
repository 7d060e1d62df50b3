#!/usr/bin/env python3
"""The gate: every line, branch and condition (MC/DC) of the sources is covered, or listed as unreachable.

    gate.py FOLDER… --root DIR --build DIR --profile FILE --programs PROGRAM… [--unreachable FILE] [--summary FILE]

FOLDERs are relative to the root. Prints a table of them, and each place that is not covered; its status is 1 where there
is one, or where an entry of the list of the unreachable does not hold. The summary is JSON.
"""
import argparse
import collections
import json
import pathlib
import sys

import measure
import unreachable

MEASURES = {'lines': 'lines', 'branches': 'branches', 'mcdc': 'MC/DC'}
MISSING = {
    'line': 'is never run',
    'true': 'is never true',
    'false': 'is never false',
    'case': 'is never chosen',
    'no case': 'is always one of the cases',
    'decision': 'is no decision that clang can measure: give the inner part a name, or move its ! to the conditions',
}


def missing(place):
    if place.what.startswith('condition'):
        return f'`{place.text}`, {place.what} of its decision, is never seen to decide alone (MC/DC)'
    return f'`{place.text}` {MISSING[place.what]}'


def counts(places, listed):
    """{measure: {covered, listed, total}} of some places."""
    result = {key: {'covered': 0, 'listed': 0, 'total': 0} for key in MEASURES}
    for place, covered in places.items():
        of = result[place.measure]
        of['total'] += 1
        of['covered'] += covered
        of['listed'] += place in listed
    return result


def print_table(rows):
    def cell(of):
        listed = f' +{of["listed"]}' if of['listed'] else ''
        percent = 100 * (of['covered'] + of['listed']) / of['total'] if of['total'] else 100
        # Rounded down: 100.0 is all of them.
        return f'{of["covered"]}{listed}/{of["total"]} {int(percent * 10) / 10:5.1f} %'

    width = max(len(name) for name in rows) + 2
    print(f'{"":{width}}' + ''.join(f'{title:>20}' for title in MEASURES.values()))
    for name, row in rows.items():
        print(f'{name:{width}}' + ''.join(f'{cell(row[key]):>20}' for key in MEASURES))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--root', type=pathlib.Path, required=True)
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--profile', type=pathlib.Path, required=True)
    parser.add_argument('--programs', nargs='+', required=True)
    parser.add_argument('--unreachable', type=pathlib.Path)
    parser.add_argument('--summary', type=pathlib.Path)
    parser.add_argument('folders', nargs='+')
    options = parser.parse_args()
    root = options.root.resolve()

    places = measure.places_of_all(options.programs, options.profile, root, options.folders)
    entries = unreachable.read(options.unreachable) if options.unreachable else []
    listed, wrong = unreachable.excused(entries, places)
    wrong += [f'{source}: no test is linked with it'
              for source in measure.unlinked(root, options.build, options.folders, places)]

    by_folder = collections.defaultdict(dict)
    for place, covered in places.items():
        by_folder[str(pathlib.PurePath(place.path).parent)][place] = covered
    rows = {folder: counts(by_folder[folder], listed) for folder in sorted(by_folder)}
    in_all = counts(places, listed)
    print_table({**rows, 'in all': in_all})

    gaps = sorted(place for place, covered in places.items() if not covered and place not in listed)
    if gaps:
        print(f'\nNot covered: {len(gaps)}')
    for place in gaps:
        print(f'{place.path}:{place.line}:{place.column}: {missing(place)}')
        if place.within != place.text:
            print(f'    {place.within}')
    if wrong:
        print('\nWrong:')
    for sentence in wrong:
        print(sentence)
    if listed:
        print(f'\n{len(listed)} of them cannot be reached (+ in the table): {options.unreachable} says why.')
    if options.summary:
        options.summary.write_text(json.dumps({
            **in_all,
            'folders': rows,
            'unreachable': [vars(entry) for entry in entries],
            'gaps': len(gaps),
        }, indent=2) + '\n', encoding='utf-8')
    return 1 if gaps or wrong else 0


if __name__ == '__main__':
    sys.exit(main())
