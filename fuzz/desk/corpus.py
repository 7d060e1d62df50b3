"""Keeps a working corpus small without losing what it covers.

libFuzzer merges into a folder of its own. Only when that folder is complete, and covers no less, are its inputs put into
the corpus, and only then are the others taken out, one by one. So whatever interrupts this, and wherever, all that was
covered before is covered by what is in the corpus."""
import os
import pathlib
import re
import shutil
import tempfile


def covered(children, place, target, folders, name):
    """Edges and features that the inputs in the folders cover, or None when the target does not come through."""
    status, said = children.run([place.program(target), *place.options(target), '-runs=0', *folders],
                                place.log(f'{name}-{target}'))
    found = re.findall(r'INITED +cov: (\d+) ft: (\d+)', said)
    return (int(found[-1][0]), int(found[-1][1])) if status == 0 and found else None


def minimise(children, place, target):
    """Returns how many inputs there were and are, and a word of why nothing was done."""
    corpus = place.corpus(target)
    before = [path for path in corpus.iterdir() if path.is_file()]
    new = pathlib.Path(tempfile.mkdtemp(prefix=f'{target}-', dir=place.folder))
    try:
        sources = [corpus, *place.given(target)]
        status, _ = children.run([place.program(target), *place.options(target), '-merge=1', new, *sources],
                                 place.log(f'merge-{target}'))
        kept = {path.name for path in new.iterdir()}
        if status != 0:
            return len(before), len(before), 'not minimised: the merge failed'
        old_cover = covered(children, place, target, sources, 'before')
        new_cover = covered(children, place, target, [new], 'after')
        if not old_cover or not new_cover or any(new < old for new, old in zip(new_cover, old_cover)):
            return len(before), len(before), f'not minimised: would cover {new_cover} instead of {old_cover}'
        for path in new.iterdir():
            os.replace(path, corpus / path.name)
        for path in before:
            if path.name not in kept:
                path.unlink(missing_ok=True)
        return len(before), len(kept), ''
    finally:
        shutil.rmtree(new, ignore_errors=True)
