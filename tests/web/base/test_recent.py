"""What was asked for last stays, the rest makes room."""

from __future__ import annotations

from vatra.web.base.recent import Recent


def kept(found: Recent[str, str], *keys: str) -> list[str]:
    return [key for key in keys if found.get(key) is not None]


def test_what_was_not_asked_for_longest_makes_room() -> None:
    found: Recent[str, str] = Recent(2)
    found.put("a", "1")
    found.put("b", "2")
    assert found.get("a") == "1"
    found.put("c", "3")
    # "a" was asked for after "b" came.
    assert kept(found, "a", "b", "c") == ["a", "c"]


def test_sizes_count_and_each_is_asked_for_once() -> None:
    asked: list[str] = []

    def size_of(value: str) -> int:
        asked.append(value)
        return len(value)

    found: Recent[str, str] = Recent(10, size_of)
    found.put("a", "xxxx")
    found.put("b", "yyyy")
    # 4 + 4 of 10; "a" anew with 6 makes 10, and one more lets "b" go.
    found.put("a", "zzzzzz")
    assert kept(found, "a", "b") == ["a", "b"]
    found.get("a")
    found.put("c", "w")
    assert kept(found, "a", "b", "c") == ["a", "c"]
    assert asked == ["xxxx", "yyyy", "zzzzzz", "w"]
    # What is larger than all the room stays out, and empties it.
    found.put("d", "v" * 11)
    assert len(found) == 0
    found.put("e", "u" * 10)
    assert kept(found, "e") == ["e"]
    found.clear()
    assert len(found) == 0
