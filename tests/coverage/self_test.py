#!/usr/bin/env python3
"""A test of the coverage gate: it finds the known gaps of a sample, and holds its list of the unreachable to them.

    self_test.py WORK-FOLDER
"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE / 'sample'
FLAGS = '-std=c++23 -O0 -w -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc'.split()

# What the gate says of the sample without a list.
GAPS = """\
gaps/gaps.cpp:6:7: `taken` is never false
gaps/gaps.cpp:7:1: `return 2;` is never run
gaps/gaps.cpp:11:21: `a`, condition 1 of its decision, is never seen to decide alone (MC/DC)
gaps/gaps.cpp:11:21: `a` is never false
gaps/gaps.cpp:16:20: `a && !(b` is no decision that clang can measure: give the inner part a name, or move its ! to the conditions
gaps/gaps.cpp:16:27: `b && c` is no decision that clang can measure: give the inner part a name, or move its ! to the conditions
gaps/gaps.cpp:21:11: `colour` is always one of the cases
gaps/gaps.cpp:22:1: `case Colour::red: return 1;` is never run
gaps/gaps.cpp:22:5: `case Colour::red` is never chosen
gaps/gaps.cpp:25:1: `return 3;` is never run
""".splitlines()
UNLINKED = ['gaps/unlinked.cpp: no test is linked with it']

failures = []


def check(what, holds, output):
    if not holds:
        failures.append(what)
        print(f'--- not so: {what}\n{output}')


def build(work):
    objects = work / 'gaps/CMakeFiles/gaps.dir'
    objects.mkdir(parents=True, exist_ok=True)
    for name in ('gaps', 'unlinked'):
        subprocess.run(['clang++-19', *FLAGS, '-c', SAMPLE / f'gaps/{name}.cpp', '-o', objects / f'{name}.cpp.o'], check=True)
    subprocess.run(['clang++-19', *FLAGS, objects / 'gaps.cpp.o', '-o', work / 'sample'], check=True)
    subprocess.run([work / 'sample'], check=True, env={'LLVM_PROFILE_FILE': str(work / 'sample.profraw')})
    subprocess.run(['llvm-profdata-19', 'merge', work / 'sample.profraw', '-o', work / 'sample.profdata'], check=True)


def gate(work, entries=None, build='.'):
    """The gate's status, its sentences about the sample, and all that it printed."""
    command = [HERE / 'gate.py', 'gaps', '--root', SAMPLE, '--build', work / build, '--profile', work / 'sample.profdata',
               '--programs', work / 'sample']
    if entries is not None:
        (work / 'list.txt').write_text('\n\n'.join(entries), encoding='utf-8')
        command += ['--unreachable', work / 'list.txt']
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return run.returncode, [row for row in run.stdout.splitlines() if row.startswith('gaps/')], run.stdout


def main():
    work = pathlib.Path(sys.argv[1])
    build(work)

    status, said, output = gate(work)
    check('every gap is reported, and nothing else', said == GAPS + UNLINKED, output)
    check('gaps fail', status == 1, output)

    entries = (SAMPLE / 'unreachable.txt').read_text(encoding='utf-8').split('\n\n')
    status, said, output = gate(work, entries, 'no-objects')
    check('what the list names is no gap', not said, output)
    check('without a gap the gate passes', status == 0, output)
    status, said, output = gate(work, entries[:-1], 'no-objects')
    check('what the list does not name still is a gap', said == GAPS[-1:] and status == 1, output)
    status, said, output = gate(work, entries)
    check('a source in no program fails', said == UNLINKED and status == 1, output)

    def entry(line, what):
        return f'file: gaps/gaps.cpp\nline: {line}\nwhat: {what}\nwhy: a sample'

    for wrong, complaint in ((entry('if (taken) return 1;', 'true of `taken`'), 'is covered: take it off the list'),
                             (entry('if (taken) return 2;', 'line'), 'is no longer there: take it off the list'),
                             (entry('return sum;', 'line'), 'is there 2 times: an entry names one place')):
        status, _, output = gate(work, [wrong])
        check(f'an entry that {complaint.partition(":")[0]} is reported', complaint in output and status == 1, output)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
