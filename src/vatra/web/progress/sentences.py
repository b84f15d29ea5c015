"""What the pages say first: does the city keep its plan, in a short sentence and then its doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.web.progress.queries import Outlook
from vatra.words import Language, percent, say, tonnes

PPM = 1_000_000
BEGUN = ("started", "delayed", "done")


def answer(outlook: Outlook, lang: Language) -> str:
    """Whether the promise is kept, in one short sentence; empty without a plan."""
    document, stage = outlook.document, outlook.stage
    if document is None or stage is None:
        return ""
    return say(f"web.progress.answer-{_verdict(outlook)}", lang, **_said(document, stage, lang))


def grounds(outlook: Outlook, lang: Language) -> str:
    """What the answer rests on: what is expected and promised, and how likely; empty without."""
    document, stage = outlook.document, outlook.stage
    if document is None or stage is None:
        return ""
    key = "grounds-reported" if outlook.is_reported else "grounds-planned"
    said = _said(document, stage, lang)
    words = say(f"web.progress.{key}", lang, **said, last=str(document["year"]))
    return f"{words} {_chance(stage, document['target']['threshold_ppm'], lang)}"


def _said(document: Mapping[str, Any], stage: Mapping[str, Any], lang: Language) -> dict[str, str]:
    return {
        "city": document["city"]["name"],
        "year": str(document["city"]["target_year"]),
        "cut": percent(stage["cut_ppm"] / PPM, lang, 1),
        "promised": percent(document["city"]["target_cut_ppm"] / PPM, lang, 1),
        "left": tonnes(stage["target_mg"], lang),
    }


def _verdict(outlook: Outlook) -> str:
    document, stage = outlook.document, outlook.stage
    assert document is not None and stage is not None
    if not outlook.is_reported:
        return "nothing"
    target = document["target"]
    if stage["target_mg"] > target["allowed_mg"]:
        return "misses"
    return "doubtful" if _is_low(stage, target["threshold_ppm"]) else "keeps"


def _is_low(stage: Mapping[str, Any], threshold_ppm: int) -> bool:
    ppm = stage["probability_ppm"]
    return ppm is not None and bool(ppm < threshold_ppm)


def _chance(stage: Mapping[str, Any], threshold_ppm: int, lang: Language) -> str:
    ppm = stage["probability_ppm"]
    if ppm is None:
        return say("web.progress.chance-unknown", lang)
    key = "chance-low" if _is_low(stage, threshold_ppm) else "chance"
    return say(f"web.progress.{key}", lang, chance=percent(ppm / PPM, lang))


def counts(document: Mapping[str, Any], lang: Language) -> str:
    """How many measures have begun, are late, done, cancelled."""
    statuses = list(document["statuses"].values())
    late = sum(
        bool(each["delay_months"] and each["delay_months"] > 0)
        and each["status"] not in ("done", "cancelled")
        for each in document["actions"]
    )
    return say(
        "web.progress.counts",
        lang,
        whole=len(statuses),
        begun=sum(each in BEGUN for each in statuses),
        late=late,
        done=statuses.count("done"),
        cancelled=statuses.count("cancelled"),
    )


def change_sentences(before: Outlook, after: Outlook, lang: Language) -> list[str]:
    """What one save did to the target year: before and after."""
    first, second = before.stage, after.stage
    if first is None or second is None or after.document is None:
        return []
    year = str(after.document["city"]["target_year"])
    if first["target_mg"] == second["target_mg"]:
        found = [say("web.progress.since-same", lang, year=year,
                     mass=tonnes(second["target_mg"], lang))]  # fmt: skip
    else:
        found = [say("web.progress.since-mass", lang, year=year,
                     before=tonnes(first["target_mg"], lang),
                     after=tonnes(second["target_mg"], lang))]  # fmt: skip
    chances = [each["probability_ppm"] for each in (first, second)]
    if None not in chances and chances[0] != chances[1]:
        words = [percent(each / PPM, lang, 1) for each in chances]
        found.append(say("web.progress.since-chance", lang, before=words[0], after=words[1]))
    return found
