"""Where things are: the targets' programs, their inputs, and what a run leaves in build/fuzz/."""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
# About the harness itself: only run when asked for.
UNASKED = ('canary_fuzzer', 'empty_fuzzer')


def all_targets():
    """Every target's name, as fuzz/CMakeLists.txt has them."""
    return re.findall(r'^qmforge_fuzz_target\((\w+) ', (ROOT / 'fuzz/CMakeLists.txt').read_text(), re.MULTILINE)


def options_beside(program):
    """The dictionary and the options that pack.sh put beside a program, as a service passes them on; where it did not, what
    all targets have in common."""
    dictionary, options = program.with_suffix('.dict'), program.with_suffix('.options')
    said = re.findall(r'^(\w+) = (.+)$', options.read_text(), re.MULTILINE) if options.exists() else [('max_len', '4096')]
    return [*(f'-{name}={value}' for name, value in said), *([f'-dict={dictionary}'] if dictionary.exists() else [])]


class Workplace:
    """Folders of one run."""

    def __init__(self, folder, programs):
        self.folder = folder.resolve()
        self.programs = programs.resolve()
        (self.folder / 'log').mkdir(parents=True, exist_ok=True)

    def program(self, target):
        return self.programs / target

    def corpus(self, target):
        """What fuzzing has found so far; it is kept between runs."""
        folder = self.folder / 'corpus' / target
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def given(self, target):
        """The inputs that the repository keeps for a target."""
        folders = [ROOT / 'corpus' / target.removesuffix('_fuzzer'), ROOT / 'fuzz/regressions' / target]
        return [folder for folder in folders if folder.is_dir()]

    def findings(self, target):
        return self.folder / 'findings' / target

    def log(self, name):
        return self.folder / 'log' / f'{name}.log'

    def options(self, target):
        """libFuzzer's options for a target: as a service would read them from the files beside the program."""
        return ['-timeout=20', '-rss_limit_mb=2048', *options_beside(self.programs / target)]


def environment():
    """With names of functions in the sanitizers' reports, and without colour."""
    symbolizer = '/usr/bin/llvm-symbolizer-19'
    settings = {name: f'{os.environ[name]}' for name in os.environ}
    for sanitizer in ('ASAN', 'UBSAN', 'MSAN'):
        settings.setdefault(f'{sanitizer}_SYMBOLIZER_PATH', symbolizer)
    settings.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1')
    return settings


def build(engine, sanitizer, targets, jobs):
    """Builds the targets and returns the folder that they are in."""
    folder = ROOT / 'build/fuzz' / f'{engine}-{sanitizer}'
    log = ROOT / 'build/fuzz/log' / f'build-{engine}-{sanitizer}.log'
    log.parent.mkdir(parents=True, exist_ok=True)
    settings = {name: value for name, value in os.environ.items()
                if name not in ('CC', 'CXX', 'CFLAGS', 'CXXFLAGS', 'LIB_FUZZING_ENGINE', 'OUT', 'WORK')}
    settings |= {'FUZZING_ENGINE': engine, 'SANITIZER': sanitizer, 'TARGETS': ' '.join(targets), 'JOBS': str(jobs)}
    with log.open('w') as output:
        status = subprocess.run([ROOT / 'fuzz/build.sh'], env=settings, stdin=subprocess.DEVNULL, stdout=output,
                                stderr=subprocess.STDOUT, check=False).returncode
    if status != 0:
        raise SystemExit(log.read_text()[-4000:] + f'\n./dev fuzz: the build failed; see {log}')
    return folder / 'out'
