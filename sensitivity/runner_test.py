#!/usr/bin/python3
"""The tools of this folder, on sample.cpp: which mutants are found, that a program with one of them behaves as it must, and
what the lists must hold.

    runner_test.py FOLDER
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import build
import defects
import find_mutants
import planted

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(sys.argv.pop(1))
PROJECT = '''cmake_minimum_required(VERSION 3.25)
project(sample CXX)
set(CMAKE_CXX_STANDARD 23)
add_library(part STATIC src/part.cpp)
add_executable(sample src/sample.cpp)
target_link_libraries(sample PRIVATE part)
target_compile_options(part PRIVATE -Wall -Werror)
'''


def sample_mutants():
    return find_mutants.find(HERE, 'sample.cpp')


def answers(program):
    runs = [subprocess.run([program, value], capture_output=True, check=False) for value in ('7', '8', '9', '100', '120')]
    return [(run.returncode, run.stdout) for run in runs]


class BuildTest(unittest.TestCase):
    """A project of two sources, one of them in a library."""

    @classmethod
    def setUpClass(cls):
        shutil.rmtree(FOLDER, ignore_errors=True)
        for room in build.COPIED:
            (FOLDER / room).mkdir(parents=True)
        shutil.copy(HERE / 'sample.cpp', FOLDER / 'src/sample.cpp')
        (FOLDER / 'src/part.cpp').write_text('int part() { return 1; }\n')
        (FOLDER / 'src/sample.cpp').write_text(
            (HERE / 'sample.cpp').read_text().replace('int main(', 'int part();\nint main(')[:-2] + '  return part() - 1;\n}\n')
        (FOLDER / 'CMakeLists.txt').write_text(PROJECT)
        subprocess.run(['cmake', '-S', FOLDER, '-B', FOLDER / 'build', '-G', 'Ninja'], check=True, capture_output=True)
        subprocess.run(['ninja', '-C', FOLDER / 'build'], check=True, capture_output=True)
        build.ROOT = FOLDER
        cls.program = build.Program(FOLDER / 'build', 'sample')
        cls.before = answers(cls.program.original)

    def planted(self, path, original, replacement):
        return answers(self.program.with_defect(defects.Defect('sample', path, None, '', original, replacement)))

    def test_a_defect_is_in_the_program_and_the_next_one_takes_its_place(self):
        self.assertNotEqual(self.planted('src/sample.cpp', 'value -= 50', 'value -= 51'), self.before)
        in_library = self.planted('src/part.cpp', 'return 1', 'return 4')
        self.assertEqual([status for status, _ in in_library], [status + 3 for status, _ in self.before])
        self.assertEqual([text for _, text in in_library], [text for _, text in self.before])
        self.assertEqual(self.planted('src/part.cpp', 'return 1', 'return  1'), self.before)

    def test_the_project_and_its_build_stay_as_they_are(self):
        self.planted('src/part.cpp', 'return 1', 'return 4')
        self.assertEqual(answers(self.program.original), self.before)
        self.assertEqual((FOLDER / 'src/part.cpp').read_text(), 'int part() { return 1; }\n')

    def test_a_warning_is_not_an_error(self):
        self.assertNotEqual(self.planted('src/part.cpp', 'return 1', 'int unused; return 4'), self.before)

    def test_a_defect_that_does_not_compile_is_reported(self):
        with self.assertRaises(build.BuildError):
            self.planted('src/part.cpp', 'return 1', 'return')

    def test_a_mutant_of_each_operator_compiles_and_shows(self):
        for mutant in {m.operator: m for m in sample_mutants() if m.operator != 'increment'}.values():
            with self.subTest(str(mutant)):
                text = mutant.planted((HERE / 'sample.cpp').read_text())
                (FOLDER / 'mutant.cpp').write_text(text)
                subprocess.run(['clang++-19', '-std=c++23', '-w', '-o', FOLDER / 'mutant', FOLDER / 'mutant.cpp'], check=True)
                self.assertNotEqual(answers(FOLDER / 'mutant'), self.before)


class MutantTest(unittest.TestCase):
    def test_finds_these_and_no_others(self):
        self.assertEqual([str(m) for m in sample_mutants()], (HERE / 'sample-mutants.txt').read_text().splitlines())


class ListTest(unittest.TestCase):
    def read(self, text, reader=defects.read_equivalents):
        with tempfile.NamedTemporaryFile('w', suffix='.txt') as file:
            file.write(text)
            file.flush()
            return reader(pathlib.Path(file.name))

    def test_equivalents_are_read_as_they_are_written(self):
        mutants = sample_mutants()
        read = self.read('## head\n# one reason\n# in two lines\n' + defects.equivalent_entry(mutants) + '\n')
        self.assertEqual(set(read), {m.identity() for m in mutants})
        self.assertEqual(set(read.values()), {'one reason in two lines'})

    def test_an_equivalent_needs_a_reason_and_occurs_once(self):
        for text in ('file.cpp\n  a < b\n    < → <=\n', '# why\nfile.cpp\n  a < b\n    < → <=\n    < → <=\n'):
            with self.assertRaises(defects.ListError):
                self.read(text)

    def test_a_defect_is_planted_where_its_original_occurs_once(self):
        [defect] = self.read('name file.cpp ndr20,ndr64  what it is\n- a <\n-   b\n+ a > b\n', defects.read_defects)
        self.assertEqual((defect.name, defect.path, defect.shows_in), ('name', 'file.cpp', 'ndr20,ndr64'))
        self.assertEqual(defect.planted('if (a < b) c;'), 'if (a > b) c;')
        for text in ('if (a <= b) c;', 'a < b; a < b;'):
            with self.assertRaises(defects.ListError):
                defect.planted(text)

    def test_a_line_outside_an_entry_is_an_error(self):
        with self.assertRaises(defects.ListError):
            self.read('name file.cpp\n', defects.read_defects)

    def test_every_defect_has_a_detector(self):
        for defect in defects.read_defects():
            if 'fuzz' in planted.detectors_of(defect):
                self.assertTrue(any(planted.runs(target, defect) for target in planted.TARGETS), defect.name)


if __name__ == '__main__':
    unittest.main()
