#!/usr/bin/env python3
"""Prints an accepted baseline in a form that dashboards read.

    history.py google-benchmark [COMMIT]        Google Benchmark's JSON. It knows times alone: a nanosecond is an instruction
    history.py customSmallerIsBetter [COMMIT]   [{name, unit, value, extra}]

Without a commit, the newest baseline; the beginning of a commit's name will do.
"""
import json
import pathlib
import sys

HISTORY = pathlib.Path(__file__).resolve().parent / 'history.jsonl'


def entries():
    return [json.loads(line) for line in HISTORY.read_text().splitlines()]


def google_benchmark(entry):
    def benchmark(index, name, count):
        return {'name': name, 'family_index': index, 'per_family_instance_index': 0, 'run_name': name,
                'run_type': 'iteration', 'repetitions': 1, 'repetition_index': 0, 'threads': 1, 'iterations': 1,
                'real_time': count, 'cpu_time': count, 'time_unit': 'ns', 'label': 'instructions'}
    return {'context': {'date': entry['date'], 'executable': 'qmforge-count', 'library_build_type': 'release',
                        'commit': entry['commit'], 'compiler': entry['compiler'], 'reason': entry['reason']},
            'benchmarks': [benchmark(index, name, count)
                           for index, (name, count) in enumerate(entry['instructions'].items())]}


def custom_smaller_is_better(entry):
    return [{'name': name, 'unit': 'instructions', 'value': count, 'extra': f"{entry['compiler']}\n{entry['commit']}"}
            for name, count in entry['instructions'].items()]


FORMS = {'google-benchmark': google_benchmark, 'customSmallerIsBetter': custom_smaller_is_better}


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in FORMS:
        sys.exit(__doc__)
    commit = sys.argv[2] if len(sys.argv) == 3 else ''
    matching = [entry for entry in entries() if entry['commit'].startswith(commit)]
    if not matching:
        sys.exit(f'history.py: no baseline of commit {commit}')
    json.dump(FORMS[sys.argv[1]](matching[-1]), sys.stdout, indent=1)
    print()


if __name__ == '__main__':
    main()
