"""The parts whose sources get mutants, and the test programs that must kill them.

A mutant that the programs survive in which it is tried first goes to the slower ones. A program without the changed file is
left out. A mutant of a header is compiled into everything that includes it, so small programs come first.
"""
import dataclasses

import build


@dataclasses.dataclass(frozen=True)
class Part:
    name: str
    what: str
    folders: tuple       # the files directly below each
    programs: tuple      # of the tests, the fastest first
    subject: str = None  # the program that the tests run; they find it in $QMFORGE_PROGRAM

    def targets(self):
        return [*self.programs, *([self.subject] if self.subject else [])]


PARTS = [
    Part('event', 'model, names, text, JSON and report', ('src/event', 'src/event/text', 'src/event/json'),
         ('names_test', 'text_test', 'json_test', 'laws_test')),
    Part('decode', 'decoder, validator and encoder', ('src/decode', 'sim/encode'), ('fast_tests',)),
    Part('sim', 'choices, generator, faults and sets', ('sim/choices', 'sim/generate', 'sim/faults', 'sim/sets'),
         ('choices_test', 'grammar_test', 'sets_test', 'faults_test', 'distribution_test')),
    Part('wfp', "the fake of the platform's calls", ('wfp',),
         ('wfp_test', 'wfp_matcher_test', 'wfp_memory_test', 'wfp_machine_test')),
    Part('tools', 'the program', ('tools', 'tools/sets'), ('sets_files_test', 'tools_test'), 'qmforge_program'),
    Part('testing', 'the kits for tests and fuzzing', ('include/qmforge/testing', 'include/qmforge/fuzz', 'kits/test', 'kits/fuzz'),
         ('decoder_test', 'events_test', 'fuzz_kit_test', 'generators_test', 'generator_distribution_test')),
    Part('headers', 'the other public headers', ('include/qmforge', 'include/qmforge/sim', 'include/qmforge/wfp'),
         ('names_test', 'choices_test', 'decoder_test', 'wfp_test')),
]
# Built for Windows only. (The declarations in include/qmforge/windows and include/qmforge/wfp/windows, and the kit for
# benchmarks, are in no part: sample programs and ./dev bench use them.)
LEFT_OUT = ['tools/child_windows.cpp']


def files(part):
    found = sorted(str(path.relative_to(build.ROOT)) for folder in part.folders for path in (build.ROOT / folder).iterdir()
                   if path.suffix in ('.cpp', '.h'))
    return [file for file in found if file not in LEFT_OUT]
