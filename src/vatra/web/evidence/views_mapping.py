"""The page where a person says which column of a file is which of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vatra.sources import delimiters
from vatra.sources.mapping import Fit, parse_mapping
from vatra.tables import Finding, FindingsError, Table, tables
from vatra.web.evidence import queries, reading
from vatra.web.evidence.actions import do_map_upload
from vatra.web.evidence.files import named
from vatra.web.evidence.inheriting import is_kept
from vatra.web.evidence.mapping_faults import Fault, faults_of, faults_of_lines
from vatra.web.evidence.mapping_form import MappingForm
from vatra.web.evidence.mapping_read import MOST_TEXT, loaded, read_form, with_unknown
from vatra.web.evidence.models import Upload
from vatra.web.evidence.rules import may_hand_in
from vatra.web.evidence.wording import Wording, in_words
from vatra.web.people.errors import Refused
from vatra.web.people.queries import actor_of
from vatra.web.people.views_account import signed_in
from vatra.web.workspace.naming import table_name
from vatra.web.workspace.pages import work_page
from vatra.words import Language, say

TAKE = ["GET", "HEAD", "POST"]
DELIMITER_OF = delimiters.NAMED


@never_cache
@require_http_methods(TAKE)
def mapping(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Suggested, tried on the first rows, then used for the whole file."""
    found = queries.access_upload(actor_of(request), slug, pk, lang, may_hand_in)
    if found.kind not in ("csv", "xlsx"):
        raise Refused("web.evidence.no-mapping-needed")
    if not found.is_open or found.state == "checking":
        return redirect("evidence:upload", lang, slug, pk)
    with named(found) as path:
        page = _Page(request, lang, found, path)
        return page.sent() if request.method == "POST" else page.asked()


class _Page:
    def __init__(self, request: HttpRequest, lang: Language, upload: Upload, path: Path) -> None:
        self.request, self.lang, self.upload, self.path = request, lang, upload, path
        given = request.POST if request.method == "POST" else request.GET
        self.fits: tuple[Fit, ...] = ()
        self.delimiter = self._delimiter()
        try:
            self.sheets = reading.sheets_of(path)
            sheet = given.get("sheet", upload.sheet)
            if sheet in self.sheets:
                self.sheet = sheet
                self.fits = reading.fits_of(path, self.sheet, self.delimiter)
            else:
                self.sheet, self.fits = reading.likely_sheet(path, self.sheets, self.delimiter)
        except FindingsError:
            self.sheets, self.sheet = [], ""
        best = self.fits[0].table if self.fits else "energy"
        wanted = given.get("table", upload.table or best)
        self.table = wanted if wanted in tables() else best

    def _delimiter(self) -> str:
        """The mark between the columns that a person named; empty to be told from the file."""
        if self.request.method == "POST":
            own = self.request.POST.get("base") or self.request.POST.get("text", "")
            return reading.delimiter_of(loaded(own[:MOST_TEXT]))
        wanted = self.request.GET.get("delimiter")
        if wanted is None:
            return reading.delimiter_of(loaded(self.upload.mapping))
        return DELIMITER_OF.get(wanted, "")

    def asked(self) -> HttpResponse:
        """The form as the file suggests it, or as it was left."""
        is_left = self.upload.mapping and self.upload.table == self.table
        is_same = is_left and self.delimiter == reading.delimiter_of(loaded(self.upload.mapping))
        try:
            offer = reading.offer(
                self.upload.city, self.path, self.table, self.sheet, self.delimiter
            )
            text = self.upload.mapping if is_same else offer.text
            return self.shown(text, saved=bool(offer.saved) and not is_same)
        except FindingsError as problem:
            return self.shown("", problem=problem, status=200)

    def sent(self) -> HttpResponse:
        """Looked at once more, or used."""
        post = self.request.POST
        wish = post.get("do", "preview")
        if wish == "ours":
            return self.used("")
        base = post.get("base", "")[:MOST_TEXT]
        own_text = post.get("text", "")[:MOST_TEXT]
        if wish == "text":
            return self.shown(own_text)
        text = reading.dumped(read_form(base, post))
        wrong = faults_of_lines(post, Wording(tables()[self.table], {}, self.lang))
        if wish == "use" and not wrong:
            return self.used(text)
        return self.shown(text, wrong=wrong, status=422 if wish == "use" else 200)

    def used(self, text: str) -> HttpResponse:
        upload = self.upload
        try:
            table = parse_mapping(text, reading.MAPPING_NAME).table if text else self.table
            do_map_upload(
                upload=upload,
                table=table,
                text=text,
                sheet=self.sheet,
                actor=signed_in(self.request),
            )
        except FindingsError as problem:
            return self.shown(text, problem=problem, status=422)
        return redirect("evidence:upload", self.lang, upload.city.slug, upload.pk)

    def shown(
        self,
        text: str,
        problem: FindingsError | None = None,
        status: int = 200,
        saved: bool = False,
        wrong: Sequence[Fault] = (),
    ) -> HttpResponse:
        tried = reading.preview(self.path, text, self.sheet) if text else None
        problem = problem or (tried.problem if tried else None)
        found = list(problem.findings) if problem else []
        if tried and tried.brought:
            found += [each for each in tried.brought.findings if each.severity == "error"]
        text = self.asking(text, found)
        form = self.form(text)
        table = form.table if form else tables()[self.table]
        faults = [*wrong, *faults_of(found, form, Wording(table, loaded(text), self.lang))]
        if form is not None:
            form.blame((each.row, each.words) for each in faults)
        content: dict[str, Any] = {
            "upload": self.upload,
            "form": form,
            "text": text,
            "tried": tried,
            "tried_columns": [Wording(table, {}, self.lang).ours(name) for name in tried.columns]
            if tried
            else [],
            "tried_rows": self.in_words(table, tried) if tried else [],
            "faults": faults,
            "is_saved": saved,
            "kept_from": self.upload.replaces if is_kept(self.upload) else None,
            "fits": [(each, table_name(each.table, self.lang)) for each in self.fits],
            "table": self.table,
            "is_fitting": any(each.table == self.table for each in self.fits),
            "is_ours": any(each.is_ours and each.table == self.table for each in self.fits),
            "tables": [(name, table_name(name, self.lang)) for name in sorted(tables())],
            "sheets": self.sheets,
            "sheet": self.sheet,
            "delimiters": self.delimiters(),
            "delimiter": self.delimiter,
            "headings": self.headings(text),
            "styles": [
                (style, say(f"web.evidence.numbers-{style}", self.lang))
                for style in ("plain", "en", "ro")
            ],
        }
        template = "evidence/mapping.html"
        return work_page(
            self.request, self.lang, self.upload.city, template, content,
            tab="evidence", status=status,
        )  # fmt: skip

    def in_words(self, table: Table, tried: reading.Preview) -> list[tuple[int, list[str]]]:
        """The first rows as ours, codes by what they are called."""
        columns = [table.by_name.get(name) for name in tried.columns]
        return [
            (
                line,
                [
                    in_words(each, text, self.lang)
                    for each, text in zip(columns, cells, strict=True)
                ],
            )
            for line, cells in tried.after
        ]

    def asking(self, text: str, found: Sequence[Finding]) -> str:
        """The mapping with a line for every word of the file that it does not know yet: those of
        the first rows, and those that a check of the whole file met."""
        data = loaded(text)
        if not data or data.get("table") not in tables():
            return text
        earlier = Wording(None, loaded(self.upload.mapping), self.lang)
        now = Wording(None, data, self.lang)
        met = [
            each
            for each in queries.findings_of(self.upload)
            if earlier.theirs(each.column) == now.theirs(each.column)
        ]
        asked = with_unknown(data, [*found, *met])
        return text if asked == data else reading.dumped(asked)

    def form(self, text: str) -> MappingForm | None:
        data = loaded(text)
        name = data.get("table", self.table)
        if not data or name not in tables() or not isinstance(data.get("columns"), dict):
            return None
        try:
            return MappingForm(tables()[name], data, self.headings(text), self.lang)
        except (KeyError, TypeError, AttributeError):
            # Somebody's own YAML of another shape: it stands in the text field.
            return None

    def delimiters(self) -> list[tuple[str, str, str]]:
        """What may part the columns of a CSV file: name, sign and words; the first is what its
        lines show."""
        if self.upload.kind != "csv":
            return []
        try:
            told = reading.beginning(self.path).delimiter
        except FindingsError:
            return []
        words = {
            mark: say(f"web.evidence.delimiter-{name}", self.lang)
            for name, mark in DELIMITER_OF.items()
        }
        shown = say("web.evidence.delimiter-told", self.lang, delimiter=words[told])
        named = [(name, mark, words[mark]) for name, mark in DELIMITER_OF.items()]
        return [("", "", shown), *named]

    def headings(self, text: str) -> list[str]:
        data = loaded(text)
        row = data.get("heading_row") or 1
        try:
            grid = reading.beginning(self.path, self.sheet, delimiter=reading.delimiter_of(data))
        except FindingsError:
            return []
        return reading.headings_of(grid, row)
