#!/usr/bin/env python3
"""Shows that the state machine finds defects of the fake: plants each of planted.txt in a copy of the sources, builds
wfp_machine_test and sees it fail. Without one, it must pass.

    planted.py              plants them all
    planted.py NAME...      those alone
    planted.py --check      only says whether each applies exactly once
"""
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / 'fuzz' / 'planted'))
import defects  # noqa: E402
import workshop  # noqa: E402

defects.LIST = HERE / 'planted.txt'
workshop.ROOMS.append('docs')  # the test reads in it which codes a call may return
TARGET = 'wfp_machine_test'


def fails(program):
    """A crash and a run without an end are failures, too: a consumer hangs for ever in a call that does not return."""
    try:
        run = subprocess.run([program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
                             env={**os.environ, 'RC_PARAMS': 'max_success=300 seed=7 noshrink=1'})
    except subprocess.TimeoutExpired:
        return True
    return run.returncode != 0


def main():
    if sys.argv[1:] == ['--check']:
        errors = list(defects.check(workshop.ROOT))
        print(*errors, f'{len(defects.read())} defects', sep='\n')
        sys.exit(1 if errors else 0)
    planted = [defects.named(name) for name in sys.argv[1:]] or defects.read()
    shop = workshop.Workshop('wfp', ['-DCMAKE_BUILD_TYPE=Debug', '-DCMAKE_CXX_FLAGS_DEBUG=-O0', '-DQMFORGE_FUZZ=OFF',
                                     '-DQMFORGE_BENCH=OFF'])
    program = shop.build / 'tests' / 'wfp' / TARGET
    shop.make([TARGET])
    if fails(program):
        sys.exit(f'{TARGET} fails without a defect')
    missed = []
    for defect in planted:
        shop.make([TARGET], defect)
        found = fails(program)
        print(f'{"found " if found else "MISSED"} {defect.name}: {defect.what}', flush=True)
        if not found:
            missed.append(defect.name)
    shop.restore()
    print(f'{len(planted) - len(missed)} of {len(planted)} found')
    sys.exit(1 if missed else 0)


if __name__ == '__main__':
    main()
