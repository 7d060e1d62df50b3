"""Runs the tests over mutants, and keeps what came of each, so that an interrupted run goes on where it was."""
import concurrent.futures
import json
import math
import pathlib
import re
import threading
import time

KILLED, SURVIVED, NOT_VIABLE = 'killed', 'survived', 'not viable'
FAILED = re.compile(r'^\[  FAILED  \] ([^ ,]+)', re.MULTILINE)
RUN = re.compile(r'^\[ RUN      \] (\S+)', re.MULTILINE)
# The tests that come by a mutant run fastest first, in batches, so that few processes are needed and few tests run.
BATCH_SECONDS = 0.02
BATCH_GROWTH = 8
BATCH_NAMES = 1000
# A test that takes ten times as long as it does without the mutant is taken to have noticed it.
SLOWDOWN = 10
LEAST_SECONDS = 1.0
# Of the tests over a mutant that is listed, or that is only looked at.
QUICK_SECONDS = 2.0


class Results:
    """What came of each mutant, a line each; `current`: what still holds, `last`: whatever came of it last."""

    def __init__(self, path, program, listed):
        self.path, self.program = path, program
        self.current, self.last = {}, {}
        if path.exists():
            for line in path.read_text().splitlines():
                try:
                    result = json.loads(line)
                except ValueError:
                    continue  # the line that the interrupt cut short
                self.last[result['key']] = result
        for mutant in program.mutants:
            result = self.last.get(mutant.key)
            if result and self.holds(result, mutant, mutant.identity() in listed):
                self.current[mutant.key] = result

    def holds(self, result, mutant, listed):
        """Whether it would come out the same: see `What is kept` in README.md."""
        if result['mutated'] != self.program.fingerprint_of_mutant(mutant):
            return False
        if result['status'] == KILLED and result['test']:
            return result['test'] == self.program.fingerprint_of_test(result['by'])
        if result['status'] == NOT_VIABLE or result['status'] == SURVIVED and listed:
            return True
        return result['all'] == self.program.fingerprint

    def add(self, mutant, status, by, in_full=True):
        """`in_full`: all tests that there are were run where none failed."""
        result = {'key': mutant.key, 'status': status, 'by': by, 'mutant': str(mutant),
                  'mutated': self.program.fingerprint_of_mutant(mutant), 'test': self.program.fingerprint_of_test(by),
                  'all': self.program.fingerprint if in_full else None}
        self.current[mutant.key] = self.last[mutant.key] = result
        with open(self.path, 'a') as file:
            file.write(json.dumps(result, ensure_ascii=False) + '\n')


def batches(tests):
    """Tests in groups that take longer and longer."""
    batch, seconds, limit = [], 0.0, BATCH_SECONDS
    for test in tests:
        batch.append(test)
        seconds += test[1]
        if seconds > limit or len(batch) == BATCH_NAMES:
            yield batch, seconds
            batch, seconds, limit = [], 0.0, limit * BATCH_GROWTH
    if batch:
        yield batch, seconds


def try_program(program, path, tests, number, most):
    """Runs the tests on it until one fails, `most` seconds of them: what became of it, and by which test."""
    taken = 0.0
    for batch, seconds in batches(tests):
        taken += seconds
        if taken > most:
            break
        run = program.run(path, tests=[name for name, _, _ in batch], mutant=number,
                          seconds=max(LEAST_SECONDS, SLOWDOWN * seconds))
        if run.returncode:
            failed = FAILED.findall(run.stdout)[:1] or RUN.findall(run.stdout)[-1:]  # a crash ends the one that it is in
            return KILLED, failed[0] if failed else 'exit'
    return SURVIVED, None


def try_alone(program, mutant, most):
    """Compiles it by itself: first into the unit that is nearest, which is enough where a test fails with it."""
    nearest = min(mutant.units, key=lambda unit: pathlib.Path(unit).parent != pathlib.Path(mutant.path).parent)
    for units in ([nearest], mutant.units):
        path = program.build_alone(mutant, units)
        if not path:
            return NOT_VIABLE, None
        # Nothing says which tests come by a constant.
        status, by = try_program(program, path, program.tests, None, most)
        if status == KILLED or units == mutant.units:
            return status, by


def try_mutant(program, mutant, most):
    if mutant.alone:
        return try_alone(program, mutant, most)
    tests = [t for t in program.tests if mutant.number_in_build in t[2]]
    status, by = try_program(program, program.path, tests, mutant.number_in_build, most)
    if status == SURVIVED and mutant.constexpr:
        # The compiler may have computed it, and then the mutant was not there.
        return try_alone(program, mutant, most)
    return status, by


class Progress:
    def __init__(self, total, say, interactive):
        self.total, self.say, self.interactive = total, say, interactive
        self.start = self.shown = time.monotonic()
        self.done, self.counts = 0, {KILLED: 0, SURVIVED: 0, NOT_VIABLE: 0}

    def add(self, status):
        self.done += 1
        self.counts[status] += 1
        now = time.monotonic()
        if now - self.shown < (0.2 if self.interactive else 20) and self.done < self.total:
            return
        self.shown = now
        left = (now - self.start) / self.done * (self.total - self.done)
        line = (f'{self.done}/{self.total}: {self.counts[KILLED]} killed, {self.counts[SURVIVED]} survived, '
                f'{self.counts[NOT_VIABLE]} not viable; {left / 60:.0f} min left')
        if self.interactive:
            print(f'\r{line:<78}', end='\n' if self.done == self.total else '', flush=True)
        else:
            self.say(line)


def run(program, mutants, results, listed, quick, jobs, say, interactive):
    """Tries those that have no result yet."""
    todo = sorted((m for m in mutants if m.key not in results.current), key=lambda m: m.alone)
    if len(todo) < len(mutants):
        say(f'{len(mutants) - len(todo)} have been tried before, with the same sources and tests')
    if not todo:
        return
    progress, lock = Progress(len(todo), say, interactive), threading.Lock()

    def one(mutant):
        in_full = not quick and mutant.identity() not in listed
        status, by = try_mutant(program, mutant, math.inf if in_full else QUICK_SECONDS)
        with lock:
            results.add(mutant, status, by, in_full)
            progress.add(status)

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(one, mutant) for mutant in todo]
        try:
            for future in concurrent.futures.as_completed(futures):
                future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            program.stop()
            raise
