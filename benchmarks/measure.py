"""Run a function in a process of its own and tell how long it took and what memory it used."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from statistics import median

_CODE = """
import json, sys, time
from importlib import import_module


def peak_kb():
    # The high-water mark of this program alone: ru_maxrss would carry over the parent's.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


module, name, arguments = json.loads(sys.argv[1])
function = getattr(import_module(module), name)
getattr(import_module(module), "warm_up", lambda: None)()
before = peak_kb()
begin = time.perf_counter()
answer = function(*arguments)
seconds = time.perf_counter() - begin
print(json.dumps([seconds, peak_kb(), before, answer]))
"""


@dataclass(frozen=True)
class Measured:
    """Medians over runs: seconds of the call, peak memory of its process in MB, its answer."""

    seconds: float
    peak_mb: float
    imports_mb: float
    answer: object


def measure(module: str, name: str, *arguments: object, runs: int = 3) -> Measured:
    """Call ``module.name(*arguments)`` in ``runs`` fresh processes, imports not counted."""
    taken = [_once(module, name, arguments) for _ in range(runs)]
    return Measured(
        seconds=median(each[0] for each in taken),
        peak_mb=median(each[1] for each in taken) / 1024,
        imports_mb=median(each[2] for each in taken) / 1024,
        answer=taken[-1][3],
    )


def alternately(
    ours: tuple[object, ...], floor: tuple[object, ...], runs: int = 5
) -> tuple[Measured, Measured, float]:
    """Two calls in turn, so that a machine's drift strikes both; and the median of the ratios."""
    pairs = [(_once(*_split(ours)), _once(*_split(floor))) for _ in range(runs)]
    ratio = median(a[0] / b[0] for a, b in pairs)
    return _medians([a for a, _ in pairs]), _medians([b for _, b in pairs]), ratio


def _split(call: tuple[object, ...]) -> tuple[str, str, tuple[object, ...]]:
    return str(call[0]), str(call[1]), call[2:]


def _medians(taken: list[list[object]]) -> Measured:
    return Measured(
        median(each[0] for each in taken),  # type: ignore[type-var]
        median(each[1] for each in taken) / 1024,  # type: ignore[type-var,operator]
        median(each[2] for each in taken) / 1024,  # type: ignore[type-var,operator]
        taken[-1][3],
    )


def _once(module: str, name: str, arguments: tuple[object, ...]) -> list[object]:
    call = json.dumps([module, name, list(arguments)])
    done = subprocess.run(
        [sys.executable, "-c", _CODE, call], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{module}.{name} failed:\n{done.stderr}")
    return list(json.loads(done.stdout.splitlines()[-1]))
