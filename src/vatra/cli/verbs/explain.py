"""A number's formula with the values in it, down to file and line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from vatra.cli.options import (
    FactorSets,
    Form,
    Gases,
    GwpSet,
    Lang,
    Overrides,
    PackPath,
    changed_pack,
)
from vatra.cli.output import Answer, Format, fail, findings_refuse, show, speak
from vatra.runs.contract import run_pack
from vatra.runs.explain import Explanation, SourceRow, Term, UnknownNumber
from vatra.runs.explain import explain as explain_number
from vatra.runs.explain_activity import Made
from vatra.runs.explain_plan import PREFIX, PlanNumber, Step, explain_plan
from vatra.tables import label
from vatra.words import Language, say, tonnes

MADE_ROWS = 5


def explain(
    pack: PackPath,
    path: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER", help="Parts joined by dots, such as buildings.2021 or plan.residual."
        ),
    ],
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """A number's formula with the values in it, down to file and line.

    Example: [bold]vatra explain examples/cluj buildings.2021[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(
            changed_pack(pack, language, factor, gases, gwp_set, factor_sets), with_plan=False
        )
    try:
        if path.startswith(PREFIX):
            answer = plan_number_answer(explain_plan(run, path, language), language)
        else:
            answer = explanation_answer(explain_number(run, path), language)
    except UnknownNumber as error:
        fail(error.message(language))
    show(answer, form)


def plan_number_answer(made: PlanNumber, lang: Language) -> Answer:
    """A number of the plan: its formula and its steps."""
    data = made.as_dict()
    first = f"{made.title} = {tonnes(made.total_mg, lang, 1)} CO2e\n{made.formula}"
    blocks = "\n".join(_step_block(each) for each in made.steps)
    return Answer(data, first=first, text=blocks, rows=data["steps"])


def _step_block(step: Step) -> str:
    lines = [step.name, f"    {step.words}"]
    lines += [f"    {each}" for each in (step.place, step.opens) if each]
    return "\n".join(lines)


def explanation_answer(explanation: Explanation, lang: Language) -> Answer:
    """Each summand with its arithmetic, its rows and its factor."""
    data = explanation.as_dict(lang)
    formulas = "\n".join(
        f"{say(f'methods.{each.name}', lang)}: "
        f"{say(f'methods.{each.name}-formula', lang)}   [{each.source}]"
        for each in explanation.methods
    )
    first = f"{explanation.title(lang)} = {tonnes(explanation.total_mg, lang, 1)} CO2e\n{formulas}"
    blocks = "\n".join(_term_block(each, lang) for each in explanation.terms)
    rows = [
        {name: value for name, value in term.items() if name != "rows"}
        | {"rows": [f"{row['file']}:{row['line']}" for row in term["rows"]]}
        for term in data["terms"]
    ]
    return Answer(data, first=first, text=blocks, rows=rows)


def _term_block(term: Term, lang: Language) -> str:
    """A summand in three lines: the arithmetic, its rows, its factor."""
    names = [str(term.year), label("sector", term.sector, lang)]
    if term.factor_id or term.made:
        names.append(label("carrier", term.carrier, lang))
    if term.scope:
        names.append(say("runs.scope", lang, scope=term.scope))
    if term.factor_id or term.made:
        names.append(term.gas)
    lines = [", ".join(names), f"    {term.words(lang)}"]
    if term.rows:
        places = _places(term.rows, term.rows_count, lang)
        lines.append(f"    {say('cli.explain-rows', lang)}: {places}  {term.rows[0].source}")
    if term.made:
        lines += [f"    {each}" for each in _made_lines(term.made, lang)]
    if term.factor_id:
        place = f"{term.factor_id} ({term.factor_place})" if term.factor_place else term.factor_id
        lines.append(f"    {say('cli.explain-factor', lang)}: {place}  {term.factor_source}")
    return "\n".join(lines)


def _made_lines(made: Made, lang: Language) -> list[str]:
    """Rows of activity with what each gives, then the parameters they hang on."""
    rows = [f"{each.file}:{each.line}  {each.words(lang)}" for each in made.rows[:MADE_ROWS]]
    if made.rows_count > MADE_ROWS:
        rows.append(say("cli.more", lang, count=made.rows_count - MADE_ROWS).strip())
    numbers = [
        f"{say('cli.explain-parameter', lang)}: {each.words(lang)}"
        f"{f' ({each.place})' if each.place else ''}  {each.source}"
        for each in made.used
    ]
    return rows + numbers


def _places(rows: Sequence[SourceRow], count: int, lang: Language) -> str:
    if not rows:
        return ""
    shown = ", ".join(str(each.line) for each in rows[:5])
    more = say("cli.more", lang, count=count - 5) if count > 5 else ""
    return f"{rows[0].file}:{shown}{more}"
