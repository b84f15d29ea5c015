"""One block under draws: before its meters and after them, and what does not fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vatra.plans.bills import (
    PARAMETERS,
    Answer,
    Conflict,
    Draws,
    Fit,
    Linear,
    Normal,
    Observation,
    Posterior,
    Prior,
    Subject,
    answer,
    at_meter,
    calibrate,
    conflict,
    draws_at,
    linear,
    priors,
    scores,
    spread_of,
)
from vatra.plans.bills.checks import FILE
from vatra.plans.bills.fit import fit
from vatra.plans.bills.reading import Floats
from vatra.plans.retrofit.carriers import bill_eur
from vatra.plans.services import billed
from vatra.plans.stock import archetypes
from vatra.tables import Finding

OWN, TYPE, NONE = "own_meters", "type_meters", "no_meters"
_WH_PER_KWH = 1e3
_AT = (0.1, 0.5, 0.9)
_Months = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Metered:
    """The meters of a block that can be fitted, as a straight line for pooling.

    ``used`` those that agree with what the model holds possible; ``line`` None where none do.
    """

    priors: tuple[Prior, ...]
    used: tuple[Observation, ...]
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    line: Linear | None


@dataclass(frozen=True)
class Span:
    """P10, P50 and P90 of a figure before the meters and after them."""

    before: tuple[float, float, float]
    after: tuple[float, float, float]

    @property
    def moved_share(self) -> float:
        """How far the middle moved, in widths P10-P90 of before; zero where that has none."""
        width = self.before[2] - self.before[0]
        return (self.after[1] - self.before[1]) / width if width else 0.0

    @property
    def left_share(self) -> float:
        """Width P10-P90 after over before."""
        width = self.before[2] - self.before[0]
        return (self.after[2] - self.after[0]) / width if width else 1.0


@dataclass(frozen=True, eq=False)
class MeterSpan:
    """One meter in a standard year [Wh]: what it reads, and what the model says it would."""

    observation: Observation
    metered_wh: float
    span: Span
    fit: Fit | None
    fitted: bool


@dataclass(frozen=True, eq=False)
class Calibrated:
    """One block as it is known.

    Attributes
    ----------
    origin : ``own_meters``, ``type_meters`` (of others of its type in the quarter) or ``no_meters``
    priors, posterior : parameters and weighted draws of their scores
    figures : by name, in a standard year: ``heating_wh`` need of the rooms, ``bought_wh`` of
        everything, ``bill_eur``
    parameters : by name, shares and kelvins beside the type's figures
    """

    subject: Subject
    origin: str
    priors: tuple[Prior, ...]
    posterior: Posterior
    figures: Mapping[str, Span]
    parameters: Mapping[str, Span]
    meters: tuple[MeterSpan, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    def draws(self, count: int) -> Draws:
        """Draws of equal weight."""
        return draws_at(self.priors, self.posterior.scores[:, self.posterior.drawn(count)])


def metered(
    subject: Subject, measured: Collection[str], seen: Sequence[Observation], count: int
) -> Metered:
    """Which meters of a block can be fitted, by ``count`` draws of what is known without them."""
    listed = priors_of(subject, measured)
    at = scores(count)
    found = answer(subject, draws_at(listed, at))
    used, conflicts, findings, predicted = [], [], [], []
    for each in seen:
        wh = at_meter(found, each)
        if wh is None or not float(wh.max()):
            findings.append(_foreign(each))
            continue
        apart = conflict(each, wh)
        if apart is not None:
            conflicts.append(apart)
            findings.append(apart.finding(FILE))
            continue
        used.append(each)
        predicted.append(np.log(wh))
    line = None
    if used:
        observed = np.log([each.wh for each in used])
        line = linear(at, np.stack(predicted), observed, spread_of(used))
    return Metered(listed, tuple(used), tuple(conflicts), tuple(findings), line)


def priors_of(subject: Subject, measured: Collection[str] = ()) -> tuple[Prior, ...]:
    """What is known of a block without any meter."""
    kind = archetypes()[subject.building.archetype]
    return priors(kind, subject.systems, subject.use, measured)


def calibrate_block(
    subject: Subject,
    measured: Collection[str],
    before: Normal | None,
    own: Metered | None,
    count: int,
) -> Calibrated:
    """A block by its meters.

    Parameters
    ----------
    measured : kinds of element whose U somebody stated
    before : scores by the meters of others of its type; None: by nobody's
    own : its own meters
    count : of draws
    """
    listed = priors_of(subject, measured)
    base = scores(count)
    model = _Model(subject, listed)
    used = () if own is None else own.used
    even = np.full(base.shape[1], 1 / base.shape[1])
    prior_draws = Posterior(base, even, float(len(even)), 1)
    posterior = prior_draws
    if used or before is not None:
        posterior = calibrate(
            Normal.standard(len(PARAMETERS)) if before is None else before,
            lambda at: np.stack([np.log(_read(model.at(at), each)) for each in used]),
            np.log(np.array([each.wh for each in used])),
            spread_of(used),
            base,
        )
    prior_answer = model.at(base)
    answered = model.at(posterior.scores)
    asked = [*used, *(each.observation for each in (own.conflicts if own else ()))]
    return Calibrated(
        subject,
        OWN if used else TYPE if before is not None else NONE,
        listed,
        posterior,
        _spans(_figures(prior_answer), prior_draws, _figures(answered), posterior),
        _spans(_values(listed, base), prior_draws, _values(listed, posterior.scores), posterior),
        tuple(
            _meter(each, prior_answer, prior_draws, answered, posterior, each in used)
            for each in asked
        ),
        () if own is None else own.conflicts,
        _findings(subject, own, posterior),
    )


class _Model:
    """Answers of one block, each set of draws simulated once."""

    def __init__(self, subject: Subject, listed: tuple[Prior, ...]) -> None:
        self.subject, self.listed = subject, listed
        self._held: list[tuple[Floats, Answer]] = []

    def at(self, at: Floats) -> Answer:
        for known, found in self._held:
            if known is at:
                return found
        found = answer(self.subject, draws_at(self.listed, at))
        self._held.append((at, found))
        return found


def _read(found: Answer, asked: Observation, ratio: float | None = None) -> Floats:
    wh = at_meter(found, asked, ratio)
    if wh is None:
        raise ValueError(f"{asked.building} buys no {asked.carrier}")
    return wh


def _figures(found: Answer) -> dict[str, Floats]:
    by_carrier = found.carriers()
    kwh = {name: held.sum(axis=1) / _WH_PER_KWH for name, held in by_carrier.items()}
    return {
        "heating_wh": found.heating_wh.sum(axis=1),
        "bought_wh": np.sum([held.sum(axis=1) for held in by_carrier.values()], axis=0),
        "bill_eur": bill_eur(billed(kwh)),
    }


def _values(listed: tuple[Prior, ...], at: Floats) -> dict[str, Floats]:
    return {each.parameter: each.values(row) for each, row in zip(listed, at, strict=True)}


def _spans(
    before: Mapping[str, Floats],
    prior: Posterior,
    after: Mapping[str, Floats],
    posterior: Posterior,
) -> dict[str, Span]:
    return {
        name: Span(_three(prior, before[name]), _three(posterior, after[name])) for name in before
    }


def _three(draws: Posterior, values: Floats) -> _Months:
    low, middle, high = draws.quantiles(values, _AT)
    return float(low), float(middle), float(high)


def _meter(
    asked: Observation,
    before: Answer,
    prior: Posterior,
    after: Answer,
    posterior: Posterior,
    fitted: bool,
) -> MeterSpan:
    """In a standard year: the meter is carried there as the model is."""
    usual, then = _read(after, asked, 1.0), _read(after, asked)
    carried = asked.wh * float(posterior.quantiles(usual / then, (0.5,))[0])
    span = Span(_three(prior, _read(before, asked, 1.0)), _three(posterior, usual))
    found = _fit(asked, after, posterior) if fitted else None
    return MeterSpan(asked, carried, span, found, fitted)


def _fit(asked: Observation, after: Answer, posterior: Posterior) -> Fit | None:
    """Months as read against the model's middle in their weather; None where months or their
    degree days are not known."""
    months = [each for each in asked.months if each[3] is not None or each[1] in (6, 7, 8)]
    if len(months) < 12 or len(months) < len(asked.months):
        return None
    parts = [
        (service, held)
        for (service, carrier), held in after.wh.items()
        if carrier == asked.carrier and (not asked.services or service in asked.services)
    ]
    heating = np.zeros(12)
    steady = np.zeros(12)
    for service, held in parts:
        middle = posterior.quantiles(held.T, (0.5,))[:, 0]
        if service == "heating":
            heating += middle
        else:
            steady += middle
    kd = np.array([each[3] or 0.0 for each in months])
    years = {each[0] for each in months}
    # Heating falls to the months as their degree days do.
    weight = heating.sum() * asked.degree_ratio * len(years) * kd / kd.sum() if kd.sum() else 0.0
    modelled = weight + np.array([steady[each[1] - 1] for each in months])
    return fit(np.array([each[2] for each in months]), np.asarray(modelled))


def _findings(subject: Subject, own: Metered | None, posterior: Posterior) -> tuple[Finding, ...]:
    found = [] if own is None else list(own.findings)
    if posterior.is_thin:
        params = {"building": subject.building.code, "count": round(posterior.effective)}
        found.append(Finding("plans.bills.thin", "warning", FILE, params=params))
    return tuple(found)


def _foreign(asked: Observation) -> Finding:
    params = {
        "building": asked.building,
        "carrier": f"@tables.carrier-{asked.carrier}",
        "metered": f"@tables.metered-{asked.metered}",
    }
    return Finding("plans.bills.foreign", "warning", FILE, asked.lines[:100], "carrier", params,
                   len(asked.lines))  # fmt: skip
