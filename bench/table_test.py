#!/usr/bin/env python3
"""The table reads Google Benchmark's output correctly."""
import unittest

import table


class Bytes(unittest.TestCase):
    def test_message_sizes(self):
        result = {'benchmarks': [
            {'run_name': 'stream/sum/ndr20/v4/iterations:1', 'run_type': 'iteration', 'ns_per_event': 4.0, 'bytes_per_second': 24e9},
            {'run_name': 'hot/validate/-/v4', 'run_type': 'iteration', 'ns_per_event': 4.0},
            {'run_name': 'any', 'run_type': 'aggregate', 'ns_per_event': 4.0, 'bytes_per_second': 24e9}]}
        self.assertEqual(table.message_sizes(result), {'stream/sum/ndr20/v4': 96.0})


if __name__ == '__main__':
    unittest.main()
