#!/usr/bin/env python3
"""How many executions each fuzz target needs, from nothing, to reach 98 % of the branches that its seeds reach. Branches are
what libFuzzer counts as `cov`: the edges of the program's control flow. Without a target's name, writes the table to
fuzz/reach.md."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / 'desk'))
import workplace  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOAL = 0.98
TABLE = ROOT / 'fuzz' / 'reach.md'
HEAD = f"""# From nothing to what the seeds reach

Written by `./dev reach`: the executions after which a target that began with an empty corpus, with its dictionary, its options
and one random seed, has reached {GOAL:.0%} of the branches that its seeds in `corpus/` reach. They are counted in steps, each half as many as those before.
Branches are what libFuzzer counts as `cov`, the edges of the control flow of the program, without sanitizers. mutate_* has a mutator of
its own; decode_* are the same checks without one.

| target | edges of the seeds | reached | after executions |
|---|---|---|---|
"""


def run(program, *arguments):
    """What the engine says last: the edges covered."""
    done = subprocess.run([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors='replace')
    if done.returncode != 0:
        sys.exit(f'{program} found something:\n{done.stderr[-3000:]}')
    return int(re.findall(r'cov: (\d+)', done.stderr)[-1])


class Target:
    def __init__(self, program):
        self.name = program.name.removesuffix('_fuzzer')
        self.program = program
        self.seeds = ROOT / 'corpus' / self.name
        self.options = ['-timeout=20', *workplace.options_beside(program)]

    def cover(self, *folders):
        return run(self.program, '-runs=0', *self.options, *folders)

    def fuzz(self, corpus, runs, seed):
        run(self.program, f'-runs={runs}', f'-seed={seed}', f'-artifact_prefix={corpus}.', *self.options, corpus)

    def reach(self, seed, limit):
        """Yields (executions so far, edges of the seeds, the share of them that was reached), step by step."""
        of_seeds = self.cover(self.seeds)
        with tempfile.TemporaryDirectory() as corpus:
            executions, more = 0, 2_000
            while executions < limit:
                self.fuzz(corpus, more, seed + executions)
                executions += more
                of_both = self.cover(corpus, self.seeds)
                yield executions, of_seeds, (of_seeds + self.cover(corpus) - of_both) / of_seeds
                more = executions // 2


def main():
    parser = argparse.ArgumentParser(prog='./dev reach', description=__doc__)
    parser.add_argument('programs', metavar='OUT', type=pathlib.Path, help='the folder that fuzz/build.sh wrote to')
    parser.add_argument('target', nargs='*', help='default: all')
    parser.add_argument('--seed', type=int, default=1, help="libFuzzer's -seed (1)")
    parser.add_argument('--limit', type=int, default=100_000_000, help='executions after which a target has failed')
    options = parser.parse_args()

    names = options.target or sorted(path.name.removesuffix('_fuzzer') for path in options.programs.glob('*_fuzzer'))
    failed = []
    rows = []
    for name in names:
        for executions, edges, share in Target(options.programs / f'{name}_fuzzer').reach(options.seed, options.limit):
            if sys.stderr.isatty():
                print(f'{name}: {share:.1%} after {executions:,}', end='\r', file=sys.stderr)
            if share >= GOAL:
                break
        else:
            failed.append(name)
        rows.append(f'| {name} | {edges} | {share:.1%} | {executions:,} |\n')
        print(f'{name}: {share:.1%} of {edges} edges after {executions:,} executions', flush=True)
    if not options.target:
        TABLE.write_text(HEAD + ''.join(rows))
    if failed:
        sys.exit(f'less than {GOAL:.0%} from nothing: {", ".join(failed)}')


if __name__ == '__main__':
    main()
