"""The form in which a visitor hands in a contract: a file, a pasted text, or our example."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from django.http import HttpRequest

from vatra.web.lint import limits
from vatra.web.lint.runner import Failed
from vatra.web.lint.uploads import MemoryOnly
from vatra.words import Language

PASTED_NAME = "text.txt"


@dataclass(frozen=True)
class Given:
    """What was handed in: a name and its bytes; ``pasted`` goes back into the form on a fault."""

    name: str
    content: bytes
    pasted: str = ""


def given(request: HttpRequest, handler: MemoryOnly, lang: Language) -> Given:
    """What the form holds. Raises ``Failed`` when it holds nothing or too much."""
    if request.POST.get("example"):
        return Given(example_name(lang), example(lang))
    # Django parses the form when POST is asked for: only then does the handler know.
    file = request.FILES.get("file")
    if handler.too_large:
        megabytes = limits.LARGEST_FILE_BYTES // limits.MEGABYTE_BYTES
        raise Failed("web.lint.too-large", status=413, megabytes=megabytes)
    if file is not None:
        return Given(file.name or "file", file.read())
    pasted = request.POST.get("text", "")
    content = pasted.encode("utf-8", "replace")
    if len(content) > limits.LARGEST_TEXT_BYTES:
        megabytes = limits.LARGEST_TEXT_BYTES // limits.MEGABYTE_BYTES
        raise Failed("web.lint.text-too-large", status=413, megabytes=megabytes)
    if not content.strip():
        raise Failed("web.lint.nothing-given")
    return Given(PASTED_NAME, content, pasted)


def example(lang: Language) -> bytes:
    """The example contract of a language: an invented town, with slips in its tables."""
    return (resources.files("vatra.web.lint") / "examples" / example_name(lang)).read_bytes()


def example_name(lang: Language) -> str:
    """The file name of the example."""
    return f"poiana-albastra.{lang}.md"
