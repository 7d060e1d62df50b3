#!/usr/bin/env python3
"""The table's rank test tells what differs from what varies, and its ratios say what they are said to say."""
import random
import unittest

import table


class RankTest(unittest.TestCase):
    def test_apart(self):
        self.assertLess(table.rank_test([5.0, 5.1, 5.2, 5.3, 5.4], [6.0, 6.1, 6.2, 6.3, 6.4]), 0.01)

    def test_direction_does_not_matter(self):
        self.assertEqual(table.rank_test([1, 2, 3, 9, 8], [4, 5, 6, 7, 10]), table.rank_test([4, 5, 6, 7, 10], [1, 2, 3, 9, 8]))

    def test_interleaved(self):
        self.assertGreater(table.rank_test([1, 3, 5, 7, 9], [2, 4, 6, 8, 10]), 0.5)

    def test_equal(self):
        self.assertEqual(table.rank_test([4, 4, 4, 4, 4], [4, 4, 4, 4, 4]), 1)

    def test_noise_alone_is_called_a_difference_as_rarely_as_promised(self):
        random.seed(1)
        alarms = sum(table.rank_test([random.gauss(10, 1) for _ in range(5)], [random.gauss(10, 1) for _ in range(5)]) < 0.01
                     for _ in range(2000))
        self.assertLess(alarms, 2000 * 0.015)


class Differing(unittest.TestCase):
    def test_names_what_differs_and_by_how_much(self):
        before = {'same': [10.0, 11, 12, 13, 14], 'slower': [10.0, 10.1, 10.2, 10.3, 10.4], 'gone': [1.0] * 5}
        now = {'same': [14.0, 10, 13, 11, 12], 'slower': [20.0, 20.2, 20.4, 20.6, 20.8], 'new': [1.0] * 5}
        (name, change, chance), = table.differing(before, now)
        self.assertEqual(name, 'slower')
        self.assertAlmostEqual(change, 1.0)
        self.assertLess(chance, 0.01)


class Bytes(unittest.TestCase):
    def test_message_sizes(self):
        result = {'benchmarks': [
            {'run_name': 'stream/sum/ndr20/v4/iterations:1', 'run_type': 'iteration', 'ns_per_event': 4.0, 'bytes_per_second': 24e9},
            {'run_name': 'hot/validate/-/v4', 'run_type': 'iteration', 'ns_per_event': 4.0},
            {'run_name': 'any', 'run_type': 'aggregate', 'ns_per_event': 4.0, 'bytes_per_second': 24e9}]}
        self.assertEqual(table.message_sizes(result), {'stream/sum/ndr20/v4': 96.0})


if __name__ == '__main__':
    unittest.main()
