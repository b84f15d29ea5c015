"""The whole way with a city pack, then its pages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.options import Form, Host, Lang, Port
from vatra.cli.output import Answer, Format, findings_refuse, show, speak, written
from vatra.cli.progress import progress
from vatra.cli.verbs.inventory import inventory_answer
from vatra.cli.verbs.plan import plan_answer
from vatra.cli.verbs.serve import listening, serve_pages
from vatra.runs.contract import Run, run
from vatra.runs.publish import publish
from vatra.words import Language, say


def demo(
    pack: Annotated[
        Path, typer.Argument(metavar="PACK", help="City pack to run the whole way with.")
    ] = Path("examples/cluj"),
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.")] = Path("out"),
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="End after writing, without the pages.")
    ] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """The whole way with a city pack: read, check, compute, plan, lint, seal, write, serve.

    Example: [bold]vatra demo examples/cluj --no-serve --out out[/]
    """
    language = speak(lang)
    with findings_refuse(language, form), progress(language, form) as step:
        done = run(pack, progress=step)
        step("write")
        files = publish(done, out)
    answers = summary(done, language)
    top = sorted(path.name for path in files if path.parent == out)
    where = say("cli.files-are", language, folder=str(out), names=top)
    if form is Format.TABLE:
        for answer in answers:
            show(answer, form)
        show(Answer(None, first=where), form)
    else:
        names = ("inventory", "plan") if done.plan is not None else ("inventory",)
        data: dict[str, Any] = {name: each.data for name, each in zip(names, answers, strict=False)}
        data |= {"seal": done.run_id, "folder": str(out), "files": top}
        data |= {} if no_serve else listening(host, port, language).data
        show(Answer(data, rows=answers[0].rows), form)
    if not no_serve:
        where_pages_are = written(listening(host, port, language), form)
        words = where_pages_are if form is Format.TABLE else ""
        serve_pages([out], host, port, language, words)


def summary(done: Run, lang: Language) -> list[Answer]:
    """The short table of the demo: totals, split, linter."""
    answers = [inventory_answer(done, lang)]
    if done.plan is not None:
        answers.append(plan_answer(done, lang))
    counts = Counter(each["severity"] for each in done.contract.get("lint", []))
    line = say(
        "cli.demo-lint", lang,
        errors=counts["error"], warnings=counts["warning"], notes=counts["note"],
    )  # fmt: skip
    return [*answers, Answer(None, first=line)]
