#!/usr/bin/env python3
"""The table reads Google Benchmark's output as it is meant."""
import pathlib
import unittest
import unittest.mock

import table


class Bytes(unittest.TestCase):
    def test_message_sizes(self):
        result = {'benchmarks': [
            {'run_name': 'stream/sum/ndr20/v4/iterations:1', 'run_type': 'iteration', 'ns_per_event': 4.0, 'bytes_per_second': 24e9},
            {'run_name': 'hot/validate/-/v4', 'run_type': 'iteration', 'ns_per_event': 4.0},
            {'run_name': 'any', 'run_type': 'aggregate', 'ns_per_event': 4.0, 'bytes_per_second': 24e9}]}
        self.assertEqual(table.message_sizes(result), {'stream/sum/ndr20/v4': 96.0})


class Clock(unittest.TestCase):
    def test_only_times_at_the_fastest_clock_count(self):
        times = {'steady': [(5.0, 2200.0), (4.0, 2210.0)], 'moved once': [(3.0, 3300.0), (6.0, 2250.0)],
                 'moved': [(1.0, 3300.0), (2.0, 2280.0)]}
        self.assertEqual(table.at_full_clock(times), {'steady': 4.0, 'moved once': 6.0, 'moved': None})

    def test_what_moved_is_measured_again(self):
        def entry(name, ns, clock):
            return {'run_name': name, 'run_type': 'iteration', 'ns_per_event': ns, 'calibration_ns': clock}

        runs = [[entry('a', 4.0, 2200.0), entry('b', 9.0, 3300.0)], [entry('b', 8.0, 3300.0)], [entry('b', 6.0, 2201.0)]]
        asked = []

        def run(_program, _output, names=()):
            asked.append(list(names))
            return {'benchmarks': runs[len(asked) - 1]}

        with unittest.mock.patch.object(table, 'run', run):
            _, ns, repeated, given_up = table.measured('program', pathlib.Path('out.json'))
        self.assertEqual((ns, repeated, given_up), ({'a': 4.0, 'b': 6.0}, 1, []))
        self.assertEqual(asked, [[], ['b'], ['b']])

    def test_what_never_ran_at_the_full_clock_is_named(self):
        fast = {'run_name': 'a', 'run_type': 'iteration', 'ns_per_event': 1.0, 'calibration_ns': 2200.0}
        slow = {'run_name': 'b', 'run_type': 'iteration', 'ns_per_event': 1.0, 'calibration_ns': 3300.0}
        with unittest.mock.patch.object(table, 'run', lambda *_: {'benchmarks': [fast, slow]}):
            self.assertEqual(table.measured('program', pathlib.Path('out.json'))[3], ['b'])


if __name__ == '__main__':
    unittest.main()
