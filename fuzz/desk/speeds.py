"""How fast the targets are, as parts of the speed of a target that does nothing. What is counted is processor time, so that
other programs on the machine do not show."""
import re
import resource
import shutil
import tempfile

import workplace
from children import Children


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def speed(children, place, target, seconds, seed):
    """Executions in a second of processor time, from the seeds in the repository."""
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        for source in place.given(target) or place.given('decode_ndr20_fuzzer'):
            shutil.copytree(source, folder, dirs_exist_ok=True)
        begin = processor_seconds()
        _, said = children.run([place.program(target), *place.options(target), f'-seed={seed or 1}',
                                f'-max_total_time={seconds}', '-print_final_stats=1', folder],
                               place.log(f'speed-{target}'))
        used = processor_seconds() - begin
    found = re.search(r'stat::number_of_executed_units: +(\d+)', said)
    return int(found[1]) / used if found else 0


def table(settings):
    """Measures one target after the other, the empty one first and last."""
    children = Children()
    rows = {}
    for sanitizer in ('none', settings.sanitizer):
        targets = ['empty_fuzzer', *settings.targets]
        programs = workplace.build('libfuzzer', sanitizer, targets, settings.jobs)
        place = workplace.Workplace(settings.folder, programs)
        measured = {target: speed(children, place, target, settings.seconds, settings.seed) for target in targets}
        empty = (measured['empty_fuzzer'] + speed(children, place, 'empty_fuzzer', settings.seconds, settings.seed)) / 2
        for target, value in measured.items():
            rows.setdefault(target, []).append(f'{value:,.0f} | {value / empty if empty else 0:.2f}')
    print(f'| target | executions/s without sanitizer | of the empty one\'s | with {settings.sanitizer} | of the empty one\'s |\n'
          '|---|---|---|---|---|')
    for target, values in rows.items():
        print(f'| {target.removesuffix("_fuzzer")} | ' + ' | '.join(values) + ' |')
    return 0
