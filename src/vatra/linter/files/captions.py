"""What a table is called, and in which unit it is, as the text around it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vatra.linter.files.blocks import Text
from vatra.linter.quantities import Unit, unit

_NUMBERED = re.compile(
    r"(?:table|tabelul|tabel|tabela|tab\.|tbl\.)\s*(?:no\.?|nr\.?)?\s*"
    r"(?P<number>[A-CT]?[-–. ]?\d{1,3}(?:[.-]\d{1,2}){0,3}[a-z]?)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?P<label>[ABCT][-–‑]\s?\d{1,2}(?:\.\d{1,2})?(?:\.?[a-d1-9])?)\b(?!\s*[-–]\s*[ABCT])"
)
_MENTION = re.compile(
    r"^(?:table|tabelul|tabel)\s*\S+\s+(?:shows?|presents?|gives?|lists?|contains?|summari[sz]es?|"
    r"provides?|illustrates?|prezintă|arată|conține|cuprinde|sintetizează|redă)\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?:\b(?:in|în|units?|unitatea?(?: de măsur[ăa])?|u\.?m\.?)\b\s*:?"
    r"|[(\[,;:])(?=\s*(?P<rest>[^()\[\],;:]{1,40}))",
    re.IGNORECASE,
)
_QUANTITIES = ("emission", "energy", "money", "factor", "cost_per_tonne")
LONGEST_CAPTION = 260
LONGEST_LEAD = 160
FURTHEST = 3


def is_caption(text: Text) -> bool:
    """Whether a text names a table rather than speaks of one."""
    bare = text.text.strip()
    if len(bare) > LONGEST_CAPTION or _MENTION.match(bare):
        return False
    return bool(_NUMBERED.match(bare) or _LABELLED.match(bare))


def label(title: str) -> str:
    """The short name in a title: ``A-1.4``, ``Table 12``; empty when it has none."""
    labels = [re.sub(r"[–‑]\s?|-\s", "-", found["label"]) for found in _LABELLED.finditer(title)]
    if labels:
        # A chapter may be named before its table.
        return next((each for each in labels if "." in each), labels[0])
    found = _NUMBERED.match(title)
    return " ".join(found[0].split()) if found else ""


def before(texts: Sequence[Text]) -> tuple[str, bool]:
    """The title in the texts before a table, the nearest last, and whether it is a caption."""
    lead = ""
    for distance, text in enumerate(reversed([each for each in texts if not each.furniture])):
        if distance >= FURTHEST:
            break
        if is_caption(text):
            return text.text, True
        if distance == 0 and _leads(text):
            lead = text.text
        elif len(text.text) > LONGEST_LEAD and not is_unit_note(text.text):
            break
    return lead, False


def _leads(text: Text) -> bool:
    """Whether a text right before a table heads it."""
    bare = text.text.strip()
    if len(bare) > LONGEST_LEAD:
        return False
    return bool(text.level) or text.bold or bare.endswith(":")


def may_head(text: Text) -> bool:
    """Whether a text may stand between a caption and its table: a short lead or a unit."""
    return _leads(text) or is_unit_note(text.text)


def after(texts: Sequence[Text]) -> str:
    """The caption right below a table, empty when none stands there."""
    for text in texts:
        if not text.furniture:
            return text.text if is_caption(text) and not text.level else ""
    return ""


def below(first_lead: Sequence[Text], gaps: Sequence[Sequence[Text]]) -> bool:
    """Whether captions stand below the tables of a document: surely so twice, and above less often.

    ``first_lead`` the texts before the first table, ``gaps`` those after each.
    """
    under = int(bool(gaps) and not before(first_lead)[1] and after(gaps[0]) != "")
    above = 0
    for gap in gaps:
        texts = [text for text in gap if not text.furniture]
        marks = [place for place, text in enumerate(texts) if is_caption(text)]
        if not marks:
            continue
        under += marks[0] == 0 and parts(texts[1:])
        above += marks[-1] > 0 and not parts(texts[marks[-1] + 1 :])
    return under > max(above, 1)


def parts(texts: Sequence[Text]) -> bool:
    """Whether texts between a caption and the next table keep the two apart."""
    return any(text.level or is_caption(text) or not may_head(text) for text in texts)


def is_unit_note(text: str) -> bool:
    """Whether a short text says little more than a unit: ``(values in t CO2e)``."""
    return len(text) <= 60 and stated_unit(text) != ""


def stated_unit(text: str) -> str:
    """The one unit a text states, in brackets or after ``in``; empty for none or several."""
    found: dict[tuple[str, str], str] = {}
    for match in _IN_WORDS.finditer(text):
        read = _longest_unit(match["rest"])
        if read is not None and read.quantity in _QUANTITIES:
            found.setdefault((read.quantity, str(read.size) + read.currency), read.text)
    return next(iter(found.values())) if len(found) == 1 else ""


def _longest_unit(text: str) -> Unit | None:
    """The unit a text begins with; ``t`` alone needs the text to end there."""
    words = text.split()
    for size in range(min(len(words), 5), 0, -1):
        read = unit(" ".join(words[:size]).rstrip(".:"))
        if read is not None and (len(words[0]) > 1 or size > 1 or len(words) == 1):
            return read
    return None
