from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.plans.retrofit.block import BLOCK, DAY, IN_CALL
from vatra.plans.retrofit import (
    NO,
    UNKNOWN,
    YES,
    Applicant,
    City,
    RetrofitError,
    Works,
    eligible,
    eligible_packages,
)
from vatra.plans.retrofit.eligibility import standing
from vatra.plans.retrofit.programmes import programme

DEEP = Works(
    primary_saving_percent=62.0,
    heating_saving_percent=70.0,
    heating_kwh_m2=45.0,
    has_envelope=True,
    new_heat_carrier="kept",
    pv_kwp=0.0,
    battery_kwh=0.0,
)
IN_ROUND = date(2022, 4, 15)
IASI = City(rank="municipality")
HOME = Works(pv_kwp=5.0, battery_kwh=10.0)
PERSON = Applicant("person", owns_building=True)


def test_a_block_of_the_seventies_would_have_been_taken_by_the_renovation_wave() -> None:
    found = eligible(BLOCK, DEEP, "pnrr_c5_blocks", IN_ROUND)
    assert found.verdict == YES
    assert [each.verdict for each in found.answers] == [YES] * 5


def test_built_after_2000_is_a_no_that_says_so() -> None:
    found = eligible(replace(BLOCK, built_year=2004), DEEP, "pnrr_c5_blocks", IN_ROUND)
    assert found.verdict == NO
    assert "No, because it was built in 2004, not before 2000." in found.text("en")
    assert "Nu, pentru că a fost construit în 2004, nu înainte de anul 2000." in found.text("ro")


@pytest.mark.parametrize(("year", "verdict"), [(1999, YES), (2000, NO), (None, UNKNOWN)])
def test_the_year_itself_decides(year: int | None, verdict: int) -> None:
    block = replace(BLOCK, built_year=year)
    assert eligible(block, DEEP, "pnrr_c5_blocks", IN_ROUND).verdict == verdict


def test_what_nobody_knows_is_asked_for_never_guessed() -> None:
    found = eligible(replace(BLOCK, seismic_class=None), DEEP, "pnrr_c5_blocks", IN_ROUND)
    assert found.verdict == UNKNOWN
    assert "Not known: ask for a technical survey" in found.text("en")
    assert "Nu se cunoaște: cereți expertiza tehnică" in found.text("ro")


def test_a_no_outweighs_what_is_not_known() -> None:
    block = replace(BLOCK, seismic_class=None, built_year=2010)
    assert eligible(block, DEEP, "pnrr_c5_blocks", IN_ROUND).verdict == NO


def test_a_call_that_ended_is_an_explained_no() -> None:
    found = eligible(BLOCK, DEEP, "pr_nord_est_blocks", DAY, city=IASI)
    assert (found.verdict, found.fits) == (NO, YES)
    assert "No: ended 26 June 2026." in found.text("en")
    assert "Nu: s-a încheiat la 26 iunie 2026." in found.text("ro")
    assert eligible(BLOCK, DEEP, "pr_nord_est_blocks", IN_CALL, city=IASI).verdict == YES


@pytest.mark.parametrize(
    ("day", "state", "says"),
    [
        (date(2022, 3, 31), "not-yet", "opens 1 April 2022"),
        (date(2022, 4, 1), "open", "until 30 May 2022"),
        (date(2022, 5, 30), "open", "until 30 May 2022"),
        (date(2022, 5, 31), "not-yet", "opens 10 October 2022"),
        (date(2026, 11, 1), "ended", "ended 31 October 2022"),
    ],
)
def test_windows_hold_on_their_first_and_last_day(day: date, state: str, says: str) -> None:
    found = standing(programme("pnrr_c5_blocks"), day)
    assert found.state == state
    assert says in found.text("en")


def test_a_suspended_programme_says_since_when() -> None:
    found = eligible(BLOCK, HOME, "casa_verde_pv", DAY, applicant=PERSON)
    assert found.verdict == NO
    assert "suspended since 1 January 2025" in found.text("en")
    assert "suspendat din 1 ianuarie 2025" in found.text("ro")


def test_fossil_and_wood_heat_are_not_paid_by_the_regional_programme() -> None:
    for carrier, verdict in {"natural_gas": NO, "wood": NO, "electricity": YES}.items():
        works = replace(DEEP, new_heat_carrier=carrier)
        found = eligible(BLOCK, works, "pr_nord_est_blocks", IN_CALL, city=IASI)
        assert found.verdict == verdict
    works = replace(DEEP, new_heat_carrier="wood")
    found = eligible(BLOCK, works, "pr_nord_est_blocks", IN_CALL, city=IASI)
    assert "noua sursă de căldură folosește lemn" in found.text("ro")


def test_a_law_is_read_as_it_stood_on_the_day() -> None:
    # Designs of 1991 to 2005 came in with Law 231/2017, in force from 8 December 2017.
    block = replace(BLOCK, design_year=1995)
    assert eligible(block, DEEP, "oug_18_2009", date(2017, 12, 7)).verdict == NO
    assert eligible(block, DEEP, "oug_18_2009", date(2017, 12, 8)).verdict == YES
    for year, verdict in {2005: YES, 2006: NO}.items():
        block = replace(BLOCK, design_year=year)
        assert eligible(block, DEEP, "oug_18_2009", DAY).verdict == verdict


def test_an_eu_grant_closes_the_national_programme() -> None:
    found = eligible(replace(BLOCK, has_eu_funds=True), DEEP, "oug_18_2009", DAY)
    assert found.verdict == NO
    assert "an EU grant has already been approved" in found.text("en")


def test_a_battery_is_asked_for_only_since_2024() -> None:
    bare = replace(HOME, battery_kwh=0.0)
    days = {date(2023, 6, 1): YES, date(2024, 6, 1): NO}
    for day, verdict in days.items():
        assert eligible(BLOCK, bare, "casa_verde_pv", day, applicant=PERSON).verdict == verdict


def test_an_association_is_not_a_person() -> None:
    who = Applicant("association", owns_building=True)
    found = eligible(BLOCK, HOME, "casa_verde_pv", date(2024, 6, 1), applicant=who)
    assert "the applicant is an owners' association" in found.text("en")


def test_a_small_programme_is_told_to_join_others() -> None:
    city = City(programme_investment_eur=12_345_678.0, programme_leverage=12)
    found = eligible(BLOCK, DEEP, "elena", DAY, applicant=Applicant("city"), city=city)
    assert "worth EUR 12,345,678, below 30 million" in found.text("en")
    assert "valorează 12.345.678 EUR" in found.text("ro")


def test_a_programme_without_a_known_call_is_not_known() -> None:
    found = eligible(BLOCK, DEEP, "free", DAY, applicant=Applicant("association"))
    assert (found.verdict, found.fits) == (UNKNOWN, YES)
    assert "no call has been entered" in found.text("en")


def test_a_call_whose_closing_day_is_not_known_is_not_taken_for_open() -> None:
    block = replace(BLOCK, region="nord_vest")
    before = eligible(block, DEEP, "pr_nord_vest_blocks", date(2023, 8, 31))
    after = eligible(block, DEEP, "pr_nord_vest_blocks", DAY)
    assert (before.verdict, after.verdict, after.fits) == (NO, UNKNOWN, YES)
    assert "opened 1 September 2023, the closing day has not been entered" in after.text("en")
    assert "data închiderii nu este înregistrată" in after.text("ro")
    elsewhere = eligible(BLOCK, DEEP, "pr_nord_vest_blocks", DAY)
    assert "it stands in the region North-East, not North-West" in elsewhere.text("en")


def test_rules_that_nobody_has_read_in_the_original_are_named() -> None:
    found = eligible(BLOCK, DEEP, "pr_nord_est_blocks", IN_CALL, city=IASI)
    # Known from a notice: what it says is published, but the guide may ask for more.
    assert found.to_verify("en") == ["whether these are all of its conditions"]
    assert found.lines("en")[-1].startswith("To verify in the guide: one point is second-hand")
    found = eligible(BLOCK, DEEP, "pnrr_c5_blocks", DAY)
    rules = [
        "whether these are all of its conditions",
        "the days of the call",
        "year of construction",
        "seismic risk class",
        "saving of primary energy",
    ]
    assert found.to_verify("en") == rules
    assert found.lines("en")[-1].startswith("To verify in the guide: 5 points")
    assert found.lines("ro")[-1].startswith("De verificat în ghid: 5 puncte")


def test_before_a_call_opens_its_own_rules_are_told() -> None:
    # In 2022 Casa Verde had not opened yet: the battery of 2024 was not asked for in 2023.
    found = eligible(BLOCK, HOME, "casa_verde_pv", date(2022, 1, 1), applicant=PERSON)
    assert found.standing.state == "not-yet"
    assert "package.battery_kwh" not in [each.condition.field for each in found.answers]


def test_many_packages_get_the_verdict_of_each() -> None:
    primary = np.array([29.9, 30.0, 80.0, np.nan, np.nan])
    heating = np.array([60.0, 50.0, 49.0, 60.0, 10.0])
    many = Works(primary_saving_percent=primary, heating_saving_percent=heating)
    found = eligible_packages(BLOCK, many, "pnrr_c5_blocks", IN_ROUND)
    assert found.tolist() == [NO, YES, NO, UNKNOWN, NO]
    for place, verdict in enumerate(found):
        one = Works(float(primary[place]), float(heating[place]))
        assert eligible(BLOCK, one, "pnrr_c5_blocks", IN_ROUND).verdict == verdict


def test_words_that_nobody_knows_are_refused_together() -> None:
    block = replace(BLOCK, kind="tower", region="moldova")
    with pytest.raises(RetrofitError, match=r"block\.kind=tower, block\.region=moldova"):
        eligible(block, DEEP, "pnrr_c5_blocks", IN_ROUND)


def test_an_unknown_programme_is_refused_with_those_there_are() -> None:
    with pytest.raises(RetrofitError, match="pr_nord_est_blocks"):
        eligible(BLOCK, DEEP, "pnrr", IN_ROUND)
