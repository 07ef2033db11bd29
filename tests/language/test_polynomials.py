"""Polynomials in atoms of any kind: the arithmetic that the tactics, the search and the sampler share."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.polynomials import Poly, add, atoms, degree, join, multiply, power, product, put
from kl_symbolic.language.printer import text
from kl_symbolic.proving.search.ring import Ring
from kl_symbolic.proving.tactics.polynomials import expand

MONOMIALS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=3, unique_by=lambda item: item[0]).map(
    lambda items: tuple(sorted(items))
)
POLYS = st.dictionaries(MONOMIALS, st.fractions(-3, 3, max_denominator=4).filter(bool), max_size=4)
VALUES = st.tuples(*[st.fractions(-2, 2, max_denominator=3)] * 3)


def free(units: int) -> None:
    """A budget without an end."""


def value(poly: Poly[int], at: tuple[Fraction, ...]) -> Fraction:
    total = Fraction(0)
    for monomial, coefficient in poly.items():
        for atom, exponent in monomial:
            coefficient *= at[atom] ** exponent
        total += coefficient
    return total


@given(POLYS, POLYS, VALUES, st.fractions(-2, 2, max_denominator=3))
def test_sums_and_products_have_the_values_of_sums_and_products(
    left: Poly[int], right: Poly[int], at: tuple[Fraction, ...], factor: Fraction
) -> None:
    before = dict(left), dict(right)
    added, multiplied = add(left, right, factor), multiply(left, right)
    assert value(added, at) == value(left, at) + factor * value(right, at)
    assert value(multiplied, at) == value(left, at) * value(right, at)
    assert 0 not in added.values() and 0 not in multiplied.values()
    assert (left, right) == before


@given(POLYS, VALUES)
def test_a_number_is_put_in_the_place_of_an_atom(poly: Poly[int], at: tuple[Fraction, ...]) -> None:
    there = put(poly, 1, at[1])
    assert value(there, at) == value(poly, at) and 1 not in set(atoms(there)) and 0 not in there.values()


def test_monomials() -> None:
    assert join(((0, 1), (1, 2)), ((1, 2), (2, 1)), -1) == ((0, 1), (2, -1))
    assert degree(((0, 2), (3, 1))) == 3 and degree(()) == 0 and power("a", 2) == (("a", 2),)
    x, y = (parse(name, "number", declare({"x": "number", "y": "number"})) for name in "xy")
    assert text(product(((x, 2), (y, -1)))) == "x^2/y" and text(product(())) == "1"


def test_the_readers_differ_in_their_atoms_only() -> None:
    scope = declare({"x": "number", "y": "number"})
    same = parse("log(x + y) - log(y + x)", "number", scope)
    assert len(expand(same)) == 2 and Ring(free).read(same) == {}
    quotient = parse("x/(x + y)", "number", scope)
    ((monomial, _),) = expand(quotient).items()
    assert sorted(exponent for _, exponent in monomial) == [-1, 1]
    ring = Ring(free)
    ((numbered, _),) = ring.read(quotient).items()
    assert {text(ring.atoms[k]): e for k, e in numbered} == {"x": 1, "1/(x + y)": 1}
    for large in ("(x + y)^9", "(x + y)^13"):
        assert len(Ring(free).read(parse(large, "number", scope))) == 1
    assert len(expand(parse("(x + y)^9", "number", scope))) == 10
    for long in ("(((2^8)^8)^8)^8*x", f"x*({'9' * 1000}^8)"):  # coefficients of 4096 and of 26576 bits
        assert len(expand(parse(long, "number", scope))) == len(Ring(free).read(parse(long, "number", scope))) == 1
    ((monomial, value),) = expand(parse(f"({'9' * 1000}^8)*x", "number", scope)).items()
    assert len(monomial) == 2 and value == 1
    ((monomial, value),) = expand(parse("(((2^8)^8)^8)^8*x", "number", scope)).items()
    assert len(monomial) == 1 and value == 2**4096
    assert len(expand(parse("(x + y)^13", "number", scope))) == 1
