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
    from . import families as families
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
    from .measures.distributions import distribution as distribution
    from .measures.divergences import chi_squared as chi_squared
    from .measures.divergences import f_divergence as f_divergence
    from .measures.divergences import hellinger as hellinger
    from .measures.divergences import jensen_shannon as jensen_shannon
    from .measures.divergences import total_variation as total_variation
    from .measures.expressions import ClosedForm as ClosedForm
    from .measures.expressions import closed_form as closed_form
    from .measures.expressions import cross_entropy as cross_entropy
    from .measures.expressions import entropy as entropy
    from .measures.expressions import kl_divergence as kl_divergence
    from .measures.joint import conditional_entropy as conditional_entropy
    from .measures.joint import conditional_mutual_information as conditional_mutual_information
    from .measures.joint import joint_entropy as joint_entropy
    from .measures.joint import mutual_information as mutual_information
    from .measures.renyi import renyi_divergence as renyi_divergence
    from .measures.renyi import renyi_entropy as renyi_entropy
    from .measures.value import CertifiedValue as CertifiedValue
    from .measures.value import value as value
    from .numerics.verification import Evidence as Evidence
    from .proving.calc import derivation as derivation
    from .proving.prover import Counterexample as Counterexample
    from .proving.prover import NotProved as NotProved
    from .proving.prover import Unknown as Unknown
    from .sympy_bridge.latex import latex as latex
    from .testing.agreement import Agreement as Agreement
    from .testing.agreement import Disagreement as Disagreement
    from .testing.agreement import assert_agrees as assert_agrees
    from .testing.verifying import verify_all as verify_all

_HOME = {
    "Agreement": "testing.agreement",
    "CertifiedValue": "measures.value",
    "ClosedForm": "measures.expressions",
    "Counterexample": "proving.prover",
    "Derivation": "api",
    "Disagreement": "testing.agreement",
    "Evidence": "numerics.verification",
    "KLError": "kernel",
    "NoSuchTheorem": "library",
    "NotProved": "proving.prover",
    "Refused": "kernel",
    "Theorem": "api",
    "Unknown": "proving.prover",
    "assert_agrees": "testing.agreement",
    "assert_proved": "api",
    "check": "api",
    "chi_squared": "measures.divergences",
    "closed_form": "measures.expressions",
    "conditional_entropy": "measures.joint",
    "conditional_mutual_information": "measures.joint",
    "cross_entropy": "measures.expressions",
    "derivation": "proving.calc",
    "derive": "api",
    "distribution": "measures.distributions",
    "entropy": "measures.expressions",
    "families": "families",
    "f_divergence": "measures.divergences",
    "hellinger": "measures.divergences",
    "jensen_shannon": "measures.divergences",
    "joint_entropy": "measures.joint",
    "kl_divergence": "measures.expressions",
    "latex": "sympy_bridge.latex",
    "mutual_information": "measures.joint",
    "names": "library",
    "plots": "measures.plots",
    "prove": "api",
    "renyi_divergence": "measures.renyi",
    "renyi_entropy": "measures.renyi",
    "show": "api",
    "theorem": "api",
    "total_variation": "measures.divergences",
    "value": "measures.value",
    "verify_all": "testing.verifying",
}
"""The public names, and the module that defines each; ``families`` and ``plots`` are modules themselves."""

__all__ = sorted(_HOME)
__version__ = "0.1.0"

install()


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOME[name]}")
    found = module if name in ("families", "plots") else getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
