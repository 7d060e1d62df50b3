#!/usr/bin/env python3
"""A test of the coverage gate: it finds the known gaps of a sample, and takes the markers at their word.

    self_test.py WORK-FOLDER
"""
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = '-std=c++23 -O0 -w -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc'.split()
UNLINKED = 'gaps/unlinked.cpp: no test is linked with it'
GAPS = """\
gaps/gaps.cpp:6:7: `taken` is never false
gaps/gaps.cpp:7:1: `return 2;` is never run
gaps/gaps.cpp:11:21: `a` (condition 1 of its decision) is never seen to decide alone (MC/DC)
gaps/gaps.cpp:11:21: `a` is never false
gaps/gaps.cpp:16:20: `a && !(b` is not a decision that clang can measure: give the inner part a name, or move its ! to the conditions
gaps/gaps.cpp:16:27: `b && c` is not a decision that clang can measure: give the inner part a name, or move its ! to the conditions
gaps/gaps.cpp:21:11: `colour` is always one of the cases
gaps/gaps.cpp:22:1: `case Colour::red: return 1;` is never run
gaps/gaps.cpp:22:5: `case Colour::red` is never chosen
gaps/gaps.cpp:25:1: `return 3;` is never run
""".splitlines()


def gate(work, marked, sources):
    """The gate's status and sentences about the sample with a marker at the end of some lines."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(HERE / 'sample', work)
    source = work / 'gaps/gaps.cpp'
    source.write_text(''.join(f'{line}{"  // uncovered: a sample" if number in marked else ""}\n'
                              for number, line in enumerate(source.read_text().splitlines(), 1)))
    objects = work / 'gaps/CMakeFiles/gaps.dir'
    objects.mkdir(parents=True)
    for name in sources:
        subprocess.run(['clang++-19', *FLAGS, '-c', work / f'gaps/{name}.cpp', '-o', objects / f'{name}.cpp.o'], check=True)
    subprocess.run(['clang++-19', *FLAGS, objects / 'gaps.cpp.o', '-o', work / 'sample'], check=True)
    subprocess.run([work / 'sample'], check=True, env={'LLVM_PROFILE_FILE': str(work / 'sample.profraw')})
    subprocess.run(['llvm-profdata-19', 'merge', work / 'sample.profraw', '-o', work / 'sample.profdata'], check=True)
    run = subprocess.run([HERE / 'gate.py', work, work, work / 'sample.profdata', 'gaps', work / 'summary.json', work / 'sample'],
                         stdout=subprocess.PIPE, text=True, check=False)
    return run.returncode, sorted(row for row in run.stdout.splitlines() if row.startswith('gaps/'))


def main():
    work = pathlib.Path(sys.argv[1]).resolve()
    lines = {int(gap.split(':')[1]) for gap in GAPS}
    for marked, expected, sources in (
            (set(), GAPS, ['gaps']), (lines, [], ['gaps']), (lines, [UNLINKED], ['gaps', 'unlinked']),
            (lines - {25}, GAPS[-1:], ['gaps']),
            (lines | {35}, ['gaps/gaps.cpp:35: marked as uncovered, but covered'], ['gaps'])):
        status, said = gate(work, marked, sources)
        if status != bool(expected) or said != sorted(expected):
            sys.exit(f'with markers at {sorted(marked)}: status {status}\n' + '\n'.join(said))


if __name__ == '__main__':
    main()
