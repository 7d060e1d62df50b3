#!/usr/bin/env python3
"""Fuzzes at a desk: builds the targets, runs several at a time, shows how far they are, makes their corpora small again
and says what was found.

The corpus is kept in build/fuzz/corpus/TARGET, and each finding in build/fuzz/findings/TARGET/. Ctrl-C ends a run early
and loses nothing of either.

Status: 0 nothing found, 1 something found, 2 wrong usage, 130 interrupted."""
import argparse
import concurrent.futures
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import corpus
import findings
import speeds
import workplace
from children import Children, Interrupted
from engines import ENGINES


class TargetRun:
    """One target: fuzzed, its corpus minimised, its findings reported."""

    def __init__(self, place, target, settings, processes):
        self.place, self.target, self.settings = place, target, settings
        self.state, self.began, self.ended = 'waiting', 0.0, 0.0
        self.reports, self.remark = [], ''
        self.artifacts = pathlib.Path(tempfile.mkdtemp(prefix=f'{target}-found-', dir=place.folder))
        self.engines = [ENGINES[settings.engine](place, target, number, self.artifacts) for number in range(processes)]

    def run(self, children):
        self.state, self.began = 'fuzzing', time.monotonic()
        started = []
        try:
            for engine in self.engines:
                started.append(engine.start(children, self.settings.seconds, self.settings.seed))
            children.wait(started)
        finally:
            self.ended = time.monotonic()
            children.end(started)
            found = {path for engine in self.engines for path in engine.finish()}
            interrupted = children.stopping.is_set()
            if not found and not interrupted and any(engine.look().executions == 0 for engine in self.engines):
                self.reports.append(f'{self.target} did not run:\n{self.engines[0].log.read_text(errors="replace")[-3000:]}')
            self.state = 'explaining what was found'
            for path in sorted(found)[:3]:
                # With children of its own: after an interrupt, what was found is still told.
                self.reports.append(findings.report(Children(), self.place, self.target, path))
            if not any(self.artifacts.iterdir()):
                self.artifacts.rmdir()
            self.state = 'FOUND' if self.reports else 'interrupted' if interrupted else 'minimising'
        if not self.reports:
            before, after, self.remark = corpus.minimise(children, self.place, self.target)
            self.remark = self.remark or f'corpus {before} → {after}'
            self.state = 'ended'

    def line(self):
        looks = [engine.look() for engine in self.engines] if self.state != 'waiting' else []
        seconds = (self.ended or time.monotonic()) - self.began if self.began else 0
        executions = sum(look.executions for look in looks)
        speed = sum(look.speed for look in looks) if not self.ended else executions / max(seconds, 1)
        return (f'{self.target.removesuffix("_fuzzer"):<18} {seconds:5.0f} s {executions:>12,} executions {speed:>9,.0f}/s '
                f'{max((look.coverage for look in looks), default=0):>6} edges '
                f'{max((look.corpus for look in looks), default=0):>6} inputs   {self.state}'
                f'{", " + self.remark if self.remark else ""}')


class Display:
    """On a terminal a line for each target, drawn anew; elsewhere the lines of those that run, every 15 seconds."""

    def __init__(self, runs):
        self.runs, self.terminal = runs, sys.stdout.isatty() and os.environ.get('CI') != 'true'
        self.drawn, self.next = 0, 0.0

    def draw(self, last=False):
        now = time.monotonic()
        if now < self.next and not last:
            return
        if self.terminal:
            self.next = now + 0.5
            width = os.get_terminal_size().columns
            print(f'\x1b[{self.drawn}F' * bool(self.drawn) + ''.join(f'\x1b[2K{run.line()[:width - 1]}\n' for run in self.runs),
                  end='', flush=True)
            self.drawn = len(self.runs)
        else:
            self.next = now + 15
            for run in self.runs:
                if last or run.state not in ('waiting', 'ended', 'interrupted', 'FOUND'):
                    print(run.line(), flush=True)
            if not last:
                print(flush=True)


def parse(known):
    parser = argparse.ArgumentParser(prog='./dev fuzz', description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('targets', nargs='*', metavar='TARGET', help='decode_ndr20, forge, …; all when none is given')
    parser.add_argument('--seconds', type=int, default=60, help='for each target (60)')
    parser.add_argument('--jobs', type=int, default=len(os.sched_getaffinity(0)),
                        help='processes at a time; more than there are targets share targets (the number of processors)')
    parser.add_argument('--sanitizer', default='address', metavar='S',
                        help='address (default), undefined or none; several with commas')
    parser.add_argument('--engine', choices=ENGINES, default='libfuzzer', help='libfuzzer (default) or afl')
    parser.add_argument('--seed', type=int, default=0, help="the engine's seed; 0 (default) for another one each time")
    parser.add_argument('--speed', action='store_true', help='measure how fast each target is instead, with and without sanitizers')
    parser.add_argument('--programs', type=pathlib.Path, help='targets that are built already: the folder that they are in')
    parser.add_argument('--folder', type=pathlib.Path, default=workplace.ROOT / 'build/fuzz',
                        help='for corpus, findings and logs (build/fuzz)')
    settings = parser.parse_args()
    if settings.seconds < 1 or settings.jobs < 1:
        parser.error('--seconds and --jobs take a number above 0')
    settings.targets = [name.removesuffix('_fuzzer') + '_fuzzer' for name in settings.targets]
    if unknown := [name for name in settings.targets if name not in known]:
        parser.error(f'no target {unknown[0].removesuffix("_fuzzer")}; there are '
                     + ', '.join(name.removesuffix('_fuzzer') for name in known))
    settings.targets = settings.targets or [name for name in known if name not in workplace.UNASKED]
    return settings


def fuzz(settings):
    programs = settings.programs
    if not programs:
        print(f'Building {len(settings.targets)} targets', flush=True)
        programs = workplace.build('libfuzzer', settings.sanitizer, settings.targets, settings.jobs)
    place = workplace.Workplace(settings.folder, programs)
    if settings.engine == 'afl':
        place.afl_programs = workplace.build('afl', settings.sanitizer, settings.targets, settings.jobs)

    processes = max(1, settings.jobs // len(settings.targets))
    runs = [TargetRun(place, target, settings, processes) for target in settings.targets]
    children = Children()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: children.stopping.set())
    display = Display(runs)
    failures = []
    with concurrent.futures.ThreadPoolExecutor(max(1, settings.jobs // processes)) as pool:
        waiting = {pool.submit(run.run, children) for run in runs}
        while waiting:
            done, waiting = concurrent.futures.wait(waiting, timeout=0.3)
            failures += [task.exception() for task in done if task.exception()]
            display.draw()
    display.draw(last=True)
    for failure in failures:
        if not isinstance(failure, Interrupted):
            raise failure
    for text in (text for run in runs for text in run.reports):
        print(f'\n{"=" * 100}\n{text}', flush=True)
    if any(run.reports for run in runs):
        return 1
    if children.stopping.is_set():
        print(f'Interrupted. The corpus is in {place.folder / "corpus"}.')
        return 130
    print('Nothing found.')
    return 0


def main():
    settings = parse(workplace.all_targets())
    return speeds.table(settings) if settings.speed else fuzz(settings)


if __name__ == '__main__':
    try:
        sys.exit(main())
    except (OSError, subprocess.SubprocessError) as error:
        sys.exit(f'./dev fuzz: {error}')
