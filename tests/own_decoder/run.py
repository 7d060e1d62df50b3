#!/usr/bin/env python3
"""Builds examples/own-decoder against an installed qmforge, as its user does, and checks what it promises: the correct decoder
passes, every kit finds each bug, and a slowed decoder trips the gate. Prints a table bug x kit.

    run.py --prefix PREFIX --work FOLDER [--bugs 1,2]

With all bugs, the example's README has the table.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

TEMPLATE = pathlib.Path(__file__).resolve().parents[2] / 'examples' / 'own-decoder'
BUGS = ('none', 'over-read by one', 'subnets swapped', 'byte order of IPv4', 'discriminant not checked', 'trailing bytes accepted',
        'NULL mask dereferenced', '64-bit id cut', 'byte order of the length')
# Lines of code that a user writes, besides the one conversion in mine.h.
MOST_LINES = {'fuzz/ndr20_fuzzer.cpp': 15, 'fuzz/body_fuzzer.cpp': 15, 'bench/bench.cpp': 10, 'tests/conform_engine.cpp': 10}
EXECUTIONS = 300_000


def run(*command, cwd=None, may_fail=False):
    result = subprocess.run([str(word) for word in command], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            errors='replace', env={**os.environ, 'RC_PARAMS': 'max_success=2000 seed=1 noshrink=1'})
    if result.returncode and not may_fail:
        sys.exit(f'{" ".join(map(str, command))} ended with {result.returncode}:\n{result.stdout[-6000:]}')
    return result


def build(project, folder, *definitions):
    run('cmake', '-S', project, '-B', folder, *definitions)
    run('cmake', '--build', folder, '--parallel', '2')


def fuzz(folder, target):
    """(executions, what it says) until the target finds something; executions None: nothing found."""
    result = run(folder / target, '-seed=1', f'-runs={EXECUTIONS}', '-max_len=4096', '-print_final_stats=1',
                 f'-artifact_prefix={folder}/found-', folder / f'{target}-seeds', may_fail=True)
    executed = re.search(r'number_of_executed_units: (\d+)', result.stdout)
    return (int(executed[1]) if result.returncode and executed else None), result.stdout


def find(folder, kit):
    """(found, executions or '-')"""
    if kit.endswith('_fuzzer'):
        executions, _ = fuzz(folder, kit)
        return executions is not None, executions
    if kit == 'properties':
        result = run(folder / 'properties_test', may_fail=True)
        first = re.search(r'the first is input (\d+)', result.stdout)
        return result.returncode != 0, first[1] if first else 'sanitizer' if 'Sanitizer' in result.stdout else 'crash'
    result = run(folder / 'prefix-bin' / 'qmforge', 'conform', folder / 'set', '--', folder / 'conform_engine', may_fail=True)
    wrong = re.search(r'^all .* (\d+)$', result.stdout, re.M)
    return result.returncode != 0, f'{wrong[1]} of 10000 wrong' if wrong and wrong[1] != '0' else 'crash'


def check_gate(project, folder, prefix):
    """What the README says of the gate: no counts at first, `accept` writes them, a slowed decoder trips it."""
    def gate():
        return run('ctest', '--output-on-failure', '-R', 'decoder_bench.gate', cwd=folder, may_fail=True)
    if 'Skipped' not in (result := gate()).stdout:
        sys.exit(f'without a baseline the gate must be skipped:\n{result.stdout}')
    run('cmake', '--build', folder, '--target', 'decoder_bench_accept')
    if not (project / 'bench' / 'baseline.json').exists() or 'Passed' not in (result := gate()).stdout:
        sys.exit(f'the gate must pass with the counts just accepted:\n{result.stdout}')
    run(sys.executable, prefix / 'bin' / 'qmforge-gate', 'print', '--json', folder / 'counts.json', '--google-json',
        folder / 'google.json', '--', folder / 'decoder_bench', '--count')
    counts = json.loads((folder / 'counts.json').read_text())
    google = json.loads((folder / 'google.json').read_text())['benchmarks']
    if not counts or [row['name'] for row in counts] != [row['name'] for row in google]:
        sys.exit(f'--json and --google-json differ: {counts} {google}')
    build(project, folder, '-DQM_SLOW=ON')
    slowed = gate()
    if slowed.returncode == 0 or 'qm_decode' not in slowed.stdout and 'read_body' not in slowed.stdout:
        sys.exit(f'a slowed decoder must trip the gate, which must name its function:\n{slowed.stdout}')
    print('the gate: ' + next(line for line in slowed.stdout.splitlines() if 'in the baseline' in line), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', type=pathlib.Path, required=True)
    parser.add_argument('--work', type=pathlib.Path, required=True)
    parser.add_argument('--bugs', default=','.join(map(str, range(1, len(BUGS)))))
    arguments = parser.parse_args()
    if shutil.which('clang++-19') is None:
        print('skipped: no clang++-19, which has the engine')
        return 77
    shutil.rmtree(arguments.work, ignore_errors=True)
    project, folder = arguments.work / 'project', arguments.work / 'build'
    shutil.copytree(TEMPLATE, project)  # out of this repository, as a user has it

    for name, most in MOST_LINES.items():
        lines = [line for line in (project / name).read_text().splitlines() if line.strip()]
        if len(lines) > most:
            sys.exit(f'{name}: {len(lines)} lines, more than {most}')

    definitions = ['-G', 'Ninja', f'-DCMAKE_PREFIX_PATH={arguments.prefix.resolve()}', '-DCMAKE_CXX_COMPILER=clang++-19',
                   '-DCMAKE_BUILD_TYPE=Release']
    if shutil.which('ccache'):
        definitions.append('-DCMAKE_CXX_COMPILER_LAUNCHER=ccache')
    build(project, folder, *definitions)
    (folder / 'prefix-bin').symlink_to(arguments.prefix.resolve() / 'bin')
    print(run('ctest', '--output-on-failure', '--parallel', '2', '-E', 'gate', cwd=folder).stdout[-400:], flush=True)

    check_gate(project, folder, arguments.prefix)

    kits = ('ndr20_fuzzer', 'body_fuzzer', 'properties', 'conform')
    print('| bug | ' + ' | '.join(kits) + ' |')
    print('|---|' + '---|' * len(kits))
    missed = []
    for bug in map(int, arguments.bugs.split(',')):
        build(project, folder, '-DQM_SLOW=OFF', f'-DQM_BUG={bug}')
        cells = []
        found_by_fuzzing = False
        for kit in kits:
            start = time.monotonic()
            found, executions = find(folder, kit)
            cells.append(f'{executions}, {time.monotonic() - start:.1f} s' if found else 'not found')
            if kit.endswith('_fuzzer'):
                found_by_fuzzing = found_by_fuzzing or found
            elif not found:
                missed.append(f'{BUGS[bug]}: {kit}')
        if not found_by_fuzzing:
            missed.append(f'{BUGS[bug]}: fuzz')
        print(f'| {BUGS[bug]} | ' + ' | '.join(cells) + ' |', flush=True)
    if missed:
        sys.exit('not found: ' + '; '.join(missed))
    return 0


if __name__ == '__main__':
    sys.exit(main())
