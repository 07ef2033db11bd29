"""Defined symbols are unfolded in one place outside the kernel, as the kernel's own rule unfolds them."""

from __future__ import annotations

import ast

import pytest

from kl_symbolic import library
from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.language.definitions import definition, replacements, unfold
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.proving.builder import Proof
from tests.test_architecture import MODULES, PACKAGE

NAMES = {
    "T": "set", "X": "set", "Y": "set", "Z": "set", "p": "X -> number", "q": "X -> number", "r": "X, Y -> number",
    "s": "X, Y, Z -> number", "x": "T -> X", "i": "X", "a": "number", "b": "number",
}  # fmt: skip
TERMS = {
    "rel_entr": "rel_entr(a + b, a*b)", "kl": "kl(q, j in X: a*p[j])", "entropy": "entropy(k in Y: sum(j in X: r[j, k]))",
    "cross_entropy": "cross_entropy(p, q)", "binary_kl": "binary_kl(a, 1 - a)", "joint_entropy": "joint_entropy(r)",
    "cond_entropy": "cond_entropy(y in Y: x1 in X: r[x1, y])", "mutual_info": "mutual_info(r)",
    "cond_mutual_info": "cond_mutual_info(s)", "count": "count(x, i)",
}  # fmt: skip


def test_every_defined_symbol_has_a_term() -> None:
    assert set(TERMS) == set(DEFINITIONS)


@pytest.mark.parametrize("name", TERMS)
def test_unfolding_is_what_the_kernel_shows(name: str) -> None:
    term = parse(TERMS[name], "number", declare(NAMES))
    proof = Proof("unfolded", library.theorem)
    proof.declare(**NAMES)
    fact = proof.unfold(term)
    assert (fact.left, fact.right) == (term, unfold(term))
    assert definition(name).at(replacements(term)) == (term, unfold(term))
    assert definition(name).body == definition(name).equation.args[1]


ALLOWED = {"language.definitions", "kernel.axioms", "kernel.table"}


def users(source: str) -> bool:
    """Whether a module uses the kernel's function that builds a defining equation."""
    return "defining_equation" in source and any(  # most modules need not be parsed
        isinstance(node, ast.ImportFrom) and any(alias.name == "defining_equation" for alias in node.names)
        for node in ast.walk(ast.parse(source))
    )


def test_no_other_module_unfolds_a_definition() -> None:
    found = {name for name, path in MODULES.items() if users((PACKAGE / path).read_text(encoding="utf-8"))}
    assert found == ALLOWED - {"kernel.axioms"}  # where it is defined
    assert users("from ..kernel.axioms import SCHEMES, defining_equation")
