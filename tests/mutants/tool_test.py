#!/usr/bin/python3
"""The tool, on sample.cpp: which mutants it finds, and that the program that holds them all behaves as each of them would.

    tool_test.py COMPILER
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

from clang import cindex

import campaign
import equivalent
import program
import schemata
import source_mutants

HERE = pathlib.Path(__file__).resolve().parent
SAMPLE = HERE / 'sample.cpp'
COMPILER = sys.argv.pop(1)

def find():
    unit = cindex.Index.create().parse(str(SAMPLE), ['-std=c++23'],
                                       options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
    return source_mutants.find([(unit, str(SAMPLE))], 'sample.cpp')


class ToolTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mutants = find()
        for number, mutant in enumerate(cls.mutants):
            mutant.number_in_build = number

    def test_finds_these_and_no_other(self):
        self.assertEqual([str(m) for m in self.mutants], (HERE / 'sample-mutants.txt').read_text().splitlines())

    def test_what_has_to_be_constant_is_told_apart(self):
        self.assertEqual({m.line for m in self.mutants if m.alone}, {11, 24})
        self.assertEqual({m.before for m in self.mutants if m.alone}, {'8', '9'})

    def test_one_program_behaves_as_each_mutant_on_its_own(self):
        text = SAMPLE.read_text()
        chosen = """
            bool qmforge_mutants::on(int mutant) noexcept {
              return std::getenv("M") != nullptr && std::atoi(std::getenv("M")) == mutant;
            }"""
        with tempfile.TemporaryDirectory() as folder:
            def build(name, source):
                path = pathlib.Path(folder) / name
                path.with_suffix('.cpp').write_text(source)
                subprocess.run([COMPILER, '-std=c++23', *program.MUTANT_FLAGS, '-I', HERE.parent, '-o', path,
                                path.with_suffix('.cpp')], check=True)
                return path

            def run(path, mutant=None):
                answers = []
                for value in ('7', '8', '9', '100', '120'):
                    run = subprocess.run([path, value], capture_output=True,
                                         env={} if mutant is None else {'M': str(mutant)})
                    answers.append((run.returncode, run.stdout))
                return answers

            together = build('together', schemata.Schemata(text, [m for m in self.mutants if not m.alone]).text + chosen)
            plain = run(build('plain', text))
            self.assertEqual(run(together), plain)
            # One of each operator; to build each of them would take long.
            for mutant in {m.operator: m for m in self.mutants if not m.alone}.values():
                with self.subTest(str(mutant)):
                    alone = run(build('alone', schemata.alone(text, mutant)))
                    self.assertEqual(run(together, mutant.number_in_build), alone)
                    if mutant.operator != 'increment':
                        self.assertNotEqual(alone, plain)


class ListTest(unittest.TestCase):
    def read(self, text):
        with tempfile.NamedTemporaryFile('w', suffix='.txt') as file:
            file.write(text)
            file.flush()
            return equivalent.read(pathlib.Path(file.name))

    def test_what_is_written_is_read(self):
        mutants = find()
        read = self.read('## head\n# one reason\n# in two lines\n' + equivalent.entry(mutants) + '\n')
        self.assertEqual(set(read), {m.identity() for m in mutants})
        self.assertEqual(set(read.values()), {'one reason in two lines'})

    def test_a_reason_is_wanted(self):
        with self.assertRaises(SystemExit):
            self.read('file.cpp\n  a < b\n    < → <=\n')

    def test_an_entry_stands_once(self):
        with self.assertRaises(SystemExit):
            self.read('# why\nfile.cpp\n  a < b\n    < → <=\n    < → <=\n')


class BatchTest(unittest.TestCase):
    def test_the_fastest_come_first_and_none_is_lost(self):
        tests = [(str(n), n / 1000, set()) for n in range(200)]
        batches = [batch for batch, _ in campaign.batches(tests)]
        self.assertEqual([test for batch in batches for test in batch], tests)
        self.assertGreater(len(batches), 2)


if __name__ == '__main__':
    unittest.main()
