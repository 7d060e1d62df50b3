#!/usr/bin/env python3
"""How qmforge-wfp runs a program: its folder and environment, its status, the report, --torture. The programs are shell
scripts, which write the report and the trace themselves."""
import contextlib
import io
import os
import tempfile
import time
import unittest
import unittest.mock
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from runner_module import runner

CLEAN = "echo clean > client.report; echo FwpmEngineOpen0 0x00000000 > client.trace\n"
ENDS_WHEN_TOLD = "grep -q '^exit when delivered$' client.scenario || sleep 60\n"


def is_running(process):
    try:
        return "(zombie)" not in Path("/proc", process, "status").read_text()
    except OSError:
        return False


class Scripts(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.home = Path(holder.name, "home")
        self.folder = Path(holder.name, "run")
        self.home.mkdir()
        self.folder.mkdir()
        self.fake = Path(holder.name, "libfwpuclnt.so")
        self.fake.write_text("the fake")

    def program(self, script):
        path = self.home / "client"
        path.write_text(f"#!/bin/sh\n# linked with libfwpuclnt.so\n{script}")
        path.chmod(0o755)
        return runner.LinuxProgram(path, self.fake)

    def runner(self, script, time_limit=60, arguments=()):
        return runner.Runner(self.program(script), runner.Scenario(None), list(arguments), time_limit, self.folder)

    def run_once(self, script, **options):
        """(status, standard output of the runner, its standard error)"""
        with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.redirect_stderr(io.StringIO()) as errors:
            status = runner.run_once(self.runner(script, **options), [])
        return status, output.getvalue(), errors.getvalue()

    def main(self, script, *words):
        """The same, of the whole command."""
        program = self.program(script)
        with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.redirect_stderr(io.StringIO()) as errors, \
                unittest.mock.patch.object(runner, "load_program", lambda *_: program):
            try:
                status = runner.main([str(program.path), *map(str, words)])
            except runner.Error as error:
                return 2, output.getvalue(), str(error)
        return status, output.getvalue(), errors.getvalue()


class Running(Scripts):
    def test_happens_in_a_folder_with_the_fake_and_the_files_beside_the_program(self):
        (self.home / "client.ini").write_text("beside")
        (self.home / "folder").mkdir()
        self.runner(CLEAN)
        self.assertEqual({file.name: file.read_text() for file in self.folder.iterdir() if file.name != "client"},
                         {"client.ini": "beside", "libfwpuclnt.so": "the fake"})

    def test_leaves_large_neighbours_alone(self):
        for name in ("client.ini", "client.dll.config", "other.dll", "other.txt"):
            (self.home / name).write_text("x" * 100)
        with unittest.mock.patch.object(runner, "MOST_COPIED", 399), contextlib.redirect_stderr(io.StringIO()) as errors:
            self.runner(CLEAN)
        self.assertEqual({file.name for file in self.folder.iterdir()}, {"client", "client.ini", "other.dll", "libfwpuclnt.so"})
        self.assertIn("copied only the program, its DLLs and client.*", errors.getvalue())

    def test_has_the_scenario_and_the_library_in_the_environment(self):
        script = 'echo "$QMFORGE_WFP_SCENARIO $QMFORGE_WFP_QUIET $LD_LIBRARY_PATH"; pwd; cat "$QMFORGE_WFP_SCENARIO"\n'
        with unittest.mock.patch.dict(os.environ, LD_LIBRARY_PATH="/mine"):
            lines = self.runner(script).run(["mode silent"], quiet=True).output.splitlines()
        self.assertEqual(lines[:5], [f"client.scenario 1 {self.folder}:/mine", str(self.folder), "report client.report",
                                     "trace client.trace", "mode silent"])

    def test_passes_the_arguments_on(self):
        self.assertEqual(self.runner('echo "$#:$1:$2"\n', arguments=["a b", ""]).run([], quiet=True).output, "2:a b:\n")

    def test_collects_both_outputs_and_gives_no_input(self):
        read, write = os.pipe()
        os.write(write, b"typed\n")
        os.close(write)
        mine = os.dup(0)
        os.dup2(read, 0)
        try:
            run = self.runner("echo out; echo error >&2; read line || echo nothing\n").run([], quiet=True)
        finally:
            os.dup2(mine, 0)
            os.close(read)
            os.close(mine)
        self.assertEqual((run.output, run.errors), ("out\nnothing\n", "error\n"))

    def test_forgets_the_report_of_the_run_before(self):
        one = self.runner("test -e ran && exit\ntouch ran\n" + CLEAN)
        self.assertEqual(one.run([], quiet=True).report, "clean\n")
        second = one.run([], quiet=True)
        self.assertEqual((second.report, second.calls), (None, None))

    def test_ends_a_program_that_is_late_and_what_it_started(self):
        run = self.runner("trap '' TERM\nsleep 60 & echo $!\nwait\nsleep 60\n", time_limit=0.5).run([], quiet=True)
        self.assertTrue(run.timed_out)
        limit = time.monotonic() + 20
        while is_running(run.output.strip()) and time.monotonic() < limit:
            time.sleep(0.05)
        self.assertFalse(is_running(run.output.strip()))


class Status(Scripts):
    def test_is_the_programs(self):
        self.assertEqual(self.run_once(CLEAN + "exit 3\n")[0], 3)
        self.assertEqual(self.run_once(CLEAN)[0], 0)

    def test_of_a_signal_is_128_and_its_number(self):
        self.assertEqual(self.run_once(CLEAN + "kill -9 $$\n")[0], 137)

    def test_of_a_late_program_is_124(self):
        status, _, errors = self.run_once(CLEAN + "exec sleep 60\n", time_limit=0.3)
        self.assertEqual((status, errors), (124, "qmforge-wfp: ended after 0.3 s (--time-limit)\n"))


class Report(Scripts):
    def test_follows_the_programs_output(self):
        self.assertEqual(self.run_once("echo 'leak: engine' > client.report\n")[1], "--- report of the fake\nleak: engine\n")

    def test_is_missing_for_two_reasons(self):
        self.assertEqual(self.run_once("true\n")[1], "--- report of the fake\nno call reached the fake\n")
        self.assertEqual(self.run_once("echo FwpmEngineOpen0 0x0 > client.trace\n")[1],
                         "--- report of the fake\nthe program ended without a report\n")


class Warnings(Scripts):
    def test_name_a_program_that_is_not_linked_with_the_fake(self):
        warning = "qmforge-wfp: warning: it is linked with no libfwpuclnt, neither shared nor static\n"
        self.assertEqual(self.run_once(CLEAN)[2], "")
        path = self.home / "client"
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
        program = runner.LinuxProgram(path, self.fake)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as errors:
            runner.run_once(runner.Runner(program, runner.Scenario(None), [], 60, self.folder), [])
        self.assertEqual(errors.getvalue(), warning)
        path.write_text("#!/bin/sh\n# QMFORGE_WFP_SCENARIO: linked with the static library\n")
        self.assertEqual(list(runner.LinuxProgram(path, self.fake).warnings(self.home)), [])

    def test_a_program_must_be_executable(self):
        path = self.home / "client"
        path.write_bytes(b"\x7fELF")
        with self.assertRaisesRegex(runner.Error, "it may not be executed; chmod"):
            runner.load_program(path, self.fake)


class Options(Scripts):
    def test_mode_and_fail_are_lines_of_the_scenario(self):
        script = "sed -n 3,5p client.scenario > " + str(self.home) + "/lines\n" + CLEAN
        self.assertEqual(self.main(script, "--mode", "silent", "--mode", "null-body", "--fail", "FwpmEngineOpen0:2:0x5")[0], 0)
        self.assertEqual((self.home / "lines").read_text(), "mode silent\nmode null-body\nfail FwpmEngineOpen0 2 0x5\n")

    def test_until_delivered_ends_the_program(self):
        self.assertEqual(self.main(CLEAN + ENDS_WHEN_TOLD, "--until-delivered", "--time-limit", 20)[0], 0)

    def test_time_limit_is_none_without_torture(self):
        with unittest.mock.patch.object(runner, "Runner") as made:
            made.return_value.run.return_value = runner.Run(0, False, 0, "", "", "clean\n", "")
            self.main(CLEAN)
            self.assertIsNone(made.call_args.args[3])
            self.main(CLEAN, "--time-limit", 7)
            self.assertEqual(made.call_args.args[3], 7)
            with unittest.mock.patch.object(runner, "torture", return_value=0):
                self.main(CLEAN, "--torture")
                self.assertEqual(made.call_args.args[3], 20)

    def test_keep_leaves_the_folder(self):
        kept = self.home / "kept"
        self.assertEqual(self.main(CLEAN, "--keep", kept)[0], 0)
        self.assertEqual((kept / "client.report").read_text(), "clean\n")
        with self.assertRaises(FileExistsError):
            self.main(CLEAN, "--keep", kept)


class Torture(Scripts):
    def torture(self, script, *words, time_limit=20):
        junit = self.home / "junit.xml"
        status, output, errors = self.main(script, "--torture", "--junit", junit, "--time-limit", time_limit, *words)
        cases = ElementTree.parse(junit).getroot() if junit.exists() else []
        return status, {case.get("name"): case.findtext("failure") for case in cases}, output, errors

    def test_runs_unchanged_then_every_mode_then_every_failure(self):
        status, cases, output, _ = self.torture(CLEAN)
        self.assertEqual(status, 0)
        self.assertEqual(list(cases), ["baseline", *runner.MODES, "fail FwpmEngineOpen0 1 5", "fail FwpmEngineOpen0 1 0x6d9"])
        self.assertEqual(set(cases.values()), {None})
        self.assertIn(f"{len(runner.MODES) + 3} runs, 0 with findings", output)

    def test_keeps_the_users_modes_and_failures(self):
        script = CLEAN + "grep -q '^mode silent$' client.scenario || echo 'misuse: no mode' > client.report\n"
        self.assertEqual(self.torture(script, "--mode", "silent")[0], 0)

    def test_has_a_status_and_a_line_for_each_finding(self):
        script = CLEAN + "! grep -q '^mode wide-ids$' client.scenario || echo 'misuse: unknown-handle' > client.report\n"
        status, cases, output, _ = self.torture(script)
        self.assertEqual(status, 1)
        self.assertEqual({name for name, found in cases.items() if found}, {"wide-ids"})
        self.assertIn(f"{len(runner.MODES) + 3} runs, 1 with findings\n  wide-ids: misuse: unknown-handle\n", output)

    def test_names_the_signal_of_a_crash(self):
        script = CLEAN + "! grep -q '^fail ' client.scenario || kill -SEGV $$\n"
        status, cases, *_ = self.torture(script)
        self.assertEqual((status, cases["fail FwpmEngineOpen0 1 5"]), (1, "crash: SIGSEGV"))

    def test_ends_a_monitor_when_all_is_delivered(self):
        status, cases, output, _ = self.torture(CLEAN + ENDS_WHEN_TOLD, time_limit=1)
        self.assertEqual(status, 0)
        self.assertRegex(output, r"(?m)^baseline +exit 0 ")

    def test_needs_a_program_that_calls_the_fake(self):
        self.assertEqual(self.torture("true\n")[::3], (2, "the program made no call of the fake"))

    def test_knows_output_that_differs_from_run_to_run(self):
        self.assertEqual(self.torture(CLEAN + "date '+at %N'\n")[0], 0)
        changed = "! grep -q '^mode stale-subnets$' client.scenario || echo another line\n"
        self.assertEqual(self.torture(CLEAN + "date '+at %N'\n" + changed)[1]["stale-subnets"],
                         "prints a line that it does not print without the mode: another line")


if __name__ == "__main__":
    unittest.main()
