"""Makes of a finding what a developer wants: the smallest input, who spoke, what the bytes say, a command that shows it
again and a test case to paste."""
import hashlib
import pathlib
import re
import shutil
import subprocess
import tempfile

from workplace import ROOT

FORMATS = {'ndr20': 'ndr20', 'ndr20_body': 'ndr20-body', 'ndr64': 'ndr64', 'native64': 'native64', 'native32': 'native32'}


def speaker(said):
    """Which oracle spoke: one of ours, a sanitizer, or the engine."""
    if ours := re.search(r'WRONG ANSWER by oracle ([a-z0-9-]+)', said):
        return f'oracle {ours[1]}'
    if undefined := re.search(r'runtime error: (.*)', said):
        return f'UndefinedBehaviorSanitizer: {undefined[1]}'
    if sanitizer := re.search(r'ERROR: (\w+Sanitizer: [\w-]+)', said) or re.search(r'WARNING: (MemorySanitizer: [\w-]+)', said):
        return sanitizer[1]
    if engine := re.search(r'ERROR: (libFuzzer: .*)', said):
        return engine[1]
    return 'nobody: it did not happen again'


def complaint(said):
    """What the oracle said, without the engine's own lines."""
    if ours := re.search(r'WRONG ANSWER by oracle .*?(?=\n==\d+==|\nAborted|\Z)', said, re.DOTALL):
        return ours[0].strip()
    lines = said.splitlines()
    at = next((i for i, line in enumerate(lines) if 'ERROR: ' in line or 'WARNING: Mem' in line or 'runtime error' in line), 0)
    return '\n'.join(lines[at:at + 20])


def decoder():
    """The program that explains bytes: one that is built already, or one that is built now. None when it cannot be."""
    built = sorted(ROOT.glob('build/*/tools/qmforge')) + sorted(ROOT.glob('build/fuzz/tool/tools/qmforge'))
    if built:
        return built[0]
    folder = ROOT / 'build/fuzz/tool'
    for command in (['cmake', '-S', ROOT, '-B', folder, '-G', 'Ninja', '-DQMFORGE_TESTS=OFF', '-DQMFORGE_EXAMPLES=OFF'],
                    ['cmake', '--build', folder, '--target', 'qmforge_program']):
        if subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode != 0:
            return None
    return folder / 'tools/qmforge'


def explained(target, path, said):
    """What the program says of the bytes."""
    program = decoder()
    if not program:
        return 'the program qmforge cannot be built here'

    def decode(arguments, **more):
        return subprocess.run([program, 'decode', *arguments], capture_output=True, text=True, errors='replace', check=False,
                              **more).stdout.strip()

    # forge and transcode are given answers to questions: the bytes that were made of them are in what the oracle said.
    if message := re.search(r'^([a-z0-9-]+) revision ([01]).*?^ *input: +([0-9a-f]*)$', said, re.DOTALL | re.MULTILINE):
        return decode(['--format', message[1], '--revision', message[2], '--hex', '-'], input=f'input {message[3]}\n')
    kind, _, encoding = target.removesuffix('_fuzzer').partition('_')
    if kind in ('decode', 'mutate'):
        return '\n\n'.join(decode(['--format', FORMATS[encoding], '--revision', revision, path]) for revision in '01')
    if target == 'canary_fuzzer':
        return decode(['--format', 'ndr20-body', path])
    return f'the input as text: {path.read_bytes().decode("utf-8", "backslashreplace")!r}'


def test_case(target, who, data):
    """For fuzz/findings_test.cpp."""
    rows = [''.join(f'\\x{byte:02x}' for byte in data[at:at + 24]) for at in range(0, len(data), 24)] or ['']
    literal = '\n'.join(f'                        "{row}"' for row in rows)
    name = f'{target.removesuffix("_fuzzer")}_{hashlib.sha256(data).hexdigest()[:8]}'
    return (f'// Found by {target}: {who}.\n'
            f'TEST(Findings, {name}) {{\n'
            f'  EXPECT_TRUE(is_right({target},\n{literal}sv));\n'
            f'}}\n')


def smallest(children, place, target, artifact, folder):
    """The input made smaller, as long as the same oracle speaks."""
    log = place.log(f'minimise-{target}')

    def who_speaks(path):
        return speaker(children.run([place.program(target), *place.options(target), path], log, seconds=60)[1])

    first = who_speaks(artifact)
    small = folder / 'smaller'
    children.run([place.program(target), *place.options(target), '-minimize_crash=1', '-runs=100000', '-max_total_time=20',
                  f'-artifact_prefix={folder}/', f'-exact_artifact_path={small}', artifact], log, seconds=60)
    same = small.exists() and who_speaks(small).split(':')[0] == first.split(':')[0]
    return small if same else artifact


def report(children, place, target, artifact):
    """Writes build/fuzz/findings/TARGET/NAME/ and returns the text for the desk."""
    with tempfile.TemporaryDirectory(dir=place.folder) as scratch:
        input_path = smallest(children, place, target, artifact, pathlib.Path(scratch))
        data = input_path.read_bytes()
        folder = place.findings(target) / hashlib.sha256(data).hexdigest()[:8]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / 'input'
        path.write_bytes(data)
    shutil.move(artifact, folder / 'input-as-found')
    said = children.run([place.program(target), *place.options(target), path], folder / 'output.log', seconds=60)[1]
    case = test_case(target, speaker(said), data)
    (folder / 'test.cpp').write_text(case)
    text = (f'FOUND by {target}: {speaker(said)} ({len(data)} bytes)\n\n'
            f'{complaint(said)}\n\n'
            f'What the bytes say:\n{explained(target, path, said)}\n\n'
            f'Again:  {place.program(target)} {path}\n'
            f'Keep:   cp {path} {ROOT}/fuzz/regressions/{target}/\n\n'
            f'A test case for fuzz/findings_test.cpp:\n\n{case}')
    (folder / 'report.txt').write_text(text)
    return text
