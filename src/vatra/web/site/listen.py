"""The server of the pages: keeps its workers, says when it answers, ends in order.

A process of its own that imports neither Django nor polars, for workers are forked from it:
``python -m vatra.web.site.listen 127.0.0.1 8000 2 en "Open http://127.0.0.1:8000/"``.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from vatra.words import language, say

APPLICATION = "vatra.web.site.wsgi:application"
THREADS_A_WORKER = 4
# A worker that has been idle may sleep through the order to end; it does not get long.
END_SECONDS = 2
LOOK_SECONDS = 1.0
REST_SECONDS = 1.0
ASK_SECONDS = 0.1
ANSWER_SECONDS = 5
MOST_FAILED_STARTS = 3
# Who listens on every address is asked at its own.
OWN_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class Pages(MPServer):
    """Workers that answer for the pages; one that the machine ended is replaced.

    granian would do so too, but starts two that fail in turn for ever, and calls Ctrl-C a failure
    whenever its workers are quicker to end than itself.
    """

    def __init__(self, host: str, port: int, workers: int, announce: Callable[[], None]) -> None:
        super().__init__(
            APPLICATION,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=workers,
            blocking_threads=THREADS_A_WORKER,
            log_level=LogLevels.error,
            workers_kill_timeout=END_SECONDS,
        )
        self.announce = announce
        # Both ends of a pipe for each worker, which writes once its application is here. No memory
        # that is shared by way of a file: where the server may write nothing there is none.
        self.words: dict[int, tuple[Connection, Connection]] = {}
        self.has_started, self.cannot_start = False, False
        self.failed_starts_count = 0

    def _spawn_worker(  # type: ignore[override]  # As the class above it has it.
        self, idx: int, target: Any, callback_loader: Callable[[], Any]
    ) -> Any:
        self.words[idx] = _, its = Pipe(duplex=False)
        return super()._spawn_worker(idx, target, partial(_loaded, its, callback_loader))

    def _is_ready(self, worker: int) -> bool:
        # What was written is never read, so that it is there whenever somebody looks.
        return worker in self.words and self.words[worker][0].poll()

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        Thread(target=self._say_when_it_answers, daemon=True).start()
        while not (self.interrupt_signal or self.cannot_start):
            # What comes while a worker is replaced may wake nobody.
            self.main_loop_interrupt.wait(LOOK_SECONDS)
            self.main_loop_interrupt.clear()
            self._count_starts()
            if self.reload_signal:
                self._reload(spawn_target, target_loader)  # type: ignore[no-untyped-call]
            while self.interrupt_children and self._may_replace(self.interrupt_children[0]):
                self._respawn_workers([self.interrupt_children.pop(0)], spawn_target, target_loader)

    def _count_starts(self) -> None:
        ready = [self._is_ready(each) for each in range(self.workers)]
        self.has_started = self.has_started or any(ready)
        if all(ready):
            self.failed_starts_count = 0

    def _may_replace(self, worker: int) -> bool:
        """After a rest; not once we were told to end, nor where no worker can start."""
        if not self._is_ready(worker):
            self.failed_starts_count += 1
        most = MOST_FAILED_STARTS if self.has_started else 1
        self.cannot_start = self.failed_starts_count >= most
        if not (self.cannot_start or self.interrupt_signal):
            time.sleep(REST_SECONDS)
        return not (self.cannot_start or self.interrupt_signal)

    def _say_when_it_answers(self) -> None:
        host = OWN_ADDRESS.get(self.bind_addr, self.bind_addr)
        while not answers(host, self.bind_port):
            time.sleep(ASK_SECONDS)
        self.announce()


def _loaded(word: Connection, loader: Callable[[], Any]) -> Any:
    """The application, and word that it is here."""
    application = loader()
    word.send_bytes(b"1")
    return application


def answers(host: str, port: int) -> bool:
    """Whether somebody at an address answers, whatever it says."""
    asked = f"GET /health HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
    with (
        suppress(OSError),
        socket.create_connection((host, port), timeout=ANSWER_SECONDS) as door,
    ):
        door.sendall(asked.encode("ascii"))
        return bool(door.recv(1))
    return False


def listen(host: str, port: int, workers: int, lang: str, words: str) -> int:
    """Serve until told to end; ``words`` are said once the port answers. Returns the exit code."""
    server = Pages(host, port, workers, partial(print, words, flush=True) if words else _nothing)
    # Told to end, and ended in order, whoever was quicker.
    with suppress(SystemExit):
        server.serve()
    if server.cannot_start:
        print(say("web.cannot-start", language(lang)), file=sys.stderr)
    return 0 if server.interrupt_signal and not server.cannot_start else 1


def _nothing() -> None:
    pass


if __name__ == "__main__":
    at, number, count, tongue, said = sys.argv[1:]
    sys.exit(listen(at, int(number), int(count), tongue, said))
