#!/usr/bin/env python3
"""Shows that each law fails on a broken decoder, validator, encoder or generator: plants each defect of defects.txt in a copy
of the sources, builds the laws' test and runs each law. Writes the table law × defects to tests/testing/laws.md. The status
is 1 when some law holds whatever is broken."""
import argparse
import os
import re
import subprocess
import sys
import time

import defects
import workshop

TABLE = workshop.ROOT / 'tests' / 'testing' / 'laws.md'
COST = 'CostIsLinear'  # counted by the gate of the benchmarks, of one array in images
QUADRATIC = 'sids-quadratic'

sys.path.append(str(workshop.ROOT / 'bench'))


def headers():
    """{law: the public header that states it}."""
    found = {}
    for path in sorted((workshop.ROOT / 'include').rglob('*.h')):
        for law in re.findall(r'/// Law (\w+):', path.read_text()):
            found[law] = str(path.relative_to(workshop.ROOT / 'include'))
    return found


def fails(program, law):
    """Whether the law fails. A crash and a run without an end are failures, too."""
    try:
        run = subprocess.run([program, f'--gtest_filter=Law.{law}'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             errors='replace', timeout=60,
                             env={**os.environ, 'RC_PARAMS': 'max_success=1000 seed=20261122 noshrink=1'})
    except subprocess.TimeoutExpired:
        return True
    if run.returncode == 0 and '[  PASSED  ] 1 test.' not in run.stdout:
        sys.exit(f'no law is tested under the name {law}')
    return run.returncode != 0


def cost_grows(program):
    """Whether the gate finds the cost of a token not to be linear."""
    import callgrind
    import gate
    measured = {}
    for sids in (500, 1000):
        measured |= callgrind.measure(program, '--only', f'decode/native64/token-{sids}')
    return bool(list(gate.broken_laws(measured)))


def broken_by(defect, laws, shop, bench):
    """The laws that the defect breaks."""
    shop.make(['laws_test'], defect)
    program = shop.build / 'tests' / 'testing' / 'laws_test'
    broken = [law for law in laws if law != COST and fails(program, law)]
    if COST in laws and defect.name == QUADRATIC:
        bench.make(['count'], defect)
        broken += [COST] if cost_grows(bench.build / 'bench' / 'qmforge-count') else []
    return broken


def write_table(stated, breakers):
    lines = ['# The laws, and what breaks them', '',
             'Written by `./dev planted --laws`: each law is stated in the public header named here, tested in this folder under its '
             f'name ({COST} in `bench/gate.py`), and seen to fail with each of these defects of `fuzz/planted/defects.txt` planted in '
             'the sources.', '', '| law | stated in | fails with |', '|---|---|---|']
    lines += [f'| {law} | {stated[law]} | {len(breakers[law])}: {", ".join(breakers[law])} |' for law in sorted(stated)]
    TABLE.write_text('\n'.join(lines) + '\n')


def main():
    parser = argparse.ArgumentParser(prog='./dev planted --laws', description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--bug', action='append', help='only this defect (more than once for several); no table is written')
    options = parser.parse_args()

    stated = headers()
    chosen = [defects.named(name) for name in options.bug] if options.bug else defects.read()
    chosen = [defect for defect in chosen if not defect.file.startswith('tools/')]  # no law is about the program
    shop = workshop.Workshop('laws', ['-DCMAKE_BUILD_TYPE=', '-DCMAKE_CXX_FLAGS=-O0', '-DQMFORGE_TESTS=ON'])
    bench = None
    if any(defect.name == QUADRATIC for defect in chosen):
        bench = workshop.Workshop('bench', ['-DCMAKE_BUILD_TYPE=', '-DCMAKE_CXX_FLAGS=-O1', '-DQMFORGE_TESTS=OFF',
                                            '-DQMFORGE_BENCH=ON'])
    shop.make(['laws_test'])
    if unsound := [law for law in stated if law != COST and fails(shop.build / 'tests' / 'testing' / 'laws_test', law)]:
        sys.exit(f'fails without a defect: {", ".join(unsound)}')

    breakers = {law: [] for law in stated}
    begin = time.monotonic()
    for number, defect in enumerate(chosen, 1):
        try:
            broken = broken_by(defect, stated, shop, bench)
        except workshop.BuildError as error:
            sys.exit(f'{defect.name}: does not build\n{error}')
        for law in broken:
            breakers[law].append(defect.name)
        print(f'[{number}/{len(chosen)}, {time.monotonic() - begin:.0f} s] {defect.name}: {", ".join(broken) or "no law fails"}',
              flush=True)
    if options.bug:
        sys.exit(0 if any(breakers.values()) else 'no law fails')
    write_table(stated, breakers)
    if unbroken := [law for law in stated if not breakers[law]]:
        sys.exit(f'fails with no defect: {", ".join(unbroken)}')


if __name__ == '__main__':
    main()
