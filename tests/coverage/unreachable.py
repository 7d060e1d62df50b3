"""The list of what no test can reach, each place with its reason: see unreachable.txt."""
import collections
import dataclasses

KEYS = ('file', 'line', 'what', 'why')


@dataclasses.dataclass(frozen=True)
class Entry:
    path: str
    within: str  # the source line
    what: str  # 'line', or "false of `text`"
    why: str

    def applies_to(self, place):
        return (place.path, place.within, description(place)) == (self.path, self.within, self.what)


def description(place):
    """What an entry calls a place, its line aside."""
    return place.what if place.what == 'line' else f'{place.what} of `{place.text}`'


def read(path):
    """The entries of a list: four lines "key: value" each, a blank line between them. A value goes on in indented lines."""
    entries = []
    for block in path.read_text(encoding='utf-8').split('\n\n'):
        fields = {}
        for row in block.splitlines():
            if row.startswith('#') or not row:
                continue
            if row.startswith(' ') and fields:
                fields[list(fields)[-1]] += ' ' + row.strip()
            else:
                key, _, value = row.partition(':')
                fields[key] = value.strip()
        if not fields:
            continue
        if tuple(fields) != KEYS or not all(fields.values()):
            raise ValueError(f'{path}: an entry has {", ".join(KEYS)}, in this order; this has {fields}')
        entries.append(Entry(*fields.values()))
    return entries


def excused(entries, places):
    """The uncovered places that the entries name, and what is wrong with the entries: (set, [sentence])."""
    by_line = collections.defaultdict(list)
    for place in places:
        by_line[place.path, place.within].append(place)
    listed, wrong = set(), []
    for entry in entries:
        matches = [place for place in by_line[entry.path, entry.within] if entry.applies_to(place)]
        named = f'{entry.path}: {entry.what} in "{entry.within}"'
        if not matches:
            wrong.append(f'{named} is no longer there: take it off the list')
        elif len(matches) > 1:
            wrong.append(f'{named} is there {len(matches)} times: an entry names one place')
        elif places[matches[0]]:
            wrong.append(f'{named} is covered: take it off the list')
        else:
            listed.update(matches)
    return listed, wrong
