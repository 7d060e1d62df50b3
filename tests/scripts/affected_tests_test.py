#!/usr/bin/env python3
"""What `./dev test --quick` selects (scripts/lib/affected_tests.py)."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / 'scripts' / 'lib' / 'affected_tests.py'


class AffectedTests(unittest.TestCase):
    def setUp(self):
        # The script looks at files of the project alone.
        (ROOT / 'build').mkdir(exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=ROOT / 'build')
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / 'seeds').mkdir()
        for name in ('program', 'seeds/a', 'other'):
            self.write(name, 100)
        self.passed = self.folder / 'passed.json'
        self.costs = self.folder / 'costs.txt'
        self.tests = [{'name': 'p.fuzz', 'command': [str(self.folder / 'program'), str(self.folder / 'seeds')]},
                      {'name': 'p.other', 'command': ['sh', '-c', f'exec "{self.folder}/other"']}]

    def write(self, name, when):
        (self.folder / name).write_text('')
        os.utime(self.folder / name, (when, when))

    def select(self):
        run = subprocess.run([SCRIPT, 'select', self.passed, self.costs], input=json.dumps({'tests': self.tests}),
                             capture_output=True, text=True, check=True)
        return run.stdout.split()

    def note(self, *lines, start=200):
        output = self.folder / 'output'
        output.write_text('\n'.join(lines))
        self.write('start', start)
        subprocess.run([SCRIPT, 'note', self.passed, output, self.folder / 'start'], check=True)

    def test_what_never_passed_is_selected(self):
        self.assertEqual(self.select(), ['p.fuzz', 'p.other'])

    def test_what_passed_since_its_files_changed_is_not(self):
        self.note('1/2 Test #1: p.fuzz .....   Passed    0.01 sec', '2/2 Test #2: p.other ....   Passed    0.01 sec')
        self.assertEqual(self.select(), [])

    def test_a_newer_program_or_file_of_a_folder_counts(self):
        self.note('1/2 Test #1: p.fuzz .....   Passed    0.01 sec', '2/2 Test #2: p.other ....   Passed    0.01 sec')
        self.write('seeds/a', 300)
        self.assertEqual(self.select(), ['p.fuzz'])
        self.write('other', 300)
        self.assertEqual(self.select(), ['p.fuzz', 'p.other'])

    def test_what_failed_is_selected_again(self):
        self.note('1/2 Test #1: p.fuzz .....   Passed    0.01 sec', '2/2 Test #2: p.other ....   Passed    0.01 sec')
        self.note('1/1 Test #2: p.other ....***Failed    0.01 sec')
        self.assertEqual(self.select(), ['p.other'])

    def test_what_takes_long_is_left_out(self):
        self.costs.write_text('p.fuzz 1 11.0\np.other 1 9.0\n---\n')
        self.assertEqual(self.select(), ['p.other'])


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
