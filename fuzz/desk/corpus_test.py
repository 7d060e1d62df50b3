#!/usr/bin/env python3
"""A working corpus loses nothing, whatever happens while it is made smaller. A script stands in for the target: an
input covers what its letters are, and the merge keeps the inputs that a file names."""
import pathlib
import stat
import sys
import tempfile
import threading
import unittest

import corpus
from children import Children, Interrupted

TARGET = r'''#!/bin/sh
# As libFuzzer is called: -merge=1 NEW FOLDER… or -runs=0 FOLDER…
merge=false; folders=
for word; do
  case $word in -merge=1) merge=true ;; -*) ;; *) folders="$folders $word" ;; esac
done
set -- $folders
here=$(dirname "$0")
if $merge; then
  new=$1; shift
  [ ! -e "$here/slow" ] || sleep 60
  [ ! -e "$here/breaks" ] || exit 1
  for name in $(cat "$here/keeps"); do
    for folder; do [ ! -e "$folder/$name" ] || cp "$folder/$name" "$new/$name"; done
  done
else
  count=$(cat $(find "$@" -type f) /dev/null | grep -o . | sort -u | wc -l)
  echo "#2	INITED cov: $count ft: $count corp: 1/1b exec/s: 0 rss: 1Mb" >&2
fi
'''


class Place:
    """As workplace.Workplace, in a scratch folder."""

    def __init__(self, folder):
        self.folder = folder
        self.target = folder / 'target'
        self.target.write_text(TARGET)
        self.target.chmod(self.target.stat().st_mode | stat.S_IEXEC)
        for name in ('corpus', 'given'):
            (folder / name).mkdir()

    def program(self, _):
        return self.target

    def options(self, _):
        return []

    def corpus(self, _):
        return self.folder / 'corpus'

    def given(self, _):
        return [self.folder / 'given']

    def log(self, name):
        return self.folder / f'{name}.log'


class Minimise(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.place = Place(pathlib.Path(scratch.name))
        for name, text in {'one': 'ab', 'two': 'b', 'three': 'c'}.items():
            (self.place.corpus('') / name).write_text(text)
        (self.place.given('')[0] / 'seed').write_text('d')
        self.keep('one three seed')

    def keep(self, names):
        (self.place.folder / 'keeps').write_text(names)

    def names(self):
        return {path.name for path in self.place.corpus('').iterdir()}

    def minimise(self, children=None):
        return corpus.minimise(children or Children(), self.place, 'target')

    def check_untouched(self):
        self.assertEqual(self.names(), {'one', 'two', 'three'})
        self.assertEqual([path.name for path in self.place.folder.glob('target-*')], [])

    def test_keeps_what_the_merge_keeps_and_takes_over_seeds(self):
        self.assertEqual(self.minimise(), (3, 3, ''))
        self.assertEqual(self.names(), {'one', 'three', 'seed'})

    def test_a_merge_that_loses_coverage_is_not_taken(self):
        self.keep('one seed')
        self.assertIn('would cover', self.minimise()[2])
        self.check_untouched()

    def test_a_merge_that_fails_is_not_taken(self):
        (self.place.folder / 'breaks').touch()
        self.assertIn('failed', self.minimise()[2])
        self.check_untouched()

    def test_an_interrupted_merge_is_not_taken(self):
        (self.place.folder / 'slow').touch()
        children = Children()
        threading.Timer(0.5, children.stopping.set).start()
        with self.assertRaises(Interrupted):
            self.minimise(children)
        self.check_untouched()

    def test_at_every_moment_all_is_covered(self):
        seen = []
        unlink = pathlib.Path.unlink

        def watched(path, **more):
            unlink(path, **more)
            seen.append(self.names())

        pathlib.Path.unlink = watched
        self.addCleanup(setattr, pathlib.Path, 'unlink', unlink)
        self.minimise()
        self.assertTrue(seen)
        for names in seen:
            self.assertLessEqual({'one', 'three', 'seed'}, names)


if __name__ == '__main__':
    unittest.main(verbosity=0 if len(sys.argv) == 1 else 2)
