"""One file per verb; ``VERBS`` in the order in which a newcomer meets them."""

from vatra.cli.verbs.blocks import blocks
from vatra.cli.verbs.catalogue import catalogue
from vatra.cli.verbs.change import change
from vatra.cli.verbs.check import check
from vatra.cli.verbs.contract import contract
from vatra.cli.verbs.demo import demo
from vatra.cli.verbs.doubt import doubt
from vatra.cli.verbs.explain import explain
from vatra.cli.verbs.export import export
from vatra.cli.verbs.factors import factors
from vatra.cli.verbs.finance import finance
from vatra.cli.verbs.gap import gap
from vatra.cli.verbs.gpc import gpc
from vatra.cli.verbs.import_ import import_
from vatra.cli.verbs.inventory import inventory
from vatra.cli.verbs.lint import lint
from vatra.cli.verbs.monitor import monitor
from vatra.cli.verbs.optimise import optimise
from vatra.cli.verbs.plan import plan
from vatra.cli.verbs.recalculate import recalculate
from vatra.cli.verbs.serve import serve
from vatra.cli.verbs.template import template
from vatra.cli.verbs.uncertainty import uncertainty
from vatra.cli.verbs.verify import verify
from vatra.cli.verbs.years import years

VERBS = (
    check,
    inventory,
    gpc,
    doubt,
    gap,
    change,
    years,
    recalculate,
    catalogue,
    plan,
    optimise,
    uncertainty,
    monitor,
    finance,
    blocks,
    lint,
    contract,
    verify,
    explain,
    factors,
    export,
    import_,
    template,
    demo,
    serve,
)
