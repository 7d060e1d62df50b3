"""The table of a hunt, results.md: defect × target."""
import math
import pathlib
import statistics

FOLDER = pathlib.Path(__file__).resolve().parent


def median(runs):
    """Of the executions to the finding, where a run without one counts as longer than any other."""
    return statistics.median_low(run['executions'] or math.inf for run in runs)


def spoken(runs):
    """The oracles, the most frequent one first."""
    oracles = [run['oracle'].partition(':')[0] for run in runs if run['executions']]
    return sorted(set(oracles), key=lambda oracle: -oracles.count(oracle))


def cell(runs):
    found = sum(run['executions'] is not None for run in runs)
    if not found:
        return '·'
    middle = median(runs)
    share = '' if found == len(runs) else f' ({found}/{len(runs)})'
    return f'{middle if math.isfinite(middle) else "> limit"}{share} {"+".join(spoken(runs))}'


def tally(defects, target, reaches, runs_of):
    """How many of the defects in the target's code it finds."""
    in_reach = [defect for defect in defects if reaches(target, defect)]
    found = sum(any(run['executions'] for run in runs_of(defect, target)) for defect in in_reach)
    return f'**{found} of {len(in_reach)}**'


def write(defects, targets, reaches, runs_of, options):
    lines = [
        '# Planted defects, and who finds them',
        '',
        f'Written by `./dev planted{" --empty" if options.empty else ""}`. A cell has the median of the executions up to the finding, over '
        f'{options.seeds} random seeds, and the oracles that spoke; (n/m) where only n of m seeds found it within '
        f'{options.limit:,} executions. `·`: three seeds found nothing, and no more were tried. Empty: the target does not '
        'run the code that the defect is in. ' +
        ('Every run begins with an empty corpus.' if options.empty else
         'Every run begins with the seeds in `corpus/`, which count as executions too.'),
        '',
        f'{len(defects)} defects; '
        f'{sum(not any(run["executions"] for target in targets for run in runs_of(defect, target)) for defect in defects)} '
        'found by no target.',
        '',
        f'| defect | {" | ".join(targets)} |',
        f'|---|{"---|" * len(targets)}',
    ]
    for defect in defects:
        cells = [cell(runs_of(defect, target)) if reaches(target, defect) else '' for target in targets]
        lines.append(f'| {defect.name} | {" | ".join(cells)} |')
    lines.append(f'| **found** | {" | ".join(tally(defects, target, reaches, runs_of) for target in targets)} |')
    lines += ['', '| defect | file | what it is |', '|---|---|---|']
    lines += [f'| {defect.name} | {defect.file} | {defect.what} |' for defect in defects]
    (FOLDER / ('results-empty.md' if options.empty else 'results.md')).write_text('\n'.join(lines) + '\n')
