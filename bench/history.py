#!/usr/bin/env python3
"""Prints an accepted baseline in a form that dashboards read: [{name, unit, value, extra}], github-action-benchmark's
customSmallerIsBetter.

    history.py [COMMIT]    without a commit, the newest; the beginning of a commit's name will do
"""
import json
import pathlib
import sys

HISTORY = pathlib.Path(__file__).resolve().parent / 'history.jsonl'


def entries():
    return [json.loads(line) for line in HISTORY.read_text().splitlines()]


def main():
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    commit = ''.join(sys.argv[1:])
    matching = [entry for entry in entries() if entry['commit'].startswith(commit)]
    if not matching:
        sys.exit(f'history.py: no baseline of commit {commit}')
    entry = matching[-1]
    json.dump([{'name': name, 'unit': 'instructions', 'value': count, 'extra': f"{entry['compiler']}\n{entry['commit']}"}
               for name, count in entry['instructions'].items()], sys.stdout, indent=1)
    print()


if __name__ == '__main__':
    main()
