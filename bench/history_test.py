#!/usr/bin/env python3
"""The history's exports are what dashboards read, and the report's page holds the history."""
import json
import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE / 'report')]
import history  # noqa: E402
import report  # noqa: E402


def export(*arguments):
    return json.loads(subprocess.run([HERE / 'history.py', *arguments], check=True, capture_output=True).stdout)


class Exports(unittest.TestCase):
    def setUp(self):
        self.newest = history.entries()[-1]

    def test_google_benchmark(self):
        exported = export('google-benchmark')
        self.assertEqual(exported['context']['commit'], self.newest['commit'])
        counts = {}
        for benchmark in exported['benchmarks']:
            # What Google Benchmark 1.7 writes of every benchmark.
            for key in ('name', 'family_index', 'per_family_instance_index', 'run_name', 'run_type', 'repetitions',
                        'repetition_index', 'threads', 'iterations', 'real_time', 'cpu_time', 'time_unit'):
                self.assertIn(key, benchmark)
            self.assertNotIn(benchmark['name'], counts)
            counts[benchmark['name']] = benchmark['real_time']
        self.assertEqual(counts, self.newest['instructions'])

    def test_custom_smaller_is_better(self):
        exported = export('customSmallerIsBetter')
        self.assertEqual({entry['name']: entry['value'] for entry in exported}, self.newest['instructions'])
        for entry in exported:
            self.assertEqual(entry.keys(), {'name', 'unit', 'value', 'extra'})
            self.assertEqual(entry['unit'], 'instructions')
            self.assertIsInstance(entry['value'], (int, float))

    def test_any_commit(self):
        oldest = history.entries()[0]
        self.assertEqual(export('google-benchmark', oldest['commit'][:8])['context']['commit'], oldest['commit'])
        for arguments in ([], ['xml'], ['google-benchmark', 'no-such-commit']):
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
