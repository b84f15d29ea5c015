"""Workers beside a server: as many as asked, a new one for each that dies, none when it is gone.

A process of its own that imports neither Django nor polars: ``python -m vatra.web.jobs.beside 1``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

COMMAND = [sys.executable, "-m", "vatra.web.jobs.worker"]
LOOK_SECONDS = 0.3
# A worker that dies at its start is not started again at once.
REST_SECONDS = 5.0
END_SECONDS = 3.0


class Beside:
    """Keeps workers running while the process that started this one lives."""

    def __init__(self, count: int) -> None:
        self.parent, self.count = os.getppid(), count
        self.workers: list[tuple[subprocess.Popen[bytes], float]] = []
        self.is_over = False

    def run(self) -> None:
        """Until told to end, or the server is gone."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self.end)
        while not self.is_over and os.getppid() == self.parent:
            self.workers = [self.kept(each) for each in self.workers]
            while len(self.workers) < self.count:
                self.workers.append(_started())
            time.sleep(LOOK_SECONDS)
        self.stop()

    def end(self, *_: object) -> None:
        """Told to end."""
        self.is_over = True

    def kept(self, worker: tuple[subprocess.Popen[bytes], float]) -> tuple[
        subprocess.Popen[bytes], float
    ]:  # fmt: skip
        """The worker, or a new one for one that died."""
        process, since = worker
        if process.poll() is None or time.monotonic() - since < REST_SECONDS:
            return worker
        return _started()

    def stop(self) -> None:
        """Let every worker hand its job back; who does not is killed, and its job is found."""
        running = [process for process, _ in self.workers if process.poll() is None]
        for process in running:
            process.terminate()
        end = time.monotonic() + END_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _started() -> tuple[subprocess.Popen[bytes], float]:
    # A group of its own: Ctrl-C reaches it through this process, in order.
    return subprocess.Popen(COMMAND, process_group=0), time.monotonic()


if __name__ == "__main__":
    Beside(int(sys.argv[1])).run()
