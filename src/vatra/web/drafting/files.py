"""Files of a draft: made once by a worker, kept beside what was computed, taken from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vatra
from vatra.web.base.errors import NotReady
from vatra.web.base.whole import write_whole
from vatra.web.drafting.downloads import draft_bytes, secap_bytes
from vatra.web.jobs.actions import do_begin_job
from vatra.web.jobs.models import OPEN, Job
from vatra.web.jobs.queries import somebody_works
from vatra.web.people.models import User
from vatra.web.people.rules import Actor
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import Computed, computed, is_computed, made_folder
from vatra.words import Language, language

KIND = "draft-file"
FILES = "files"
NOT_COMPUTED = "web.drafting.not-computed"


@dataclass(frozen=True)
class Wanted:
    """A file of a version: ``what`` is draft or secap, ``form`` pdf, docx, xlsx or json."""

    version: Version
    what: str
    lang: Language
    form: str

    @property
    def params(self) -> dict[str, Any]:
        """What a job is asked for."""
        return {
            "version": self.version.number,
            "what": self.what,
            "lang": self.lang,
            "form": self.form,
        }

    @property
    def place(self) -> str:
        """The address after the language, of this very version whatever comes after it."""
        code = f".{self.lang}" if self.what == "draft" else ""
        slug = self.version.city.slug
        page = f"cities/{slug}/work/contract/{self.what}{code}.{self.form}"
        return f"{page}?version={self.version.number}"

    @property
    def words(self) -> str:
        """What a link to it says."""
        if self.what == "secap":
            return f"SECAP, {self.form.upper()}"
        return self.form.upper() + ("" if self.form == "json" else f", {self.lang.upper()}")

    @property
    def path(self) -> Path:
        """Where it is kept: by the version's digest, and by the version of Vatra that wrote it."""
        name = f"{self.what}-{vatra.__version__}.{self.lang}.{self.form}"
        return made_folder(self.version) / FILES / name


def wanted_of(version: Version, params: dict[str, Any]) -> Wanted:
    """What a job was asked for."""
    return Wanted(version, params["what"], language(params["lang"]), params["form"])


def offered(version: Version, spoken: Iterable[Language], lang: Language) -> list[Wanted]:
    """The files that a draft is offered as, to a reader of ``lang``."""
    forms = ("pdf", "docx", "xlsx")
    drafts = [Wanted(version, "draft", code, form) for code in spoken for form in forms]
    secap = [Wanted(version, "secap", lang, form) for form in ("xlsx", "json")]
    return [*drafts, Wanted(version, "draft", lang, "json"), *secap]


def job_for(wanted: Wanted, actor: Actor) -> Job | None:
    """The job to wait for before ``content_of``; None where asking keeps nobody waiting.

    Where no worker is awake the answer is None too: then who asks makes the file.
    """
    if _is_there(wanted) or not somebody_works() or not isinstance(actor, User):
        return None
    found = open_jobs([wanted])[0] or _asked(wanted, actor)
    # Without a queue the job is over by now.
    return None if _is_there(wanted) else found


def open_jobs(files: Sequence[Wanted]) -> list[Job | None]:
    """The job that makes each file, whoever asked for it: the work is done once."""
    city = files[0].version.city_id
    asked = list(Job.objects.filter(city=city, kind=KIND, state__in=OPEN))
    return [next((job for job in asked if job.params == each.params), None) for each in files]


def content_of(wanted: Wanted) -> bytes:
    """The file as it is kept, or made now and kept. Raises ``NotReady`` for a faulty draft."""
    try:
        return wanted.path.read_bytes()
    except FileNotFoundError:
        return keep(wanted, made(wanted, ready(wanted.version)))


def ready(version: Version) -> Computed:
    """The version computed. Raises ``NotReady`` where errors keep it from being a document."""
    found = computed(version)
    if not found.ok:
        raise NotReady(NOT_COMPUTED)
    return found


def made(wanted: Wanted, found: Computed) -> bytes:
    """The file, written now."""
    document = found.document or {}
    if wanted.what == "draft":
        return draft_bytes(document, wanted.form, wanted.lang)
    run = found.run
    if run is None:
        raise NotReady(NOT_COMPUTED)
    return secap_bytes(run, document, wanted.form, wanted.lang, draft=True)


def keep(wanted: Wanted, content: bytes) -> bytes:
    """Keep a file, whole or not at all; returns its content."""
    wanted.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(wanted.path, content, settled=True)
    return content


def _is_there(wanted: Wanted) -> bool:
    """Whether nothing, or next to nothing, is left to do."""
    if not is_computed(wanted.version):
        return False
    is_quick = (wanted.what, wanted.form) == ("draft", "json")
    # A faulty draft gives no file, and its page says so at once.
    return is_quick or wanted.path.is_file() or not computed(wanted.version).ok


def _asked(wanted: Wanted, actor: User) -> Job:
    version = wanted.version
    return do_begin_job(
        kind=KIND,
        city=version.city,
        params=wanted.params,
        actor=actor,
        about=f"{wanted.words}, {version.number}",
        place=f"cities/{version.city.slug}/work/contract/",
        is_logged=False,
    )
