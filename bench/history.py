#!/usr/bin/env python3
"""Prints the history of accepted baselines.

    history.py google-benchmark        Google Benchmark's JSON: one run with all entries, each benchmark labelled by commit
    history.py customSmallerIsBetter   the last entry, as dashboards read it: [{name, unit, value}]
"""
import json
import pathlib
import sys

HISTORY = pathlib.Path(__file__).resolve().parent / 'history.jsonl'


def entries():
    return [json.loads(line) for line in HISTORY.read_text().splitlines()]


def google_benchmark(history):
    last = history[-1]
    return {'context': {'date': last['date'], 'executable': 'qmforge-count', 'compiler': last['compiler']},
            'benchmarks': [{'name': name, 'run_name': name, 'run_type': 'iteration', 'iterations': 1,
                            'real_time': count, 'cpu_time': count, 'time_unit': 'ns', 'label': entry['commit'],
                            'instructions': count}
                           for entry in history for name, count in entry['instructions'].items()]}


def custom_smaller_is_better(history):
    return [{'name': name, 'unit': 'instructions', 'value': count, 'extra': history[-1]['compiler']}
            for name, count in history[-1]['instructions'].items()]


def main():
    forms = {'google-benchmark': google_benchmark, 'customSmallerIsBetter': custom_smaller_is_better}
    if len(sys.argv) != 2 or sys.argv[1] not in forms:
        sys.exit(__doc__)
    json.dump(forms[sys.argv[1]](entries()), sys.stdout, indent=1)
    print()


if __name__ == '__main__':
    main()
