#!/usr/bin/env python3
"""Reads the two lists: defects.txt, what is planted, and equivalent.txt, the mutants that no test can tell from the original.

    defects.py check ROOT    whether every entry of both has its place in the project at ROOT
"""
import dataclasses
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
CHANGE = re.compile(r'^    (?P<before>.*?) → ?(?P<after>.*?)(?:  \[(?P<occurrence>\d+)\])?$')


class ListError(Exception):
    pass


@dataclasses.dataclass
class Defect:
    name: str
    path: str
    shows_in: str  # the third word of its heading, or None
    what: str
    original: str = ''
    replacement: str = ''

    def planted(self, text):
        """The file's text with the defect in it. How the original is broken into lines and indented does not matter."""
        pattern = r'\s+'.join(re.escape(word) for word in self.original.split())
        places = list(re.finditer(pattern, text))
        if len(places) != 1:
            raise ListError(f'{self.name}: its original occurs {len(places)} times in {self.path}, expected once')
        return text[:places[0].start()] + self.replacement.strip() + text[places[0].end():]


def read_defects(path=HERE / 'defects.txt'):
    defects = []
    for number, line in enumerate(path.read_text().splitlines(keepends=True), 1):
        heading = re.fullmatch(r'(\S+) (\S+)(?: (\S+))?  (.+)\n', line)
        if line.startswith('#') or line == '\n':
            continue
        if line.startswith('- '):
            defects[-1].original += line[2:]
        elif line.startswith('+'):
            defects[-1].replacement += line[2:]
        elif heading:
            defects.append(Defect(*heading.groups()))
        else:
            raise ListError(f'{path.name}:{number}: not a heading, an original or a replacement: {line.rstrip()}')
    return defects


def read_equivalents(path=HERE / 'equivalent.txt'):
    """{identity of a mutant: reason}"""
    entries, reason, file, source, fresh = {}, [], None, None, True
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith('##') or not line.strip():
            continue
        if line.startswith('#'):
            reason = reason + [line[1:].strip()] if fresh else [line[1:].strip()]
            fresh, file, source = True, None, None
            continue
        fresh = False
        change = CHANGE.match(line)
        if change and source:
            if not reason:
                raise ListError(f'{path.name}:{number}: an entry without a reason')
            identity = (file, source, change['before'].strip(), change['after'].strip(), int(change['occurrence'] or 1))
            if identity in entries:
                raise ListError(f'{path.name}:{number}: duplicate entry')
            entries[identity] = ' '.join(reason)
        elif re.match(r'^  \S', line) and file:
            source = line.strip()
        elif re.match(r'^\S', line):
            file, source = line.strip(), None
        else:
            raise ListError(f'{path.name}:{number}: not a file, a source line or a change: {line}')
    return entries


def equivalent_entry(mutants):
    """The lines that list these mutants, in the order of the file."""
    lines, file, source = [], None, None
    for mutant in mutants:
        if mutant.path != file:
            file, source = mutant.path, None
            lines.append(file)
        if mutant.line_text != source:
            source = mutant.line_text
            lines.append('  ' + source)
        occurrence = f'  [{mutant.occurrence}]' if mutant.occurrence > 1 else ''
        lines.append(f'    {mutant.before} → {mutant.after}{occurrence}'.rstrip())
    return '\n'.join(lines)


def check(root):
    """The entries of the two lists that match no place in the sources at `root`."""
    for defect in read_defects():
        try:
            defect.planted((root / defect.path).read_text())
        except (ListError, OSError) as error:
            yield str(error)
    for file, source, *_ in dict.fromkeys(identity[:2] for identity in read_equivalents()):
        text = (root / file).read_text() if (root / file).is_file() else ''
        if source not in (' '.join(line.split()) for line in text.splitlines()):
            yield f'equivalent.txt: no such line in {file}: {source}'


def main():
    if sys.argv[1:2] != ['check'] or len(sys.argv) != 3:
        sys.exit(__doc__)
    errors = list(check(pathlib.Path(sys.argv[2])))
    print(*errors, f'{len(read_defects())} defects, {len(read_equivalents())} equivalent mutants', sep='\n')
    sys.exit(1 if errors else 0)


if __name__ == '__main__':
    main()
