"""Energy as bills count it."""

import numpy as np

from vatra.plans.services import billed


def test_only_gas_is_billed_at_gross_value() -> None:
    found = billed({"natural_gas": np.array([100.0]), "electricity": np.array([100.0])})
    # 100 x 1.108
    assert {name: held.tolist() for name, held in found.items()} == {
        "natural_gas": [110.80000000000001],
        "electricity": [100.0],
    }
