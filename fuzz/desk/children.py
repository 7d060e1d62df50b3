"""Programs that the desk starts. They are in sessions of their own, so that Ctrl-C reaches the desk alone and the desk
decides what ends when."""
import os
import signal
import subprocess
import threading

from workplace import environment


class Interrupted(Exception):
    """The run is to end; what was found so far is on the disk."""


class Children:
    def __init__(self):
        self.stopping = threading.Event()

    def start(self, command, log, **settings):
        if self.stopping.is_set():
            raise Interrupted
        with log.open('wb') as output:
            return subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output,
                                    stderr=subprocess.STDOUT, start_new_session=True, env=environment() | settings)

    def wait(self, children):
        """Waits until one of them has ended, and ends the others. On an interrupt ends all and raises."""
        while children and not self.stopping.is_set() and all(child.poll() is None for child in children):
            try:
                children[0].wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                pass
        self.end(children)
        if self.stopping.is_set():
            raise Interrupted

    @staticmethod
    def end(children):
        """libFuzzer and afl-fuzz both finish what they write when they are interrupted. While libFuzzer merges or makes an
        input smaller it starts itself again and again, and does not listen."""
        for child in children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGINT)
        for child in children:
            try:
                child.wait(timeout=5)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def run(self, command, log, seconds=None, **settings):
        """Runs one program, at most so many seconds; returns its status and what it said."""
        child = self.start(command, log, **settings)
        limit = threading.Timer(seconds, self.end, [[child]]) if seconds else None
        if limit:
            limit.start()
        try:
            self.wait([child])
        finally:
            if limit:
                limit.cancel()
        return child.returncode, log.read_text(errors='replace')
