"""A quarter's plan for a question of a visitor, its tables, pictures and files.

Loads the optimiser and the document writers, two seconds that no other page should wait for: it
is imported where a plan is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.http import QueryDict

from vatra.contract.charts import Chart, RenderedTable
from vatra.plans.quarter import Menu, QuarterError, quarter_packages
from vatra.plans.retrofit import RetrofitError
from vatra.plans.services import ServicesError
from vatra.runs.blueprint import blueprint
from vatra.runs.blueprint_file import as_zip
from vatra.runs.publish import PACK
from vatra.runs.quarter import NoChoice, QuarterRun, chosen_or_told, finish
from vatra.runs.quarter_charts import quarter_charts
from vatra.runs.quarter_files import csv_of, plan_data
from vatra.runs.quarter_report import report_docx, report_pdf, sentences
from vatra.runs.quarter_rows import block_rows, year_rows
from vatra.runs.quarter_tables import blocks_table, plan_tables
from vatra.runs.retrofit_facts import Asked
from vatra.runs.retrofit_menu import renovate_all
from vatra.runs.stock import Stock
from vatra.web.base.recent import Recent
from vatra.web.blocks.bills import USUAL_HEAT
from vatra.web.blocks.folders import Held, stock_of
from vatra.web.blocks.quarter_question import MOST_BLOCKS, Wished, blocks_in, quarters_of
from vatra.web.cities.models import City
from vatra.words import LANGUAGES, Language

PLANS_KEPT, MENUS_KEPT = 16, 4
# One plan at a time: each takes a core for seconds.
_TURN = Lock()


@dataclass(frozen=True, eq=False)
class Planned:
    """A plan, or why there is none, by language."""

    run: QuarterRun | None
    faults: Mapping[Language, Sequence[str]]


_PLANS: Recent[tuple[object, ...], Planned] = Recent(PLANS_KEPT)


def planned(city: City, wished: Wished) -> Planned:
    """The plan for a question; computed once and kept. One that is kept waits for no other."""
    values = tuple(sorted(wished.values.items()))
    key = (city.folder, city.run_id, city.slug, wished.quarter, values, date.today())
    found = _PLANS.get(key)
    if found is None:
        with _TURN:
            found = _PLANS.get(key) or _PLANS.put(key, _planned(city, wished))
    return found


def _planned(city: City, wished: Wished) -> Planned:
    folder, run_id, quarter = Path(city.folder), city.run_id, wished.quarter
    held = stock_of(folder, run_id, city.slug).held
    if held is None:
        return Planned(None, {})
    question = wished.question()
    try:
        stock, menu = _menu(folder, run_id, city.slug, quarter, question.asked)
        chosen = chosen_or_told(menu, question)
        # A heat network is that of the whole folder.
        place = None if quarter else folder / PACK
        run = finish(stock, held.climate, question, quarter_packages(), menu, chosen, place)
    except NoChoice as problem:
        return Planned(None, {lang: problem.texts(lang) for lang in LANGUAGES})
    except (QuarterError, RetrofitError, ServicesError) as problem:
        return Planned(None, {lang: [problem.text(lang)] for lang in LANGUAGES})
    return Planned(run, {})


@lru_cache(MENUS_KEPT)
def _menu(folder: Path, run_id: str, city: str, quarter: str, asked: Asked) -> tuple[Stock, Menu]:
    """Every block of a quarter beside every package: what all questions of a day share."""
    held = stock_of(folder, run_id, city).held
    if held is None:
        raise LookupError(city)
    stock = _part(held.stock, quarter)
    return stock, renovate_all(stock, held.climate, asked, quarter_packages(), heat=USUAL_HEAT)


def _part(stock: Stock, quarter: str) -> Stock:
    if not quarter:
        return stock
    buildings = tuple(each for each in stock.buildings if each.quarter == quarter)
    codes = {each.code for each in buildings}
    prints = {code: each for code, each in stock.footprints.items() if code in codes}
    return replace(stock, buildings=buildings, footprints=prints, findings=())


def plan_of(city: City, held: Held, query: QueryDict) -> QuarterRun | None:
    """The plan that an address asks for; None where it asks for none."""
    wished = Wished.of(query, quarters_of(held.stock), held.region)
    if not wished.is_asked or blocks_in(held.stock, wished.quarter) > MOST_BLOCKS:
        return None
    return planned(city, wished).run


def plan_charts(run: QuarterRun, lang: Language) -> dict[str, Chart]:
    """Pictures of a plan by name."""
    return {each.name: each for each in quarter_charts(run, lang)}


def tables_of(run: QuarterRun, lang: Language) -> dict[str, RenderedTable]:
    """Tables of a plan by name, the blocks one by one last."""
    return {each.id: each for each in (*plan_tables(run, lang), blocks_table(run, lang))}


# Files ------------------------------------------------------------------------------------------


def _json(run: QuarterRun, lang: Language) -> bytes:
    return (json.dumps(plan_data(run), ensure_ascii=False, indent=1) + "\n").encode()


def _report_pdf(run: QuarterRun, lang: Language) -> bytes:
    return report_pdf(run, blueprint(run), lang)


def _report_docx(run: QuarterRun, lang: Language) -> bytes:
    return report_docx(run, blueprint(run), lang)


_MADE: Mapping[str, Callable[[QuarterRun, Language], bytes]] = {
    "report.pdf": _report_pdf,
    "report.docx": _report_docx,
    "blueprint.zip": lambda run, lang: as_zip(blueprint(run)),
    "plan.json": _json,
    "blocks.csv": lambda run, lang: csv_of(block_rows(run)).encode(),
    "years.csv": lambda run, lang: csv_of(year_rows(run)).encode(),
}


def made_file(name: str, run: QuarterRun, lang: Language) -> bytes:
    """A file of a plan; ``KeyError`` for a name that ``FILE_TYPES`` does not have."""
    return _MADE[name](run, lang)


def plan_sentences(run: QuarterRun, lang: Language) -> list[str]:
    """The answer first: what is done, saved and paid, how sure, and what was left out."""
    first, *others = sentences(run, lang)
    # Codes of quarters are small letters; a sentence begins with a large one.
    return [first[:1].upper() + first[1:], *others]
