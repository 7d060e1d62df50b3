#!/usr/bin/env python3
"""The exported history has the form that dashboards read, and the report has the history."""
import json
import pathlib
import re
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent
import history
import report


def export(*arguments):
    return json.loads(subprocess.run([HERE / 'history.py', *arguments], check=True, capture_output=True).stdout)


class Export(unittest.TestCase):
    def test_is_what_dashboards_read(self):
        exported = export()
        self.assertEqual({entry['name']: entry['value'] for entry in exported}, history.entries()[-1]['instructions'])
        for entry in exported:
            self.assertEqual(entry.keys(), {'name', 'unit', 'value', 'extra'})
            self.assertEqual(entry['unit'], 'instructions')

    def test_any_commit(self):
        oldest = history.entries()[0]
        self.assertTrue(export(oldest['commit'][:8])[0]['extra'].endswith(oldest['commit']))
        for arguments in (['no-such-commit'], ['a', 'b']):
            self.assertNotEqual(subprocess.run([HERE / 'history.py', *arguments], capture_output=True).returncode, 0)


class Page(unittest.TestCase):
    ENTRY = {'reason': 'It ends with </script>', 'date': '2026-01-01', 'commit': 'abc', 'compiler': 'c',
             'instructions': {'decode/ndr20/v4': 1}, 'ratios': {'libndr/v4': 2}}

    def data(self, text):
        return json.loads(re.search(r'^const data = (.*);  //', text, re.MULTILINE).group(1))

    def test_holds_the_history_and_the_last_ratios(self):
        text = report.page([self.ENTRY], {}, 'library()')
        self.assertEqual(self.data(text), {'history': [self.ENTRY], 'ratios': {'libndr/v4': 2}})
        self.assertIn('<script>library()</script>', text)
        self.assertEqual(self.data(report.page([self.ENTRY], {'memcpy/v4': 3}, ''))['ratios'], {'memcpy/v4': 3})

    def test_refers_to_nothing(self):
        text = report.page([self.ENTRY], {}, 'library()\n//# sourceMappingURL=library.js.map\n')
        self.assertNotRegex(text, r'(?i)src=|href=|url\(|@import|https?:|sourceMappingURL')
        self.assertEqual(text.count('</script>'), 2)

    def test_the_library_must_not_end_the_script(self):
        with self.assertRaises(ValueError):
            report.page([self.ENTRY], {}, 'x = "</script>"')


if __name__ == '__main__':
    unittest.main()
