#!/usr/bin/env python3
"""Which tests the changed files can break: those whose command names a file that is newer than the test's last pass.

    ctest --show-only=json-v1 | affected_tests.py select PASSED COSTS        prints their names, one a line
    affected_tests.py note PASSED OUTPUT START                               notes in PASSED which tests passed since START

A program is newer when the build linked it again; a folder, such as one of seeds, when a file in it is. A check of the source
(check.NAME) reads all of it, so every change counts. A test that took more than 10 s when it last ran is left to ./dev test;
its name goes to the standard error.
"""
import json
import os
import pathlib
import re
import sys

LONGEST = 10  # seconds
ROOT = pathlib.Path(__file__).resolve().parents[2]


def newest(path):
    """When the file, or the newest file in the folder, was last changed."""
    if path.is_file():
        return path.stat().st_mtime
    return max((os.stat(os.path.join(folder, name)).st_mtime
                for folder, _, names in os.walk(path) for name in names), default=0.0)


def paths_of(test):
    for argument in test.get('command', []):
        for word in re.split(r'[\s="]+', argument):
            path = pathlib.Path(word)
            if path.is_absolute() and path != ROOT and ROOT in path.parents and path.exists():
                yield path


def all_sources():
    return (ROOT / folder for folder in ('include', 'src', 'sim', 'wfp', 'tools', 'tests', 'fuzz', 'docs', 'scripts'))


def select(passed_file, costs_file):
    passed = json.loads(passed_file.read_text()) if passed_file.exists() else {}
    costs = {}
    if costs_file.exists():
        for line in costs_file.read_text().splitlines():
            words = line.split()
            if len(words) == 3:
                costs[words[0]] = float(words[2])
    for test in json.load(sys.stdin)['tests']:
        name = test['name']
        paths = all_sources() if name.startswith('check.') else paths_of(test)
        since = passed.get(name, 0)
        if since and all(newest(path) <= since for path in paths):
            continue
        if name == 'tidy.changed' or costs.get(name, 0) > LONGEST:
            print(f'Left to ./dev test, for it takes long: {name}', file=sys.stderr)
        else:
            print(name)


def note(passed_file, output, start):
    passed = json.loads(passed_file.read_text()) if passed_file.exists() else {}
    since = start.stat().st_mtime
    for line in output.read_text(errors='replace').splitlines():
        found = re.match(r' *\d+/\d+ Test +#\d+: (\S+) .*(Passed|\*\*\*)', line)
        if found and found[2] == 'Passed':
            passed[found[1]] = since
        elif found:
            passed.pop(found[1], None)
    passed_file.write_text(json.dumps(passed, indent=0))


def main():
    files = [pathlib.Path(argument) for argument in sys.argv[2:]]
    {'select': select, 'note': note}[sys.argv[1]](*files)


main()
