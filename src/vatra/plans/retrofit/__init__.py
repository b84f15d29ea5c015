"""Law and money of retrofit: energy classes, programmes, costs of packages, owners' shares.

Limits, programmes, conditions, prices and steps are rows in ``data/`` with source, dates and doubt;
the code reads and compares. Energy comes from outside as arrays (``Energy``).
"""

from vatra.plans.retrofit.appraise import Appraisal, appraise
from vatra.plans.retrofit.classes import LETTERS, co2_class, energy_class
from vatra.plans.retrofit.costs import Costs, cost_items, costs, package_cost
from vatra.plans.retrofit.effects import changes, distinct_states
from vatra.plans.retrofit.elements import MAJOR, NEW, check_elements
from vatra.plans.retrofit.eligibility import Decision, eligible, eligible_packages
from vatra.plans.retrofit.energy import Energy, figures
from vatra.plans.retrofit.facts import Applicant, Block, City, Works
from vatra.plans.retrofit.flats import per_flat
from vatra.plans.retrofit.funding import Funding, check_together, fund
from vatra.plans.retrofit.packages import Packages, default_options, factorial, one_package, sized
from vatra.plans.retrofit.pareto import pareto_front
from vatra.plans.retrofit.programmes import programme, programmes, stacking
from vatra.plans.retrofit.reading import NO, UNKNOWN, YES, RetrofitError
from vatra.plans.retrofit.steps import assembly_may_decide, assembly_rules, steps

__all__ = [
    "LETTERS",
    "MAJOR",
    "NEW",
    "NO",
    "UNKNOWN",
    "YES",
    "Applicant",
    "Appraisal",
    "Block",
    "City",
    "Costs",
    "Decision",
    "Energy",
    "Funding",
    "Packages",
    "RetrofitError",
    "Works",
    "appraise",
    "assembly_may_decide",
    "assembly_rules",
    "changes",
    "check_elements",
    "check_together",
    "co2_class",
    "cost_items",
    "costs",
    "default_options",
    "distinct_states",
    "eligible",
    "eligible_packages",
    "energy_class",
    "factorial",
    "figures",
    "fund",
    "one_package",
    "package_cost",
    "pareto_front",
    "per_flat",
    "programme",
    "programmes",
    "sized",
    "stacking",
    "steps",
]
