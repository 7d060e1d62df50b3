#!/usr/bin/env python3
"""Makes each hostile mode, fault and rule do nothing, one at a time: every test that is about it must fail.

The tables in the sources give the names, so that a new mode, fault or rule is checked without a new entry here. One program
serves for all no-ops of a kind: what is planted reads from the environment which of them does nothing."""
import argparse
import dataclasses
import pathlib
import re
import subprocess
import sys

import build

FIRST_RULE = 'failurePointOutOfRange'  # the faults from here on break a rule of the validator
FORMATS = ['ndr', 'native']  # the beginnings of their names
NO_MESSAGE_HAS = 'trafficTypeOutOfRange'
SWITCH = '''
#include <cstdlib>
namespace qmforge {
template <class Enumerator>
bool does_nothing(Enumerator one) { return static_cast<int>(one) == std::atoi(std::getenv("QMFORGE_NO_OP")); }
}
'''


@dataclasses.dataclass
class Change:
    """(pattern, replacement) for each place that is planted; each occurs at least once."""
    path: str
    places: list

    def planted(self, text):
        for pattern, replacement in self.places:
            text, count = re.subn(pattern, replacement, text)
            if count == 0:
                sys.exit(f'{self.path}: nothing matches {pattern}')
        return re.sub(r'\n(?=namespace qmforge)', SWITCH + '\n', text, count=1)


@dataclasses.dataclass
class Kind:
    name: str
    change: Change
    program: str
    first: int     # the number of the first entry, in the enumeration
    entries: list  # (name, the tests about it, as GoogleTest's filters: at least one test of each)


def names_in(path, pattern):
    found = re.findall(pattern, (build.ROOT / path).read_text())
    return found or sys.exit(f'{path}: nothing matches {pattern}')


def snake(name):
    return name.replace('-', '_')


def camel(name):
    return name[0].upper() + name[1:]


def kinds():
    modes = names_in('include/qmforge/wfp/hostile.h', r'ModeDescription\{\s*Mode::(\w+), "([\w-]+)"')
    yield Kind('mode', Change('wfp/mode_set.h', [
        (r'constexpr (bool contains\(Mode mode\) const \{ return )', r'\1!does_nothing(mode) && ')]),
        'wfp_test', 0, [(text, [f'Hostile.{camel(mode)}*', f'Modes/WrongProgram.*/{snake(text)}_*']) for mode, text in modes])
    faults = names_in('sim/faults/catalogue.cpp', r'(?:FaultInfo\{|rule\()\s*Fault::(\w+),\s*(?:Class::\w+,\s*)?"([\w-]+)"')
    tests = [(text, [':'.join(f'Of/EachFault.*/{snake(text)}_{format}*' for format in FORMATS) if fault != NO_MESSAGE_HAS else 'EachFault.OfTheTrafficType*'])
             for fault, text in faults]
    first_rule = next(i for i, (fault, _) in enumerate(faults) if fault == FIRST_RULE)
    yield Kind('fault of decoding', Change('sim/faults/faults.cpp', [
        (r'(FaultedMessage apply\(.*\{\n)', r'\1  if (does_nothing(fault)) {\n    FaultedMessage same;\n    same.bytes = message.bytes;\n'
         r'    set(same.expected, message.event);\n    return same;\n  }\n')]), 'faults_test', 0, tests[:first_rule])
    yield Kind('fault of a rule', Change('sim/faults/rule_faults.cpp', [
        (r'(InvalidEvent break_rule\(.*\{\n)', r'\1  if (does_nothing(fault)) return {event, {}};\n')]), 'faults_test', first_rule, tests[first_rule:])
    rules = names_in('src/event/findings.cpp', r'Rule::(\w+)')
    for name, path, program, place in (
            ('rule of the validator', 'src/decode/validate.cpp', 'validate_test',
             (r'findings\.add\(Rule::(\w+)', r'if (!does_nothing(Rule::\1)) findings.add(Rule::\1')),
            ('rule of the simulator', 'sim/sets/expected.cpp', 'grammar_test',
             (r'if \(row\.broken\(event\)\)', 'if (row.broken(event) && !does_nothing(row.rule))'))):
        suite = 'Rules.*' if program == 'validate_test' else 'Expected.*'
        yield Kind(name, Change(path, [place]), program, 0, [(rule, [suite]) for rule in dict.fromkeys(rules)])


def results_of(program, tests, number):
    """{test: whether it failed}"""
    run = subprocess.run([program, f'--gtest_filter={tests}'], capture_output=True, text=True, errors='replace', check=False,
                         env={'QMFORGE_NO_OP': str(number), 'ASAN_OPTIONS': 'handle_segv=0'}, timeout=300)
    passed = set(re.findall(r'^\[       OK \] (\S+?),? .*\(\d+ ms\)', run.stdout, re.MULTILINE))
    return {name: name not in passed for name in re.findall(r'^\[ RUN      \] (\S+)', run.stdout, re.MULTILINE)}


def main():
    parser = argparse.ArgumentParser(prog='no_ops.py', description=__doc__)
    parser.add_argument('--build', type=pathlib.Path, default=build.ROOT / 'build/gcc', help='build with the tests')
    options = parser.parse_args()
    unnoticed, total = [], 0
    for kind in kinds():
        program = build.Program(options.build, kind.program).with_defect(kind.change)
        checked = set()
        for number, (name, filters) in enumerate(kind.entries, kind.first):
            total += 1
            for tests in filters:
                about_all = tests.endswith('.*')  # the suite is about all entries: one of its tests must fail
                if tests not in checked:
                    checked.add(tests)
                    if broken := [test for test, failed in results_of(program, tests, -1).items() if failed]:
                        sys.exit(f'fails without a no-op: {", ".join(broken)}')
                results = results_of(program, tests, number)
                passed = [test for test, failed in results.items() if not failed]
                if not results or (passed and not (about_all and len(passed) < len(results))):
                    unnoticed.append(f'{kind.name} {name}: {", ".join(passed) or f"there is no test {tests}"}')
    for line in unnoticed:
        print(f'passes although it does nothing: {line}')
    print(f'{total} no-ops, {len(unnoticed)} not noticed')
    return 1 if unnoticed else 0


if __name__ == '__main__':
    sys.exit(main())
