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


def write(defects, targets, rows, options):
    """`rows`: {(defect's name, target): runs}, for the targets that run the code that the defect is in."""
    found = {key for key, runs in rows.items() if any(run['executions'] for run in runs)}
    begin = 'with an empty corpus' if options.empty else 'with the seeds in `corpus/`, which count as executions too'
    lines = [
        '# Planted defects, and who finds them',
        '',
        f'Written by `./dev planted{" --empty" if options.empty else ""}`. A cell has the median of the executions up to the '
        f'finding, over {options.seeds} random seeds, and the oracles that spoke; (n/m) where only n of m seeds found it within '
        f'{options.limit:,} executions, or within ten times as many where no target had found it. `·`: three seeds found nothing, '
        f'and no more were tried. Empty: the target does not run the code that the defect is in. Every run begins {begin}.',
        '',
        f'{len(defects)} defects; {sum(not any((defect.name, target) in found for target in targets) for defect in defects)} '
        f'found by no target. The sources: {", ".join(sorted({run["commit"] for runs in rows.values() for run in runs}))}.',
        '',
        f'| defect | {" | ".join(targets)} |',
        f'|---|{"---|" * len(targets)}',
    ]
    for defect in defects:
        cells = [cell(rows[defect.name, target]) if (defect.name, target) in rows else '' for target in targets]
        lines.append(f'| {defect.name} | {" | ".join(cells)} |')
    tally = [f'**{sum(target == by for _, by in found)} of {sum(target == by for _, by in rows)}**' for target in targets]
    lines.append(f'| **found** | {" | ".join(tally)} |')
    lines += ['', '| defect | file | what it is |', '|---|---|---|']
    lines += [f'| {defect.name} | {defect.file} | {defect.what} |' for defect in defects]
    (FOLDER / ('results-empty.md' if options.empty else 'results.md')).write_text('\n'.join(lines) + '\n')
