"""The engines: how one is started on a target, and how far it is."""
import dataclasses
import hashlib
import math
import re
import shutil
import tempfile


@dataclasses.dataclass
class Progress:
    """Of one process."""
    executions: int = 0
    speed: int = 0
    coverage: int = 0
    corpus: int = 0


class LibFuzzer:
    """Several processes on one target write to the same corpus and read it again from time to time."""
    name = 'libfuzzer'

    def __init__(self, place, target, number, artifacts):
        self.place, self.target, self.artifacts = place, target, artifacts
        self.log = place.log(f'{target}-{number}')
        self.number = number
        self.read = 0
        self.progress = Progress()

    def start(self, children, seconds, seed):
        seeding = [f'-seed={seed + self.number}'] if seed else []
        return children.start(
            [self.place.program(self.target), *self.place.options(self.target), f'-max_total_time={seconds}',
             '-print_final_stats=1', f'-artifact_prefix={self.artifacts}/', *seeding, self.place.corpus(self.target),
             *self.place.given(self.target)], self.log)

    def look(self):
        """What the log says that has been written since the last look."""
        if not self.log.exists():
            return self.progress
        with self.log.open('rb') as log:
            log.seek(self.read)
            new = log.read()
        end = new.rfind(b'\n') + 1
        self.read += end
        for line in new[:end].decode(errors='replace').splitlines():
            if status := re.match(r'#(\d+)\t.*cov: (\d+) .*corp: (\d+)/.*exec/s: (\d+)', line):
                self.progress = Progress(int(status[1]), int(status[4]), int(status[2]), int(status[3]))
            elif final := re.match(r'stat::number_of_executed_units: +(\d+)', line):
                self.progress.executions = int(final[1])
        return self.progress

    def finish(self):
        """The inputs that are findings. What libFuzzer found of interest is in the corpus already."""
        return [path for path in self.artifacts.iterdir() if not path.name.startswith('slow-unit')]


class Afl:
    """AFL++: a first process and others that help it, in one folder. Its queue goes into the corpus."""
    name = 'afl'

    def __init__(self, place, target, number, artifacts):
        self.place, self.target, self.artifacts = place, target, artifacts
        self.log = place.log(f'afl-{target}-{number}')
        self.member = f'{number}'
        self.folder = place.folder / 'afl' / target
        self.first = number == 0
        self.progress = Progress()

    def start(self, children, seconds, seed):
        if self.first:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        inputs = tempfile.mkdtemp(prefix='in-', dir=self.folder)
        for folder in [self.place.corpus(self.target), *self.place.given(self.target)]:
            for path in folder.iterdir():
                if path.stat().st_size:  # afl-fuzz takes no empty input
                    shutil.copy(path, f'{inputs}/{path.name}')
        dictionary = self.place.afl_programs / f'{self.target}.dict'
        words = ['-x', dictionary] if dictionary.exists() else []
        seeding = ['-s', str(seed)] if seed else []
        return children.start(
            ['afl-fuzz', '-M' if self.first else '-S', self.member, '-i', inputs, '-o', self.folder, '-V', str(seconds),
             '-G', '4096', *words, *seeding, '--', self.place.afl_programs / self.target],
            self.log, AFL_NO_UI='1', AFL_SKIP_CPUFREQ='1', AFL_NO_AFFINITY='1', AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES='1',
            AFL_FORKSRV_INIT_TMOUT='30000', AFL_BENCH_UNTIL_CRASH='1')

    def look(self):
        stats = self.folder / self.member / 'fuzzer_stats'
        if stats.exists():
            values = dict(re.findall(r'^(\w+) +: (.*)$', stats.read_text(), re.MULTILINE))

            def number(name):
                value = float(values.get(name, '0'))
                return int(value) if math.isfinite(value) else 0  # in its first moments it gives an infinite speed

            self.progress = Progress(number('execs_done'), number('execs_per_sec'), number('edges_found'), number('corpus_count'))
        return self.progress

    def finish(self):
        corpus = self.place.corpus(self.target)
        for path in (self.folder / self.member / 'queue').glob('id:*'):
            data = path.read_bytes()
            (corpus / hashlib.sha1(data).hexdigest()).write_bytes(data)  # libFuzzer's own names
        found = []
        for path in (self.folder / self.member).glob('crashes/id:*'):
            found.append(self.artifacts / f'crash-{hashlib.sha1(path.read_bytes()).hexdigest()}')
            shutil.copy(path, found[-1])
        return found


ENGINES = {engine.name: engine for engine in (LibFuzzer, Afl)}
