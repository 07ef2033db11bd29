"""Derive the Kullback–Leibler divergence, prove what is claimed about it, and let anyone check the proof.

>>> import kl_symbolic as kl
>>> print(kl.theorem("log_one"))
log_one: ⊢ log(1) = 0

The public names are loaded when they are first used: checking a certificate imports neither SymPy, mpmath nor NumPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._moved import install

if TYPE_CHECKING:
    from .api import Derivation as Derivation
    from .api import Theorem as Theorem
    from .api import assert_proved as assert_proved
    from .api import check as check
    from .api import derive as derive
    from .api import prove as prove
    from .api import show as show
    from .api import theorem as theorem
    from .kernel import KLError as KLError
    from .kernel import Refused as Refused
    from .library import NoSuchTheorem as NoSuchTheorem
    from .library import names as names
    from .measures import plots as plots
    from .measures.expressions import ClosedForm as ClosedForm
    from .measures.expressions import closed_form as closed_form
    from .measures.expressions import cross_entropy as cross_entropy
    from .measures.expressions import entropy as entropy
    from .measures.expressions import kl_divergence as kl_divergence
    from .proving.calc import derivation as derivation
    from .proving.prover import Counterexample as Counterexample
    from .proving.prover import NotProved as NotProved
    from .proving.prover import Unknown as Unknown
    from .sympy_bridge.latex import latex as latex

_HOME = {
    "ClosedForm": "measures.expressions",
    "Counterexample": "proving.prover",
    "Derivation": "api",
    "KLError": "kernel",
    "NoSuchTheorem": "library",
    "NotProved": "proving.prover",
    "Refused": "kernel",
    "Theorem": "api",
    "Unknown": "proving.prover",
    "assert_proved": "api",
    "check": "api",
    "closed_form": "measures.expressions",
    "cross_entropy": "measures.expressions",
    "derivation": "proving.calc",
    "derive": "api",
    "entropy": "measures.expressions",
    "kl_divergence": "measures.expressions",
    "latex": "sympy_bridge.latex",
    "names": "library",
    "plots": "measures.plots",
    "prove": "api",
    "show": "api",
    "theorem": "api",
}
"""The public names, and the module that defines each; ``plots`` is a module itself."""

__all__ = sorted(_HOME)
__version__ = "0.1.0"

install()


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOME[name]}")
    value = module if name == "plots" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
