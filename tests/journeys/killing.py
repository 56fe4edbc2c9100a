"""Workers that are killed: one server process imports the program once and forks a worker for each round.

A worker says on a pipe what is done; lines that begin with `!` are its errors.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]

SERVER = """
import os, sys
from pathlib import Path

def say(words):
    os.write(1, (words + "\\n").encode())

{work}

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            work(*line.rstrip("\\n").split("|"))
            say("done")
        except BaseException as error:
            say(f"!{{type(error).__name__}}: {{error}}".replace("\\n", " "))
        os._exit(0)
    say(f"pid {{child}}")
    os.waitpid(child, 0)
    say("end")
"""


class Killer:
    """Runs `work(*words)` of the given code in a fork; kills it some seconds after it said `begin`."""

    def __init__(self, work: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER.format(work=work)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
        )

    def round(self, *words: str, kill_after: float | None = None) -> tuple[list[str], float]:
        """What a worker said, and the seconds from its `begin` to its end; None: it is left alone."""
        stdin, stdout = _pipe(self._process.stdin), _pipe(self._process.stdout)
        stdin.write("|".join(words) + "\n")
        stdin.flush()
        child, said = 0, list[str]()
        began = 0.0
        while "end" not in said:
            line = stdout.readline().strip()
            assert line, "the server is gone"
            if line.startswith("pid "):
                child = int(line.removeprefix("pid "))
            else:
                said.append(line)
            if line == "begin" or (line.startswith("pid ") and "begin" in said):
                began = time.perf_counter()
                if kill_after is not None and child:
                    time.sleep(kill_after)
                    with contextlib.suppress(ProcessLookupError):  # it came to its end before
                        os.kill(child, signal.SIGKILL)
        return said[: said.index("end")], time.perf_counter() - began

    def close(self) -> None:
        _pipe(self._process.stdin).close()
        self._process.wait()
        _pipe(self._process.stdout).close()


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
