"""What llvm-cov measured of the sources in some folders, a place of the source at a time.

A template or an inline function is measured as often as it is instantiated; a place counts as covered where any of its
instances is. A place is a line, one side of a branch, or a condition of a decision (MC/DC).
"""
import collections
import dataclasses
import json
import re
import subprocess

# The kinds of branch regions in llvm-cov's export, version 2.0.1: [line, column, end line, end column, times true, times
# false, file, expanded file, kind].
BRANCH_OF_DECISION = 6


@dataclasses.dataclass(frozen=True, order=True)
class Place:
    """A thing to cover. `what` is 'line'; of a branch 'true', 'false', 'case' or, where a switch has no default, 'no case';
    of a decision 'condition N', or 'decision' where clang did not measure it."""
    path: str
    line: int
    column: int
    what: str
    text: str = dataclasses.field(compare=False)  # of the line, or of the condition
    within: str = dataclasses.field(compare=False)  # the line that the condition begins in

    @property
    def measure(self):
        if self.what == 'line':
            return 'lines'
        return 'branches' if self.what in ('true', 'false', 'case', 'no case') else 'mcdc'


class Source:
    def __init__(self, path):
        self.lines = path.read_text(encoding='utf-8').splitlines()

    def line(self, number):
        return self.lines[number - 1].strip()

    def between(self, start, end):
        """The text from one (line, column) to another. llvm counts columns in bytes."""
        if end <= start:
            return ''
        rows = [row.encode() for row in self.lines[start[0] - 1:end[0]]]
        rows[-1] = rows[-1][:end[1] - 1]
        rows[0] = rows[0][start[1] - 1:]
        return ' '.join(b' '.join(rows).decode().split())


def export(program, profile):
    command = ['llvm-cov-19', 'export', f'-instr-profile={profile}', program]
    # It warns of inline functions that a file has and does not use; those that no file uses count as not covered.
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode())
    return json.loads(run.stdout)['data'][0]


def covered_lines(segments):
    """{line: whether it is covered} of a file's segments, as llvm-cov itself counts lines (LineCoverageStats)."""
    by_line = collections.defaultdict(list)
    for line, column, count, has_count, is_entry, is_gap in segments:
        by_line[line].append((count, has_count, is_entry, is_gap))
    lines = {}
    wrapped = None
    for line in range(segments[0][0], segments[-1][0] + 1):
        own = by_line.get(line, [])
        starting = [count for count, has_count, is_entry, is_gap in own if has_count and is_entry and not is_gap]
        skipped = bool(own) and not own[0][1] and own[0][2]
        mapped = not skipped and (bool(starting) or wrapped is not None and wrapped[1])
        if mapped or any(has_count and is_entry for _, has_count, is_entry, _ in own):
            count = wrapped[0] if wrapped is not None else 0
            lines[line] = max([count, *starting]) > 0
        if own:
            wrapped = own[-1]
    return lines


def unmeasured_decisions(source, branches):
    """Neighbouring conditions that && or || joins and that belong to no measured decision: clang gave up on them."""
    plain = sorted((start, end) for start, end, kind in branches if kind != BRANCH_OF_DECISION)
    for (start, end), (following, following_end) in zip(plain, plain[1:]):
        joint = source.between(end, following)
        if re.fullmatch(r'[()!\s]*(&&|\|\||and|or)[()!\s]*', joint):
            yield start, following_end


def places(data, root, folders):
    """{Place: covered} of all sources in the folders, which are relative to the root, by what llvm-cov has exported."""
    sources = {}
    folders = tuple(f'{folder}/' for folder in folders)

    def relative(filename):
        if not filename.startswith(f'{root}/'):
            return None
        name = filename[len(f'{root}/'):]
        return name if name.startswith(folders) else None

    found = collections.defaultdict(bool)

    def add(name, start, end, what, covered):
        source = sources.setdefault(name, Source(root / name))
        within = source.line(start[0])
        if within.endswith('= default;'):
            return  # the compiler wrote it
        if what == 'line' and re.fullmatch(r'[{}();,]*|//.*', within):
            return  # nothing to run
        text = within if what == 'line' else source.between(start, end)
        if text == ':':  # how llvm names a range-based loop's condition
            text = within
        found[Place(name, *start, what, text, within)] |= covered

    conditions_of = {}  # (file, decision): all its conditions, in order, those that are constants included
    for file in data['files']:
        if (name := relative(file['filename'])) and file['segments']:
            for line, covered in covered_lines(file['segments']).items():
                add(name, (line, 1), None, 'line', covered)
            decisions = sorted({(tuple(record[0:2]), tuple(record[2:4])) for record in file['mcdc_records']})
            for branch in file['branches']:
                if branch[8] == BRANCH_OF_DECISION:
                    start, end = tuple(branch[0:2]), tuple(branch[2:4])
                    # A lambda in a condition has decisions of its own: the innermost is the last to begin.
                    decision = [d for d in decisions if d[0] <= start and end <= d[1]][-1]
                    conditions_of.setdefault((name, decision), set()).add((start, end))

    for function in data['functions']:
        branches = collections.defaultdict(list)
        for branch in function['branches']:
            if name := relative(function['filenames'][branch[6]]):
                branches[name].append((tuple(branch[0:2]), tuple(branch[2:4]), branch[4], branch[5], branch[8]))
        for name, own in branches.items():
            source = sources.setdefault(name, Source(root / name))
            for start, end, times_true, times_false, _ in own:
                before = source.between((start[0], 1), start)
                if re.match(r'(case|default)\b', source.between(start, end)):
                    add(name, start, end, 'case', times_true > 0)
                elif re.search(r'\bswitch \($', before):
                    add(name, start, end, 'no case', times_true > 0)
                else:
                    add(name, start, end, 'true', times_true > 0)
                    add(name, start, end, 'false', times_false > 0)
            for start, end in unmeasured_decisions(source, [(s, e, kind) for s, e, _, _, kind in own]):
                add(name, start, end, 'decision', False)
        name = relative(function['filenames'][0])
        for record in function['mcdc_records'] if name else []:
            decision = (tuple(record[0:2]), tuple(record[2:4]))
            varying = {branch[0] for branch in branches[name]}
            conditions = sorted(conditions_of[name, decision])
            if len(conditions) == 1:  # a fold over a pack: each element of it is a condition, all at one place
                add(name, *conditions[0], 'condition 1', all(record[6]))
                continue
            for number, ((start, end), covered) in enumerate(zip(conditions, record[6], strict=True), 1):
                if start in varying:
                    add(name, start, end, f'condition {number}', covered)
    return dict(found)


def places_of_all(programs, profile, root, folders):
    """The same of several programs. Each is asked by itself: of an inline function that a program has and does not use,
    llvm-cov may take the empty record for the function's own and pass over that of the program that does.
    """
    found = collections.defaultdict(bool)
    for program in programs:
        for place, covered in places(export(program, profile), root, folders).items():
            found[place] |= covered
    return dict(found)


def unlinked(root, build, folders, found):
    """The sources with code that no program is linked with, and of which nothing is measured therefore."""
    seen = {place.path for place in found}
    for folder in folders:
        for path in sorted((build / folder).rglob('*.o')):
            # BUILD/src/CMakeFiles/TARGET.dir/names/names.cpp.o comes of src/event/names.cpp
            above, _, below = str(path.relative_to(build)).partition('CMakeFiles/')
            source = above + below.partition('/')[2].removesuffix('.o')
            if source not in seen and (root / source).exists() and b'__llvm_covfun' in path.read_bytes():
                yield source
