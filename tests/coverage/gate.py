#!/usr/bin/env python3
"""The gate: every line, branch and condition (MC/DC) of the sources is covered, or marked as unreachable.

    gate.py ROOT BUILD PROFILE FOLDER,… SUMMARY PROGRAM…

A line that ends in `// uncovered: REASON`, and the line behind one that is only that, needs no cover; a marker without a gap
is an error. FOLDERs are relative to ROOT. Prints each gap; the status is 1 where there is one. Writes figures to SUMMARY.

A template or an inline function is measured as often as it is instantiated, in several programs; a place counts as covered
where any instance is: llvm-cov's own report takes the best instance, not all together.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

# Of a branch in llvm-cov's export 2.0.1: [line, column, end line, end column, times true, times false, file, expanded file, kind].
BRANCH_OF_DECISION = 6
MISSING = {'line': 'is never run', 'true': 'is never true', 'false': 'is never false', 'case': 'is never chosen',
           'no case': 'is always one of the cases',
           'decision': 'is not a decision that clang can measure: give the inner part a name, or move its ! to the conditions'}
MARKER = '// uncovered: '


class Cover:
    """{(path, line, column, what): covered}: `what` is 'line'; of a branch 'true', 'false', 'case' or, where a switch has no default,
    'no case'; of a decision 'condition N', or 'decision' where clang did not measure it."""

    def __init__(self, root, folders):
        self.root, self.folders = root, tuple(f'{folder}/' for folder in folders)
        self.found, self.texts, self.lines = {}, {}, {}

    def name(self, filename):
        name = filename.removeprefix(f'{self.root}/')
        if name == filename or not name.startswith(self.folders):
            return None
        self.lines.setdefault(name, (self.root / name).read_text(encoding='utf-8').splitlines())
        return name

    def between(self, name, start, end):
        """The text from one (line, column) to another. llvm counts columns in bytes."""
        rows = [row.encode() for row in self.lines[name][start[0] - 1:end[0]]] if start < end else [b'']
        rows[-1] = rows[-1][:end[1] - 1]
        rows[0] = rows[0][start[1] - 1:]
        return ' '.join(b' '.join(rows).decode().split())

    def add(self, name, start, end, what, covered):
        line = self.lines[name][start[0] - 1].split(MARKER)[0].strip()
        if line.endswith('= default;') or what == 'line' and re.fullmatch(r'[{}();,]*|//.*', line):
            return  # the compiler wrote it, or there is nothing to run
        text = line if what == 'line' else self.between(name, start, end)
        place = (name, *start, what)
        self.texts[place] = line if text == ':' else text  # `:` is how llvm names a range-based loop's condition
        self.found[place] = self.found.get(place, False) or covered

    def add_program(self, program, profile):
        run = subprocess.run(['llvm-cov-19', 'export', f'-instr-profile={profile}', program], capture_output=True, check=False)
        if run.returncode:
            raise SystemExit(run.stderr.decode())
        data = json.loads(run.stdout)['data'][0]
        conditions_of = collections.defaultdict(set)  # {(file, decision): all its conditions, the constant ones included}
        for file in data['files']:
            if not (name := self.name(file['filename'])) or not file['segments']:
                continue
            for line, covered in covered_lines(file['segments']):
                self.add(name, (line, 1), None, 'line', covered)
            decisions = sorted({(tuple(record[0:2]), tuple(record[2:4])) for record in file['mcdc_records']})
            for branch in file['branches']:
                if branch[8] == BRANCH_OF_DECISION:
                    start, end = tuple(branch[0:2]), tuple(branch[2:4])
                    # A lambda in a condition has decisions of its own: the innermost is the last to begin.
                    conditions_of[name, [d for d in decisions if d[0] <= start and end <= d[1]][-1]].add((start, end))
        for function in data['functions']:
            self.add_function(function, conditions_of)

    def add_function(self, function, conditions_of):
        branches = collections.defaultdict(list)
        for line, column, end_line, end_column, is_true, is_false, file, _, kind in function['branches']:
            if name := self.name(function['filenames'][file]):
                branches[name].append(((line, column), (end_line, end_column), is_true > 0, is_false > 0, kind))
        for name, own in branches.items():
            for start, end, is_true, is_false, _ in own:
                if re.match(r'(case|default)\b', self.between(name, start, end)):
                    self.add(name, start, end, 'case', is_true)
                elif re.search(r'\bswitch \($', self.between(name, (start[0], 1), start)):
                    self.add(name, start, end, 'no case', is_true)
                else:
                    self.add(name, start, end, 'true', is_true)
                    self.add(name, start, end, 'false', is_false)
            # Neighbouring conditions that && or || joins and that belong to no measured decision: clang gave up on them.
            plain = sorted((start, end) for start, end, _, _, kind in own if kind != BRANCH_OF_DECISION)
            for (start, end), (following, following_end) in zip(plain, plain[1:]):
                if re.fullmatch(r'[()!\s]*(&&|\|\||and|or)[()!\s]*', self.between(name, end, following)):
                    self.add(name, start, following_end, 'decision', False)
        name = self.name(function['filenames'][0])
        for record in function['mcdc_records'] if name else []:
            conditions = sorted(conditions_of[name, (tuple(record[0:2]), tuple(record[2:4]))])
            if len(conditions) == 1:  # a fold over a pack: each element of it is a condition, all at one place
                self.add(name, *conditions[0], 'condition 1', all(record[6]))
                continue
            for number, ((start, end), covered) in enumerate(zip(conditions, record[6], strict=True), 1):
                if any(start == branch[0] for branch in branches[name]):  # not a constant
                    self.add(name, start, end, f'condition {number}', covered)


def covered_lines(segments):
    """(line, whether it is covered) of a file's segments, as llvm-cov itself counts lines (LineCoverageStats)."""
    by_line, wrapped = collections.defaultdict(list), None
    for line, _, count, has_count, is_entry, is_gap in segments:
        by_line[line].append((count, has_count, is_entry, is_gap))
    for line in range(segments[0][0], segments[-1][0] + 1):
        own = by_line.get(line, [])
        starting = [count for count, has_count, is_entry, is_gap in own if has_count and is_entry and not is_gap]
        skipped = bool(own) and not own[0][1] and own[0][2]
        mapped = not skipped and (bool(starting) or wrapped is not None and wrapped[1])
        if mapped or any(has_count and is_entry for _, has_count, is_entry, _ in own):
            yield line, max([wrapped[0] if wrapped else 0, *starting]) > 0
        if own:
            wrapped = own[-1]


def unlinked(root, build, folders, seen):
    """The sources with code that no program is linked with: BUILD/src/CMakeFiles/TARGET.dir/names.cpp.o comes of src/names.cpp."""
    for path in sorted(path for folder in folders for path in (build / folder).rglob('*.o')):
        above, _, below = str(path.relative_to(build)).partition('CMakeFiles/')
        source = above + below.partition('/')[2].removesuffix('.o')
        if source not in seen and (root / source).exists() and b'__llvm_covfun' in path.read_bytes():
            yield f'{source}: no test is linked with it'


def main():
    root, build, profile, folders, summary, *programs = sys.argv[1:]
    root, folders = pathlib.Path(root).resolve(), folders.split(',')
    cover = Cover(root, folders)
    for program in programs:
        cover.add_program(program, profile)
    # {(path, line that is marked): line of the marker}
    marked = {(name, number + text.strip().startswith(MARKER)): number
              for name, lines in cover.lines.items() for number, text in enumerate(lines, 1) if MARKER in text}
    gaps = {place for place, covered in cover.found.items() if not covered}
    wrong = [f'{name}:{marker}: marked as uncovered, but covered' for (name, line), marker in sorted(marked.items())
             if (name, line) not in {place[:2] for place in gaps}]
    wrong += unlinked(root, pathlib.Path(build), folders, {place[0] for place in cover.found})
    figures = {measure: {'covered': 0, 'listed': 0, 'total': 0} for measure in ('lines', 'branches', 'mcdc')}
    for place in cover.found:
        of = figures['lines' if place[3] == 'line' else 'branches' if place[3] in MISSING and place[3] != 'decision' else 'mcdc']
        of['total'] += 1
        of['covered'] += place not in gaps
        of['listed'] += place in gaps and place[:2] in marked
    for name, line, column, what in sorted(place for place in gaps if place[:2] not in marked):
        text = MISSING.get(what, f'({what} of its decision) is never seen to decide alone (MC/DC)')
        wrong.append(f'{name}:{line}:{column}: `{cover.texts[name, line, column, what]}` {text}')
    print(*(f'{name}: {of["covered"]} + {of["listed"]} marked of {of["total"]}' for name, of in figures.items()), *wrong, sep='\n')
    pathlib.Path(summary).write_text(json.dumps(figures, indent=2) + '\n', encoding='utf-8')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
