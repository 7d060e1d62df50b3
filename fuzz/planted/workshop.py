"""The copy of the project in which defects are planted, one at a time, and built."""
import filecmp
import hashlib
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / 'build' / 'planted'
ROOMS = ['CMakeLists.txt', 'bench', 'cmake', 'corpus', 'fuzz', 'include', 'sim', 'src', 'tests', 'tools']


class BuildError(Exception):
    pass


def sources():
    """What the copy is made of, as paths from the project's root."""
    for room in ROOMS:
        for path in [ROOT / room] if (ROOT / room).is_file() else sorted((ROOT / room).rglob('*')):
            if path.is_file() and '__pycache__' not in path.parts:
                yield path.relative_to(ROOT)


def digest(rooms):
    """Tells one state of the rooms from another."""
    sha = hashlib.sha256()
    for path in sources():
        if path.parts[0] in rooms or str(path.parent) in rooms:
            sha.update(str(path).encode() + b'\0' + (ROOT / path).read_bytes())
    return sha.hexdigest()[:16]


def commit():
    """Which sources these are, for a person to read."""
    git = subprocess.run(['git', 'describe', '--always', '--dirty'], cwd=ROOT, capture_output=True, text=True, check=False)
    return git.stdout.strip() or 'no commit'


class Workshop:
    """A copy and its build. `name` tells builds with different options apart."""

    def __init__(self, name, options):
        self.source = FOLDER / name / 'source'
        self.build = FOLDER / name / 'build'
        self.restore()
        if shutil.which('ccache'):
            options = [*options, '-DCMAKE_CXX_COMPILER_LAUNCHER=ccache']
        if shutil.which('ld.lld-19'):
            options = [*options, '-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld']
        self.run('cmake', '-S', self.source, '-B', self.build, '-G', 'Ninja', '-DCMAKE_CXX_COMPILER=clang++-19',
                 '-DQMFORGE_TOOLS=OFF', '-DQMFORGE_EXAMPLES=OFF', '-DQMFORGE_WERROR=OFF', *options)

    def run(self, *command):
        environment = {**os.environ, 'CCACHE_BASEDIR': str(self.source.parent), 'CCACHE_NOHASHDIR': '1'}
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        if done.returncode != 0:
            raise BuildError('\n'.join(done.stdout.splitlines()[-30:]))

    def restore(self):
        """Makes the copy what the project is. Only what differs is written, so only that is built again."""
        kept = set()
        for path in sources():
            copy = self.source / path
            kept.add(copy)
            if not copy.exists() or not filecmp.cmp(ROOT / path, copy, shallow=False):
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / path, copy)
                shutil.copymode(ROOT / path, copy)
        for copy in self.source.rglob('*'):
            if copy.is_file() and copy not in kept:
                copy.unlink()

    def make(self, targets, defect=None):
        """Builds the targets, with the defect in them if there is one."""
        self.restore()
        if defect:
            defect.plant(self.source)
        self.run('cmake', '--build', self.build, '--parallel', str(len(os.sched_getaffinity(0))), '--target', *targets)
