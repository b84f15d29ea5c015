"""From output folders to pages on a port: what ``vatra serve`` does."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vatra.words import Language, say

SETTINGS = "vatra.web.site.settings"
ACTOR = "vatra serve"
MOST_JOB_WORKERS = 16


class ServeError(Exception):
    """Why the pages cannot be served, and the next step."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = key, params
        super().__init__(self.message("en"))

    def message(self, lang: Language) -> str:
        """The reason in a language."""
        return say(self.key, lang, **self.params)


def serve(
    folders: Sequence[Path],
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 2,
    words: str = "",
    lang: Language = "en",
) -> None:
    """Show the cities of output folders until Ctrl-C.

    Each folder is what ``vatra.runs.publish`` writes: ``contract.json``, its files and ``pack/``.
    The database lies in ``VATRA_DATA``, else in ``.vatra`` beside the first folder. Only the
    cities of these folders are shown; without folders, those that the database holds already.
    ``words`` are written to standard output once the port answers; ``lang`` is the language of
    what the server has to say of itself.

    Raises ``ServeError`` when the port is taken, there is neither a folder nor a database, a
    folder cannot be registered, or two folders hold the same city.
    """
    job_workers = _job_workers()
    _need_free_port(host, port)
    _prepare(folders, host)
    _register(folders)
    if job_workers:
        _work_beside(job_workers)
    _listen(host, port, workers, words, lang)


def _job_workers() -> int:
    """How many processes do long work beside the pages: ``VATRA_WORKERS_JOBS``, 1 unless said."""
    said = os.environ.get("VATRA_WORKERS_JOBS", "").strip() or "1"
    if not said.isascii() or not said.isdigit() or int(said) > MOST_JOB_WORKERS:
        raise ServeError("web.job-workers", most=MOST_JOB_WORKERS)
    return int(said)


def _work_beside(count: int) -> None:
    """Start the processes that do long work; they end when this one does."""
    subprocess.Popen([sys.executable, "-m", "vatra.web.jobs.beside", str(count)])


def _need_free_port(host: str, port: int) -> None:
    """Two servers would share the port silently: the kernel allows it when both ask for it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as problem:
            raise ServeError("web.port-forbidden", port=str(port)) from problem
        except OSError as problem:
            raise ServeError(
                "web.port-taken", host=host, port=str(port), next_port=str(port + 1)
            ) from problem


def _prepare(folders: Sequence[Path], host: str) -> None:
    """Settings from the environment, so that every worker finds the same ones."""
    beside = str(folders[0].resolve().parent / ".vatra") if folders else ".vatra"
    data = os.environ.setdefault("VATRA_DATA", beside)
    if not folders and not _is_installed(Path(data)):
        raise ServeError("web.no-folders")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    names = os.environ.get("VATRA_HOSTS", "localhost,127.0.0.1,[::1]")
    if host not in ("0.0.0.0", "::") and host not in names.split(","):
        os.environ["VATRA_HOSTS"] = f"{names},{host}"
    # People's data lies there: nobody else on the machine may look.
    Path(data).mkdir(parents=True, exist_ok=True, mode=0o700)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from vatra.web.ops.counters import forget

    forget()


def _is_installed(data: Path) -> bool:
    from vatra.web.ops.places import DATABASE_FILE

    return bool(os.environ.get("VATRA_DATABASE_URL")) or (data / DATABASE_FILE).is_file()


def _register(folders: Sequence[Path]) -> None:
    if not folders:
        return
    from vatra.web.cities.actions import Refused, do_unlist_cities
    from vatra.web.contracts.actions import do_register_folder

    shown: dict[str, Path] = {}
    for folder in folders:
        try:
            city = do_register_folder(folder=folder, actor=ACTOR)
        except Refused as problem:
            raise ServeError(problem.key, **problem.params) from problem
        if city.slug in shown:
            raise ServeError(
                "web.city-twice", city=city.name, first=str(shown[city.slug]), second=str(folder)
            )
        shown[city.slug] = folder
    from vatra.web.cities.models import City

    do_unlist_cities(besides=City.objects.filter(slug__in=shown), actor=ACTOR)


def _listen(host: str, port: int, workers: int, words: str, lang: Language) -> None:
    """Become the server.

    A new process, not a fork: polars has threads here, and a forked child would wait for them
    for ever. Ctrl-C then reaches the server itself.
    """
    command = [sys.executable, "-m", "vatra.web.site.listen", host, str(port), str(workers)]
    command += [lang, words]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(sys.executable, command)
    sys.exit(subprocess.run(command, check=False).returncode)
