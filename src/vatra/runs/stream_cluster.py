"""Parts of a stream on several processes or machines: dask.distributed (extra ``cluster``)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from vatra.runs.stream import Part, Pool, do_part

# A part whose worker died is given to another, this many times.
RETRIES = 5
# How long a scheduler may take to answer.
PATIENCE = "10s"


def missing_cluster_packages() -> list[str]:
    """Packages of the extra ``cluster`` that are not installed."""
    return [each for each in ("distributed",) if find_spec(each) is None]


@contextmanager
def cluster(workers: int | None = None, scheduler: str | None = None) -> Iterator[Pool]:
    """A pool on ``workers`` processes of this machine, or where a scheduler's address says.

    Workers elsewhere need the same version of Vatra and must see the files under the same paths.
    Raises ``ImportError`` without the extra ``cluster``, ``OSError`` where no scheduler answers.
    """
    dask, distributed = (import_module(each) for each in ("dask", "distributed"))
    # Workers say what they do on stderr; people are told by the progress instead.
    quiet: dict[str, Any] = {"distributed.scheduler.allowed-failures": RETRIES}
    with dask.config.set(quiet):
        if scheduler is not None:
            with distributed.Client(scheduler, timeout=PATIENCE) as client:
                yield _pool(client)
            return
        with (
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            ) as here,
            distributed.Client(here) as client,
        ):
            yield _pool(client)


def _pool(client: Any) -> Pool:
    as_completed = import_module("distributed").as_completed

    def done(parts: list[Part]) -> Iterator[int]:
        # Parts write files, so that none may be taken for another or skipped as known.
        futures = client.map(do_part, parts, pure=False, retries=RETRIES)
        for _, count in as_completed(futures, with_results=True):
            yield int(count)

    return done
