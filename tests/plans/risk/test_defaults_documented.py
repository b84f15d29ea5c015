"""Every default doubt stands in the documentation as the program has it."""

from pathlib import Path

from vatra.plans.distributions import parse
from vatra.plans.risk import defaults


def documented() -> list[str]:
    page = Path("docs/how-to/say-how-sure.md").read_text("utf-8")
    table = page.split("## Where nobody stated a doubt")[1].split("## Read the answer")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and "`" in line]
    return [line.rstrip("| ").rsplit("| ", 1)[1].strip("`") for line in rows]


def test_the_table_of_the_page_is_the_table_of_the_program():
    assert documented() == [each.distribution.text for each in defaults()]


def test_every_spelling_of_the_page_is_read():
    page = Path("docs/how-to/say-how-sure.md").read_text("utf-8")
    table = page.split("| spelling | means |")[1].split("\n\n")[0]
    spelled = list(table.split("`")[1::2])
    assert len(spelled) == 11
    assert all(parse(each).text for each in spelled)
