"""Addresses of the site and a reader of its HTML, for tests."""

from __future__ import annotations

from html.parser import HTMLParser

LANGUAGES = ("ro", "en")
# Pages of a city, without language: what follows /ro/cities/<slug>/.
CITY_PAGES = (
    "",
    "inventory/",
    "buildings/",
    "pathway/",
    "laboratory/",
    "cost-curve/",
    "measures/",
    "investment/",
    "monitoring/",
    "findings/",
    "contract/",
)


def city_urls(slug: str) -> list[str]:
    """Every page of a city in every language."""
    return [f"/{lang}/cities/{slug}/{page}" for lang in LANGUAGES for page in CITY_PAGES]


def page_urls(slug: str) -> list[str]:
    """Every kind of page of the site: lists, a city, a number, the check of a seal, an error."""
    more = ("", "verify/", "lint/", f"cities/{slug}/number/buildings.2021/", "cities/nowhere/")
    return city_urls(slug) + [f"/{lang}/{page}" for lang in LANGUAGES for page in more]


class Page(HTMLParser):
    """What a page holds: its tags, its links, its text without scripts and closed popovers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._inert = ""
        # How deep the reader is within a popover: they are spans, and hold spans.
        self._closed = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("script", "style"):
            self._inert = tag
        if tag == "span" and (self._closed or "popover" in dict(attrs)):
            self._closed += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inert:
            self._inert = ""
        if tag == "span" and self._closed:
            self._closed -= 1

    def handle_data(self, data: str) -> None:
        if not self._inert and not self._closed:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All words with single spaces, no-break spaces as spaces."""
        return " ".join(" ".join(self.words).replace("\u00a0", " ").split())

    def links(self) -> list[str]:
        """Addresses of all links."""
        return [attrs["href"] for tag, attrs in self.tags if tag == "a" and "href" in attrs]


def read(response: object) -> Page:
    """The page of a response of Django's test client."""
    return Page(response.content.decode())  # type: ignore[attr-defined]
