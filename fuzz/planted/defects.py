#!/usr/bin/env python3
"""Reads defects.txt, and plants a defect in a copy of the project.

    defects.py list              the names, and what each is
    defects.py check ROOT        says whether every entry applies exactly once to the project at ROOT
    defects.py plant ROOT NAME   replaces it there
"""
import dataclasses
import pathlib
import re
import sys

LIST = pathlib.Path(__file__).resolve().parent / 'defects.txt'


class DefectError(Exception):
    pass


@dataclasses.dataclass
class Defect:
    name: str
    file: str
    formats: str  # that it shows in, with commas between; None: whatever runs the file's code
    what: str
    original: str = ''
    replacement: str = ''

    def planted(self, text):
        """The file's text with the defect in it. How the original is broken into lines and indented does not matter."""
        pattern = r'\s+'.join(re.escape(word) for word in self.original.split())
        places = list(re.finditer(pattern, text))
        if len(places) != 1:
            raise DefectError(f'{self.name}: its original stands {len(places)} times in {self.file}')
        return text[:places[0].start()] + self.replacement.strip() + text[places[0].end():]

    def plant(self, root):
        path = pathlib.Path(root) / self.file
        path.write_text(self.planted(path.read_text()))


def read():
    defects = []
    for number, line in enumerate(LIST.read_text().splitlines(keepends=True), 1):
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
            raise DefectError(f'defects.txt:{number}: not understood: {line}')
    return defects


def named(name):
    for defect in read():
        if defect.name == name:
            return defect
    raise DefectError(f"no defect '{name}'")


def check(root):
    """What does not apply to the project at `root`."""
    for defect in read():
        try:
            defect.planted((pathlib.Path(root) / defect.file).read_text())
        except (DefectError, OSError) as error:
            yield str(error)


def main():
    match sys.argv[1:]:
        case ['list']:
            for defect in read():
                print(f'{defect.name:32}{defect.what}')
        case ['check', root]:
            errors = list(check(root))
            print(*errors, f'{len(read())} defects', sep='\n')
            sys.exit(1 if errors else 0)
        case ['plant', root, name]:
            named(name).plant(root)
        case _:
            sys.exit(__doc__)


if __name__ == '__main__':
    main()
