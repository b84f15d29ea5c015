"""The verb ``uncertainty`` as a person types it."""

import json
import re

import pytest
from typer.testing import CliRunner

from tests.cli.command import plain, vatra
from vatra.cli import app

CLUJ = "examples/cluj"
FEW = ("--draws", "512", "--seed", "7")


def test_help_has_an_example():
    assert "Example: vatra uncertainty" in plain(vatra("uncertainty", "--help"))


def test_the_first_sentence_is_the_probability():
    text = plain(vatra("uncertainty", CLUJ, *FEW, "--target", "70"))
    assert re.match(
        r"Cluj-Napoca reaches −70% by 2030 with a probability of \d\d% "
        r"\(error of sampling ±\d\.\d points\)\.",
        text,
    )
    assert "nine in ten lie between −" in text
    assert "with a default doubt" in text


def test_then_come_fan_tornado_and_what_to_measure_next():
    text = plain(vatra("uncertainty", CLUJ, *FEW, "--target", "70"))
    titles = ["Fan of every year", "What the cut by 2030 hangs on", "What to measure next"]
    places = [text.index(each) for each in titles]
    assert places == sorted(places)
    assert "electricity: factor in 2030" in text
    assert "5.1 Renovation of 40,000" in text
    assert "512 draws in 16 nets, seed 7" in text


def test_romanian():
    text = plain(vatra("uncertainty", CLUJ, *FEW, "--target", "70", "--lang", "ro"))
    assert re.match(
        r"Cluj-Napoca atinge −70 % până în 2030 cu probabilitatea de \d\d % "
        r"\(eroarea eșantionării ±\d,\d puncte procentuale\)\.",
        text,
    )
    assert "energie electrică: factorul" in text
    assert "implicit" in text


def test_far_from_certain_and_far_from_hopeless():
    assert "with a probability of less than 0.1%" in plain(
        vatra("uncertainty", CLUJ, *FEW, "--target", "99")
    )
    assert "with a probability of more than 99.9%" in plain(
        vatra("uncertainty", CLUJ, *FEW, "--target", "10")
    )


@pytest.mark.slow
def test_the_same_seed_gives_identical_bytes_of_json_and_csv():
    for form in ("json", "csv"):
        arguments = ("uncertainty", CLUJ, *FEW, "--format", form)
        assert vatra(*arguments) == vatra(*arguments)
        assert vatra(*arguments) != vatra("uncertainty", CLUJ, "--draws", "512", "--format", form)


def test_json_holds_every_table_and_how_it_was_made():
    answer = json.loads(vatra("uncertainty", CLUJ, *FEW, "--format", "json"))
    assert (answer["draws_count"], answer["replicates_count"], answer["seed"]) == (512, 16, 7)
    assert answer["fan"][0]["year"] == 2021
    assert answer["fan"][-1]["p5_t"] < answer["fan"][-1]["mean_t"] < answer["fan"][-1]["p95_t"]
    assert {each["key"] for each in answer["tornado"]} == {
        each["key"] for each in answer["next_numbers"]
    }
    assert all(each["source"] for each in answer["tornado"])
    assert {each["name"] for each in answer["correlations"]} == {"delay", "delivered"}


@pytest.mark.parametrize(
    ("table", "first"),
    [("fan", "year,mean_t"), ("tornado", "rank,key,kind"), ("next", "rank,key,value_share")],
)
def test_csv_of_each_table(table, first):
    text = vatra("uncertainty", CLUJ, *FEW, "--format", "csv", "--table", table)
    head = text.splitlines()[0]
    assert all(name in head.split(",") for name in first.split(","))


def test_draws_are_rounded_up_to_even_nets():
    answer = json.loads(vatra("uncertainty", CLUJ, "--draws", "600", "--format", "json"))
    assert (answer["draws_count"], answer["replicates_count"]) == (640, 10)


def test_nothing_doubted_is_said():
    text = plain(vatra("uncertainty", CLUJ, *FEW, "--no-defaults"))
    assert "No number of the plan is doubted" in text
    assert "What to measure next" not in text


def test_a_loss_is_told_in_euros():
    arguments = (*FEW, "--target", "70", "--missed-eur", "100", "--reserve-eur", "30")
    assert "EUR" in plain(vatra("uncertainty", CLUJ, *arguments))
    answer = json.loads(vatra("uncertainty", CLUJ, *arguments, "--format", "json"))
    assert answer["everything_known"]["value_eur"] > 0


def test_groups_of_one_s_own():
    arguments = (*FEW, "--correlate", "1.1/delay,1.2/delay=0.5", "--format", "json")
    answer = json.loads(vatra("uncertainty", CLUJ, *arguments))
    (group,) = answer["correlations"]
    assert (group["keys"], group["rho"]) == (["1.1/delay", "1.2/delay"], 0.5)


def refused(*arguments: str, code: int) -> str:
    result = CliRunner().invoke(app, ["uncertainty", CLUJ, *FEW, *arguments])
    assert result.exit_code == code, result.output
    return plain(re.sub("[│╭╮╰╯─]", " ", result.output))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--correlate", "1.1/delay=0.5"), 2, "two names or more"),
        (("--correlate", "1.1/delay,1.2/delay=0,5"), 2, "0.5 if the comma is a decimal sign"),
        (("--correlate", "1.1/delay,1.2/delay=1.5"), 1, "above −1 and below 1"),
        (("--correlate", "1.1/delay,9.9/delay=0.5"), 1, "9.9/delay"),
        (("--missed-eur", "100"), 2, "both --missed-eur and"),
        (("--year", "2050"), 1, "from 2022 to 2030"),
        (("--draws", "0"), 2, "draws"),
        (("--seed", "-1"), 2, "seed"),
        (("--target", "-5"), 2, "target"),
    ],
)
def test_wishes_that_cannot_be_met(arguments, code, said):
    assert said in refused(*arguments, code=code)
