"""Derive the Kullback–Leibler divergence, prove what is claimed about it, and let anyone check the proof.

>>> import kl_symbolic as kl
>>> print(kl.theorem("log_one"))
log_one: ⊢ log(1) = 0

The public names are loaded when they are first used: checking a certificate imports neither SymPy, mpmath nor NumPy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import plots as plots
    from .calc import derivation as derivation
    from .derivation import Derivation as Derivation
    from .derivation import Theorem as Theorem
    from .derivation import assert_proved as assert_proved
    from .derivation import check as check
    from .derivation import derive as derive
    from .derivation import prove as prove
    from .derivation import theorem as theorem
    from .expressions import ClosedForm as ClosedForm
    from .expressions import closed_form as closed_form
    from .expressions import cross_entropy as cross_entropy
    from .expressions import entropy as entropy
    from .expressions import kl_divergence as kl_divergence
    from .kernel import Refused as Refused
    from .latex_printer import latex as latex
    from .library import NoSuchTheorem as NoSuchTheorem
    from .library import names as names
    from .prove import Counterexample as Counterexample
    from .prove import NotProved as NotProved
    from .prove import Unknown as Unknown

_HOME = {
    "ClosedForm": "expressions",
    "Counterexample": "prove",
    "Derivation": "derivation",
    "NoSuchTheorem": "library",
    "NotProved": "prove",
    "Refused": "kernel",
    "Theorem": "derivation",
    "Unknown": "prove",
    "assert_proved": "derivation",
    "check": "derivation",
    "closed_form": "expressions",
    "cross_entropy": "expressions",
    "derivation": "calc",
    "derive": "derivation",
    "entropy": "expressions",
    "kl_divergence": "expressions",
    "latex": "latex_printer",
    "names": "library",
    "plots": "plots",
    "prove": "derivation",
    "theorem": "derivation",
}
"""The public names, and the module in which each is written; one that is written in itself is a module."""

__all__ = sorted(_HOME)
__version__ = "0.1.0"


class _FrontDoor(ModuleType):
    """The package, whose public names stay what they are when a module of the same name is imported.

    Importing ``kl_symbolic.prove`` binds the module to the name ``prove`` of the package. The function is public and
    the module is not, so the function wins. ``plots`` is a module and public.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if _HOME.get(name, name) == name or not isinstance(value, ModuleType):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = import_module(f"{__name__}.{_HOME[name]}")
        value = module if _HOME[name] == name else getattr(module, name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_HOME})


sys.modules[__name__].__class__ = _FrontDoor
