"""The derivations of what is known of each family: its means, its entropy, and its divergence from another member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from ..proving.calc import Author, Draft, derivation
from ..proving.integrals import Points
from . import combinations, products
from .carriers import Carrier, Combined, Product
from .divergence import Measure, log_density, measured
from .facts import inside, signs_of
from .family import Instance, Mean, ParametricFamily

__all__ = ["authors"]


def authors(family: ParametricFamily) -> Iterator[tuple[str, Author]]:
    """Yield the name and the derivation of each theorem about a family.

    Parameters
    ----------
    family : ParametricFamily
    """
    yield from _authors(family)


@lru_cache(maxsize=256)
def _authors(family: ParametricFamily) -> tuple[tuple[str, Author], ...]:
    found: list[tuple[str, Author]] = []
    if not family.theorems:
        return ()

    def add(kind: str, function: Callable[[Draft], None]) -> None:
        name = kind if kind == family.divergence else family.theorem(kind)

        def author(d: Draft) -> None:
            function(d)

        author.__doc__ = f"{family.called(name)}."
        found.append((name, derivation(name)(author)))

    add("log_density", partial(_log_density, family=family))
    if family.carrier is not None:
        carrier = family.carrier
        if isinstance(carrier, Product):
            add("density", partial(_density, family=family, carrier=carrier))
        for mean in family.derived:
            add(mean.name, partial(_mean, family=family, carrier=carrier, mean=mean))
    if not family.means:
        return ()
    if family.closed_entropy:
        add("entropy", partial(_measured, family=family, measure="entropy"))
    add(family.divergence, partial(_measured, family=family, measure="divergence"))
    return tuple(found)


def _instance(d: Draft, family: ParametricFamily) -> Instance:
    """Return a family with a name for each parameter."""
    names = {p.name: family.spelled.get(p.name, p.name) for p in family.parameters}
    d.numbers(" ".join(names.values()))
    return Instance(family, {n: d.p.symbol(own) for n, own in names.items()})


def _another(d: Draft, first: Instance) -> Instance:
    """Return another member of the family, with the parameters that both share."""
    family = first.family
    names = {p.name: family.spelled.get(p.name, p.name) + "2" for p in family.parameters if p.name not in family.shared}
    d.numbers(" ".join(names.values()))
    values = {n: d.p.symbol(own) for n, own in names.items()}
    more = {f"{n}2": v for n, v in values.items()}
    return Instance(family, values | {n: first.read(text, **more) for n, text in family.shared.items()})


def _log_density(d: Draft, family: ParametricFamily) -> None:
    law = _instance(d, family)
    facts = d.given(*(law.read(c, "statement") for c in family.assumed))
    facts += signs_of(d.p, law, facts)
    on = Points(d.p, law.domain)
    d.p.given(on.member.statement)
    log_density(d, on, law, [*facts, *inside(on, facts)])


def _density(d: Draft, family: ParametricFamily, carrier: Product) -> None:
    law = _instance(d, family)
    facts = d.given(*(law.read(c, "statement") for c in family.assumed))
    on = Points(d.p, law.domain)
    d.p.given(on.member.statement)
    products.density(carrier, d, on, law, facts)


def _mean(d: Draft, family: ParametricFamily, carrier: Carrier, mean: Mean) -> None:
    law = _instance(d, family)
    d.numbers(" ".join(family.numbers(mean)))
    more = {n: d.p.symbol(n) for n in family.numbers(mean)}
    facts = d.given(
        *(law.read(c, "statement") for c in family.assumed), *(law.read(c, "statement", **more) for c in mean.given)
    )
    facts += signs_of(d.p, law, facts)
    on = Points(d.p, law.domain)
    if isinstance(carrier, Product) and mean.name not in carrier.pieces:
        products.mean_of(carrier, d, on, law, mean, facts)
    else:
        combined = carrier if isinstance(carrier, Combined) else Combined(carrier.pieces)
        combinations.mean_of(combined, d, on, law, mean, more, facts)


def _measured(d: Draft, family: ParametricFamily, measure: Measure) -> None:
    first = _instance(d, family)
    measured(d, measure, first, first if measure == "entropy" else _another(d, first))
