"""Whether a PDF, up to its first signature, is the sealed one and nothing but prepared for signing.

What comes after a signature is judged by pyHanko. What was put between the sealed bytes and the
first signature is covered by that signature, and could say anything: so only what signing needs may
stand there. A new field of a signature with its stamp, the list of fields, and who wrote the file
when; no page, text or picture may be another.
"""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

# What signing may add to the catalogue of the document.
_CATALOGUE = {"/AcroForm", "/Extensions", "/Version", "/DSS", "/Perms", "/Metadata"}
# How the tree of the structure grows by a field; its text does not stand there.
_STRUCTURE = {"/K", "/ParentTree", "/ParentTreeNextKey", "/Nums", "/Kids", "/Limits", "/IDTree"}
# A stamp that covers more of a page than this hides what was sealed.
LARGEST_STAMP_SHARE = 0.12


def only_prepared(reader: PdfFileReader, signed_revision: int) -> bool:
    """Whether revisions after the first, up to the one signed first, only prepare a signature."""
    old, new = reader.get_historical_resolver(0), reader.get_historical_resolver(signed_revision)
    touched: set[generic.Reference] = set()
    for number in range(1, signed_revision + 1):
        step = reader.get_historical_resolver(number)
        if step.refs_freed_in_revision():  # type: ignore[no-untyped-call]
            return False
        touched |= set(step.explicit_refs_in_revision())  # type: ignore[no-untyped-call]
    known = [each for each in touched if _of(old, each) is not None]
    root = old.trailer_view.raw_get("/Root").reference
    if new.trailer_view.raw_get("/Root").reference.idnum != root.idnum:
        return False
    beside = _beside(old)
    return _fields_only_sign(new) and all(
        each.idnum in beside or _allowed(old, new, each, root) for each in known
    )


def _get(content: generic.DictionaryObject, name: str) -> Any:
    """The value itself, not a reference to it; None where there is none."""
    # "get" would give the reference back.
    return content[name] if name in content else None  # noqa: SIM401


def _of(resolver: HistoricalResolver, ref: generic.Reference) -> Any:
    try:
        found = resolver.get_object(generic.Reference(ref.idnum, ref.generation, resolver))
    except Exception:
        return None
    return None if isinstance(found, generic.NullObject) else found


def _beside(old: HistoricalResolver) -> set[int]:
    """Objects that say who wrote the file when."""
    found = set()
    for content, name in ((old.trailer_view, "/Info"), (old.root, "/Metadata")):
        value = content.raw_get(name) if name in content else None
        if isinstance(value, generic.IndirectObject):
            found.add(value.idnum)
    return found


def _allowed(
    old: HistoricalResolver, new: HistoricalResolver, ref: generic.Reference, root: Any
) -> bool:
    before, after = _of(old, ref), _of(new, ref)
    if _bytes(before) == _bytes(after):
        return True
    if isinstance(before, generic.ArrayObject) and isinstance(after, generic.ArrayObject):
        return _is_page_list(old, ref) and _grown(before, after, new, None)
    if not _are_dicts(before, after):
        return False
    if ref.idnum == root.idnum:
        return _same_besides(before, after, _CATALOGUE)
    if _get(before, "/Type") == "/Page":
        lists = (_get(before, "/Annots") or generic.ArrayObject(), _get(after, "/Annots"))
        return _same_besides(before, after, {"/Annots"}) and _grown(*lists, new, after)
    is_structure = _get(before, "/Type") in ("/StructTreeRoot", "/StructElem") or "/Nums" in before
    return is_structure and _same_besides(before, after, _STRUCTURE)


def _are_dicts(before: Any, after: Any) -> bool:
    streams = isinstance(before, generic.StreamObject) or isinstance(after, generic.StreamObject)
    both = isinstance(before, generic.DictionaryObject) and isinstance(
        after, generic.DictionaryObject
    )
    return both and not streams


def _is_page_list(old: HistoricalResolver, ref: generic.Reference) -> bool:
    """Whether the object is the list of annotations of some page."""
    return any(
        "/Annots" in page
        and isinstance(page.raw_get("/Annots"), generic.IndirectObject)
        and page.raw_get("/Annots").idnum == ref.idnum
        for page in _pages(old)
    )


def _pages(resolver: HistoricalResolver) -> list[generic.DictionaryObject]:
    found: list[generic.DictionaryObject] = []
    waiting = [resolver.root["/Pages"]]
    while waiting and len(found) < 2000:
        node = waiting.pop()
        if "/Kids" in node:
            kids = node["/Kids"]
            waiting += [kids[place] for place in range(len(kids))]
        else:
            found.append(node)
    return found


def _same_besides(
    before: generic.DictionaryObject, after: generic.DictionaryObject, free: set[str]
) -> bool:
    names = (set(before) | set(after)) - free
    return all(
        name in before
        and name in after
        and _bytes(before.raw_get(name)) == _bytes(after.raw_get(name))
        for name in names
    )


def _grown(
    before: generic.ArrayObject,
    after: Any,
    new: HistoricalResolver,
    page: generic.DictionaryObject | None,
) -> bool:
    """Whether the list has all it had, and besides it only stamps of signatures."""
    if not isinstance(after, generic.ArrayObject):
        return False
    old_bytes = [_bytes(each) for each in list.__iter__(before)]
    new_bytes = [_bytes(each) for each in list.__iter__(after)]
    if new_bytes[: len(old_bytes)] != old_bytes:
        return False
    added = [after[place] for place in range(len(old_bytes), len(new_bytes))]
    return all(_is_stamp(each, page) for each in added)


def _is_stamp(widget: Any, page: generic.DictionaryObject | None) -> bool:
    if not isinstance(widget, generic.DictionaryObject) or _get(widget, "/Subtype") != "/Widget":
        return False
    if _field_type(widget) != "/Sig" or "/AA" in widget or "/A" in widget:
        return False
    left, low, right, high = _corners(widget["/Rect"])
    covered = abs(right - left) * abs(high - low)
    # A list apart from its page: pages of a contract are A4.
    size = _size(page) if page is not None else 595.0 * 842.0
    return covered <= LARGEST_STAMP_SHARE * size


def _size(page: generic.DictionaryObject) -> float:
    node: Any = page
    while "/MediaBox" not in node:
        node = node["/Parent"]
    left, low, right, high = _corners(node["/MediaBox"])
    return abs(right - left) * abs(high - low)


def _corners(box: generic.ArrayObject) -> tuple[float, float, float, float]:
    left, low, right, high = (float(box[place]) for place in range(4))
    return left, low, right, high


def _field_type(widget: generic.DictionaryObject) -> Any:
    if "/FT" in widget:
        return widget["/FT"]
    return _get(widget["/Parent"], "/FT") if "/Parent" in widget else None


def _fields_only_sign(new: HistoricalResolver) -> bool:
    form = _get(new.root, "/AcroForm")
    if not isinstance(form, generic.DictionaryObject) or "/XFA" in form:
        return False
    fields = _get(form, "/Fields") or ()
    return all(_field_type(fields[place]) == "/Sig" for place in range(len(fields)))


def _bytes(content: Any) -> bytes:
    written = io.BytesIO()
    content.write_to_stream(written, None)
    return written.getvalue()
