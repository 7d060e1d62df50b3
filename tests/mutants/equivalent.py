"""The list of mutants that no test can tell from the original: equivalent.txt, whose head says how it is written."""
import re

CHANGE = re.compile(r'^    (?P<before>.*?) → ?(?P<after>.*?)(?:  \[(?P<occurrence>\d+)\])?$')


def read(path):
    """{identity: reason}; SystemExit where the list is not well-formed."""
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
                raise SystemExit(f'{path.name}:{number}: no reason is given')
            identity = (file, source, change['before'].strip(), change['after'].strip(), int(change['occurrence'] or 1))
            if identity in entries:
                raise SystemExit(f'{path.name}:{number}: it is listed twice')
            entries[identity] = ' '.join(reason)
        elif re.match(r'^  \S', line) and file:
            source = line.strip()
        elif re.match(r'^\S', line):
            file, source = line.strip(), None
        else:
            raise SystemExit(f'{path.name}:{number}: what is this? See the head of the file')
    return entries


def entry(mutants):
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
