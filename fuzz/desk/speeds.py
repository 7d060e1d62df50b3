"""How fast the targets are, as parts of the speed of a target that does nothing."""
import re
import shutil
import tempfile

import workplace
from children import Children


def speed(children, place, target, seconds, seed):
    """Executions a second, from the seeds in the repository."""
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        inputs = place.given(target) or place.given('decode_ndr20_fuzzer')
        for source in inputs:
            shutil.copytree(source, folder, dirs_exist_ok=True)
        options = [option for option in place.options(target) if not option.startswith('-dict')]
        _, said = children.run([place.program(target), *options, f'-seed={seed or 1}', f'-max_total_time={seconds}',
                                '-print_final_stats=1', '-len_control=0', folder], place.log(f'speed-{target}'))
    found = re.search(r'stat::average_exec_per_sec: +(\d+)', said)
    return int(found[1]) if found else 0


def table(settings):
    """Measures one target after the other, the empty one before and after."""
    children = Children()
    rows = {}
    for sanitizer in ('none', settings.sanitizer):
        targets = ['empty_fuzzer', *settings.targets]
        place = workplace.Workplace(settings.folder, workplace.build('libfuzzer', sanitizer, targets, settings.jobs))
        measured = {target: speed(children, place, target, settings.seconds, settings.seed) for target in targets}
        again = speed(children, place, 'empty_fuzzer', settings.seconds, settings.seed)
        empty = (measured['empty_fuzzer'] + again) / 2
        for target, value in measured.items():
            rows.setdefault(target, []).append((value, value / empty if empty else 0))
    print(f'| target | executions/s, no sanitizer | part of empty | executions/s, {settings.sanitizer} | part of empty |\n'
          '|---|---|---|---|---|')
    for target, values in rows.items():
        print(f'| {target.removesuffix("_fuzzer")} | ' + ' | '.join(f'{value:,} | {part:.2f}' for value, part in values) + ' |')
    return 0
