"""What a plain page weighs on the wire, and that charts and maps are loaded only where used."""

from __future__ import annotations

import gzip
import re

from django.test import Client

MOST_BYTES = 160_000
_FILES = re.compile(r'<(?:link|script)[^>]+(?:href|src)="(/static/[^"]+\.(?:css|js))"')


def sent(client: Client, url: str) -> bytes:
    answer = client.get(url, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, url
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # A file that is small already is sent as it is.
    return bytes(body)


def weight(client: Client, url: str) -> tuple[int, list[str]]:
    """Bytes of a page with its styles and scripts as they are sent, and which these are."""
    body = sent(client, url)
    page = gzip.decompress(body).decode()
    files = list(dict.fromkeys(_FILES.findall(page)))
    assert any(each.endswith(".css") for each in files)
    assert any(each.endswith(".js") for each in files)
    return len(body) + sum(len(sent(client, each)) for each in files), files


def test_a_plain_page_is_light_and_loads_no_charts_and_no_maps(db: None) -> None:
    client = Client()
    for url in ("/ro/", "/en/search/"):
        byte_count, files = weight(client, url)
        # The scripts of a page load this one themselves.
        byte_count += len(sent(client, "/static/dist/htmx.esm.js"))
        assert byte_count <= MOST_BYTES, (url, byte_count, files)
        assert not [each for each in files if "chart" in each or "map" in each]
