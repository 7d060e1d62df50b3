#!/usr/bin/env python3
"""The parts of the command qmforge-wfp, without a program: what it writes, which failures it tries, and what it takes for a
finding."""

import os
import tempfile
import types
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from runner_module import runner


class Scenarios(unittest.TestCase):
    def written(self, text, additions=()):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "my.scenario")
            file.write_text(text)
            runner.Scenario(str(file)).write(Path(folder), list(additions))
            return Path(folder, "client.scenario").read_text().replace(str(Path(folder).resolve()), "FOLDER")

    def test_has_the_additions_first_and_its_own_report_and_trace(self):
        self.assertEqual(self.written("seed 1 2\nreport mine.txt\n  trace mine\nlive\n", ["mode silent", "fail X 1 5"]),
                         "report client.report\ntrace client.trace\nmode silent\nfail X 1 5\nseed 1 2\n\n\nlive\n")

    def test_finds_files_beside_it(self):
        self.assertEqual(self.written("labelled set.jsonl\nfail-every-call-site 5 sites.txt\nfail-every-call-site 5\nlabelled /a/b\n"),
                         "report client.report\ntrace client.trace\nlabelled FOLDER/set.jsonl\n"
                         "fail-every-call-site 5 FOLDER/sites.txt\nfail-every-call-site 5\nlabelled /a/b\n")

    def test_default_has_each_event_logged_and_live(self):
        text = runner.Scenario(None).text
        logged, live = text.split("\nlive\n")
        for part in (logged, live):
            self.assertEqual([line.split()[0] for line in part.splitlines()], ["event"] * 3 + ["seed"])
            self.assertRegex(part, r'"10\.1\.0\.0"[^\n]*"192\.168\.1\.0"')


class Failures(unittest.TestCase):
    def test_are_of_every_call_but_free_memory(self):
        trace = "FwpmEngineOpen0 0x00000000\nFwpmFreeMemory0 0x00000000\nFwpmNetEventEnum2 0x0\nFwpmNetEventEnum2 0x0\nFwpmEngineClose0 0x0\n"
        self.assertEqual(list(runner.failures_of(trace)),
                         ["fail FwpmEngineOpen0 1 5", "fail FwpmEngineOpen0 1 0x6d9", "fail FwpmNetEventEnum2 1 5",
                          "fail FwpmNetEventEnum2 2 5", "fail FwpmNetEventEnum2 1 0x80320013", "fail FwpmEngineClose0 1 5"])
        self.assertEqual(list(runner.failures_of("FwpmNetEventCreateEnumHandle0 0x0\nFwpmNetEventSubscribe4 0x0\n")),
                         ["fail FwpmNetEventCreateEnumHandle0 1 5", "fail FwpmNetEventCreateEnumHandle0 1 0x8032000e",
                          "fail FwpmNetEventSubscribe4 1 5", "fail FwpmNetEventSubscribe4 1 0x8"])

    def test_of_many_calls_are_the_first_and_the_last(self):
        numbers = [int(line.split()[2]) for line in runner.failures_of("FwpmEngineClose0 0x0\n" * 8)]
        self.assertEqual(numbers, [1, 2, 3, 4, 5, 6, 7, 8])
        numbers = [int(line.split()[2]) for line in runner.failures_of("FwpmEngineClose0 0x0\n" * 30)]
        self.assertEqual(numbers, [1, 2, 3, 4, 5, 6, 7, 30])

    def test_of_nothing_are_none(self):
        self.assertEqual(list(runner.failures_of(None)), [])

    def test_are_written_with_colons(self):
        self.assertEqual(runner.failure_argument("FwpmEngineOpen0:2:0x6"), "fail FwpmEngineOpen0 2 0x6")


USUAL = runner.UsualOutput("event 1 of 3 at 10\nend\npage 1 of 2\n", "event 1 of 3 at 10\nend\npage 1 of 2\n")


class Checks(unittest.TestCase):
    def check(self, name="baseline", output="event 1 of 3 at 10\nend\n", errors="", report="clean\n", status=0, timed_out=False,
              endless=False, scenario="", crash=None):
        fake_runner = types.SimpleNamespace(time_limit=20, scenario=types.SimpleNamespace(text=scenario),
                                            program=types.SimpleNamespace(crash=lambda *_: crash))
        run = runner.Run(status, timed_out, 1.0, output, errors, report, "")
        return runner.check_run(fake_runner, name, run, USUAL, endless)

    def test_finds_nothing_in_a_clean_run(self):
        verdict = self.check()
        self.assertEqual((verdict.status, verdict.lines, verdict.misuses, verdict.leaks, verdict.found), ("exit 0", 2, 0, 0, []))
        self.assertEqual(self.check(status=3).status, "exit 3")

    def test_finds_misuses_and_leaks(self):
        report = "misuse: a\nleak: b\nleak: c\nnot faked: FwpmFilterAdd0, 1 call\n"
        verdict = self.check(report=report)
        self.assertEqual((verdict.misuses, verdict.leaks, verdict.found), (1, 2, ["misuse: a", "leak: b", "leak: c"]))
        verdict = self.check(report=report, crash="SIGSEGV", status=-11)
        self.assertEqual((verdict.status, verdict.misuses, verdict.leaks, verdict.found), ("crash", 1, 0, ["crash: SIGSEGV", "misuse: a"]))

    def test_names_what_was_being_delivered(self):
        report = "unfinished: …\ndelivering event 3, QM_FAILURE\n"
        self.assertEqual(self.check(report=report, crash="SIGBUS").found, ["crash: SIGBUS, delivering event 3, QM_FAILURE"])

    def test_tells_a_hang_from_a_program_that_waits(self):
        self.assertEqual((self.check(timed_out=True).status, self.check(timed_out=True).found), ("hang", ["hang: not ended after 20 s"]))
        self.assertEqual((self.check(timed_out=True, endless=True).status, self.check(timed_out=True, endless=True).found), ("waits", []))
        for mode in ("silent", "dynamic-silent"):
            self.assertEqual(self.check(name=mode, timed_out=True).status, "waits")
        self.assertEqual(self.check(timed_out=True, report="leak: b\n").leaks, 0)

    def test_finds_memory_that_may_not_be_read(self):
        for text in ("165.165.165.165", "a5a5:a5a5", "0xA5A5A5A5", "2779096485", "-1515870811", "11936128518282651045"):
            self.assertEqual(self.check(name="wide-ids", output=f"one\n net {text} x\n").found,
                             [f"prints memory that it may not read: net {text} x"])
            self.assertEqual(len(self.check(name="wide-ids", errors=f"{text}\n").found), 1)

    def test_finds_reversed_addresses_in_the_baseline(self):
        scenario = 'x "10.1.0.0" y "192.168.1.0" "2001:db8:1::"'
        self.assertEqual(self.check(output="net 0.0.1.10\n", scenario=scenario).found, ["prints 10.1.0.0 with its bytes reversed: 0.0.1.10"])
        self.assertEqual(self.check(output="net b80d:120:1::\n", scenario=scenario).found,
                         ["prints 2001:db8:1:: with its bytes reversed: b80d:120"])
        self.assertEqual(self.check(output="net 10.1.0.0 0.0.1.100 10.0.1.10\n", scenario=scenario).found, [])
        self.assertEqual(self.check(name="wide-ids", output="net 0.0.1.10\n", scenario=scenario).found, [])
        self.assertEqual(self.check(output="net 1.2.2.1 2.1.1.2\n", scenario="1.2.2.1").found, [])

    def test_compares_the_output_where_it_stays_the_same(self):
        for mode in ("stale-subnets", "null-subnets", "unflagged-fields", "empty-batch"):
            self.assertEqual(self.check(name=mode).found, [])
            self.assertEqual(self.check(name=mode, output="event 2 of 3 at 10\n").found,
                             ["prints a line that it does not print without the mode: event 2 of 3 at 10"])
        self.assertEqual(self.check(name="past-max", output="something else\n").found, [])

    def test_compares_without_numbers_where_runs_differ(self):
        unsteady = runner.UsualOutput("at 10\n", "at 11\n")
        self.assertTrue(unsteady.has("at 99"))
        self.assertFalse(unsteady.has("on 99"))
        self.assertFalse(runner.UsualOutput("at 10\n", "at 10\n").has("at 11"))

    def test_finds_a_failure_without_a_body(self):
        self.assertEqual(self.check(name="null-body", output="event 0 of 0 at 0\n").found, ["prints a failure whose body is NULL: event 0 of 0 at 0"])
        self.assertEqual(self.check(name="null-body", output="no events\nevent 1 of 3 at 10\npage 0 of 1\n").found, [])


class Junit(unittest.TestCase):
    def test_has_every_run_and_its_findings(self):
        verdicts = [runner.Verdict("baseline", "exit 0", 2, 0, 0, [], 0.5),
                    runner.Verdict("fail X 1 5", "crash", 1, 1, 0, ['crash: <"&\x07>', "misuse: b"], 1.25)]
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "junit.xml")
            runner.write_junit(file, "a<b.exe", verdicts)
            suite = ElementTree.parse(file).getroot()
        self.assertEqual(suite.attrib, {"name": "a<b.exe", "tests": "2", "failures": "1", "time": "1.750"})
        self.assertEqual([(case.get("name"), case.get("time")) for case in suite], [("baseline", "0.500"), ("fail X 1 5", "1.250")])
        self.assertIsNone(suite[0].find("failure"))
        self.assertEqual(suite[1].find("failure").text, 'crash: <"&?>\nmisuse: b')
        self.assertEqual(suite[1].find("failure").get("message"), 'crash: <"&?>')


if __name__ == "__main__":
    unittest.main()
