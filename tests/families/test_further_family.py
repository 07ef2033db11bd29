"""A family that is not shipped, written as docs/families.md says: the file alone gives its theorems."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kl_symbolic import library
from kl_symbolic.families import derivations
from kl_symbolic.families.carriers import Product
from kl_symbolic.families.family import Mean, Parameter, ParametricFamily
from kl_symbolic.kernel import CheckedTheorem, check
from kl_symbolic.kernel.errors import Refused
from kl_symbolic.language.printer import statement
from kl_symbolic.proving.calc import write

DAGUM = ParametricFamily(
    name="Dagum",
    title="Dagum distribution",
    parameters=(Parameter("p"), Parameter("a"), Parameter("b")),
    domain="(0, oo)",
    density="a*p/b^(a*p)*x^(a*p - 1)*(1 + x^a/b^a)^(-p - 1)",
    log_density=(
        ("1", "log(a) + log(p) - a*p*log(b)"),
        ("log(x)", "a*p - 1"),
        ("log(1 + 1/b^a*x^a)", "-p - 1"),
    ),
    means=(
        Mean("total", "1", "1"),
        Mean("own_mean", "log(1 + 1/b^a*x^a)", "digamma(p + 1) - digamma(1)"),
        Mean("log_mean", "log(x)", "log(b) + (digamma(p) - digamma(1))/a"),
        Mean("power_mean", "x^r", "b^r*Gamma(p + r/a)*Gamma(1 - r/a)/Gamma(p)", ("0 < p + r/a", "0 < 1 - r/a")),
    ),
    carrier=Product(
        "beta_prime_int",
        {"a": "p", "b": "1", "c": "1/b^a", "p": "a", "s": "b"},
        "beta_prime_mean_int",
        {"log(x)": "beta_prime_log_int", "log(1 + 1/b^a*x^a)": "beta_prime_log_one_add_int"},
    ),
    source="Kleiber and Kotz, Statistical Size Distributions in Economics and Actuarial Sciences, Wiley 2003, ch. 6",
    shared={"a": "a", "b": "b"},
)


def derived(family: ParametricFamily) -> dict[str, CheckedTheorem]:
    """Return the theorems about a family, each checked."""
    found: dict[str, CheckedTheorem] = {}

    def lemma(name: str) -> CheckedTheorem:
        return found[name] if name in found else library.theorem(name)

    for name, author in derivations.authors(family):
        certificate = write(author, lemma)
        found[name] = check(certificate, {used: lemma(used) for used in json.loads(certificate)["uses"]})
    return found


def test_a_further_family_has_its_theorems() -> None:
    found = derived(DAGUM)
    means = ["dagum_total", "dagum_power_mean", "dagum_own_mean", "dagum_log_mean"]
    assert [*found] == ["dagum_log_density", "dagum_density", *means, "dagum_entropy", "kl_dagum"]
    assert statement(found["dagum_total"]).startswith("0 < p, 0 < a, 0 < b ⊢ int(x in (0, oo): ")
    # Two members have a and b in common.
    assert {"p2"} == {*found["kl_dagum"].scope} - {*found["dagum_entropy"].scope}


def test_a_wrong_mean_is_refused() -> None:
    wrong = replace(DAGUM.means[2], value="log(b) + digamma(p)/a")
    family = replace(DAGUM, means=(*DAGUM.means[:2], wrong, DAGUM.means[3]))
    with pytest.raises(Refused):
        derived(family)
