#!/usr/bin/env python3
"""Counts a program's instructions under callgrind, and fails where a benchmark takes more of them than a baseline says.

    qmforge-gate check  --baseline FILE [--compiler TEXT] [--limit PERCENT] [--json FILE] -- PROGRAM [ARGUMENT...]
    qmforge-gate accept --baseline FILE [--compiler TEXT] -- PROGRAM [ARGUMENT...]
    qmforge-gate print  [--json FILE] -- PROGRAM [ARGUMENT...]

The program counts with qmforge/bench/count.h; QMFORGE_BENCHMARK_MAIN's does with --count. Counts do not depend on the
machine, but on the compiler and its options: a baseline holds counts for each text that --compiler gives. Exit status: 0,
1 where a count grew by more than the limit (default: 2 percent) or is missing, 77 where the baseline has none for the
compiler. --json writes the counts, --google-json the same as Google Benchmark writes its results; both can be given to
github-action-benchmark (tools customSmallerIsBetter and googlecpp).
"""
import argparse
import glob
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
TRIGGER = re.compile(r'^desc: Trigger: Client Request: (\S+) (\d+)$')
FUNCTION = re.compile(r'^fn=\((\d+)\)(?: (.*))?$')
COST = re.compile(r'^(?:[+-]?\d+|\*) (\d+)$')


STRING = 'std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >'


def _readable(function):
    """A function's name, shortened."""
    return function.replace(STRING, 'std::string').replace('(anonymous namespace)::', '')[:160]


def _by_name(costs, events):
    functions = {}
    for function, cost in costs.items():
        name = _readable(function)
        functions[name] = functions.get(name, 0) + cost / events
    return functions


def _profile(path):
    """One dump: (benchmark, {function: instructions a message}), or None for the dump at the program's end."""
    names, costs, name, events, function = {}, {}, None, 0, None
    after_call = False
    with open(path, encoding='utf-8', errors='replace') as lines:
        for line in lines:
            line = line.rstrip('\n')
            if match := TRIGGER.match(line):
                name, events = match[1], int(match[2])
            elif match := FUNCTION.match(line):
                function = names.setdefault(match[1], match[2])
            elif line.startswith(('calls=', 'cfn=')):
                if match := re.match(r'^cfn=\((\d+)\) (.*)$', line):
                    names.setdefault(match[1], match[2])
                after_call = line.startswith('calls=')
            elif match := COST.match(line):
                # The line after calls= is the cost of the callee, which is also listed under the callee's name.
                if not after_call:
                    costs[function] = costs.get(function, 0) + int(match[1])
                after_call = False
    if name is None:
        return None
    return name, _by_name(costs, events)


def measure(program, *arguments):
    """{benchmark: {function: instructions a message}}, as the program counts them (qmforge/bench/count.h)."""
    if shutil.which('valgrind') is None:
        sys.exit('qmforge-gate: valgrind is not installed')
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(['valgrind', '--tool=callgrind', '--collect-atstart=no', '--dump-line=no', '--quiet',
                              f'--callgrind-out-file={folder}/profile', program, *arguments],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors='replace',
                             env={**os.environ, 'LC_ALL': 'C'})
        if run.returncode:
            sys.exit(f'qmforge-gate: {program} ended with {run.returncode}:\n{run.stderr}')
        profiles = [_profile(path) for path in glob.glob(f'{folder}/profile*')]
    return dict(sorted(profile for profile in profiles if profile))


def total(functions):
    return sum(functions.values())


def grown(baseline, measured, limit):
    """The benchmarks above the limit: [(benchmark, before, now, [(function, growth)])]."""
    alarms = []
    for name, functions in measured.items():
        before = baseline.get(name)
        if before is None or total(functions) <= total(before) * (1 + limit / 100):
            continue
        growth = {f: functions.get(f, 0) - before.get(f, 0) for f in functions.keys() | before.keys()}
        alarms.append((name, total(before), total(functions),
                       sorted(((f, g) for f, g in growth.items() if g > 0), key=lambda item: -item[1])[:3]))
    return alarms


def report(alarms):
    for name, before, now, functions in alarms:
        print(f'{name}: {now:.1f} instructions a message, {before:.1f} in the baseline ({now / before - 1:+.1%})')
        for function, growth in functions:
            print(f'    {growth:+8.1f}  {function}')


def read_baselines(path):
    return json.loads(path.read_text()) if path.exists() else {}


def check(measured, path, compiler, limit):
    """Prints benchmarks that grew or are missing; returns the exit status."""
    baselines = read_baselines(path)
    if compiler not in baselines:
        print(f'{path} has no counts for {compiler!r}; `accept` writes them')
        return SKIPPED
    baseline = baselines[compiler]['benchmarks']
    alarms = grown(baseline, measured, limit)
    report(alarms)
    missing = sorted(baseline.keys() - measured.keys())
    for name in missing:
        print(f'{name}: in the baseline, no longer measured')
    print(f'{len(measured)} benchmarks, {len(alarms)} more than {limit:g} % above the baseline')
    return 1 if alarms or missing else 0


def accept(measured, path, compiler, **about):
    baselines = read_baselines(path)
    rounded = {name: {f: round(cost, 2) for f, cost in functions.items()} for name, functions in measured.items()}
    baselines[compiler] = {**about, 'benchmarks': rounded}
    path.write_text(json.dumps(baselines, indent=1, sort_keys=True) + '\n')
    print(f'{path}: {len(measured)} counts for {compiler!r}')


def write_json(measured, path):
    """github-action-benchmark's customSmallerIsBetter."""
    path.write_text(json.dumps([{'name': name, 'unit': 'instructions', 'value': round(total(functions), 2)}
                                for name, functions in measured.items()], indent=1) + '\n')


def write_google_json(measured, path):
    """Google Benchmark's form, with instructions in place of nanoseconds."""
    rows = [{'name': name, 'run_name': name, 'run_type': 'iteration', 'iterations': 1, 'real_time': total(functions),
             'cpu_time': total(functions), 'time_unit': 'ns', 'instructions': total(functions)}
            for name, functions in measured.items()]
    path.write_text(json.dumps({'context': {'unit': 'instructions'}, 'benchmarks': rows}, indent=1) + '\n')


def main():
    parser = argparse.ArgumentParser(prog='qmforge-gate', usage=__doc__[__doc__.index('    qmforge-gate check'):])
    parser.add_argument('command', choices=('check', 'accept', 'print'))
    parser.add_argument('--baseline', type=pathlib.Path)
    parser.add_argument('--compiler', default='default')
    parser.add_argument('--limit', type=float, default=2)
    parser.add_argument('--json', type=pathlib.Path)
    parser.add_argument('--google-json', type=pathlib.Path)
    program = sys.argv[1:]
    if '--' not in program:
        parser.error("expected '--' and the program")
    own, program = program[:program.index('--')], program[program.index('--') + 1:]
    arguments = parser.parse_args(own)
    if not program:
        parser.error("expected the program after '--'")
    if arguments.command != 'print' and arguments.baseline is None:
        parser.error(f'{arguments.command} needs --baseline')
    measured = measure(*program)
    if not measured:
        sys.exit(f'qmforge-gate: {program[0]} counted nothing')
    if arguments.json:
        write_json(measured, arguments.json)
    if arguments.google_json:
        write_google_json(measured, arguments.google_json)
    if arguments.command == 'check':
        return check(measured, arguments.baseline, arguments.compiler, arguments.limit)
    if arguments.command == 'accept':
        accept(measured, arguments.baseline, arguments.compiler)
        return 0
    for name, functions in measured.items():
        print(f'{total(functions):10.1f}  {name}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
