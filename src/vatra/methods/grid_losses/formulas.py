"""Energy that a network loses."""


def loss_mwh(delivered_mwh: float, loss_share: float) -> float:
    """Energy lost on the way to those who use it.

    ``loss = delivered x l / (1 - l)``, as ``l`` is the part lost of the energy fed in and
    ``delivered = fed in x (1 - l)`` (GPC 1.1, Chapter 6).

    Parameters
    ----------
    delivered_mwh : energy at the meters [MWh]
    loss_share : part of the energy fed in that is lost, below 1 [share]

    Returns
    -------
    Energy lost [MWh].
    """
    return delivered_mwh * loss_share / (1 - loss_share)
