"""Short true certificates that several topics spoil."""

from __future__ import annotations

from .pair import Page, proof


def tangent() -> Page:
    """log p1 ≤ p1 − 1 for 0 < p1."""
    p = proof(p1="number")
    return Page.of(p, p.scheme("log_le", {"a": p.term("p1")}, [p.given("0 < p1")]))


def doubled() -> Page:
    """2x ≤ 2y from x ≤ y."""
    p = proof(x="number", y="number")
    return Page.of(p, p.order("2*x <= 2*y", [(2, 1, p.given("x <= y"))]))


def shifted() -> Page:
    """x + 1 ≤ y + 1 from x ≤ y."""
    p = proof(x="number", y="number")
    return Page.of(p, p.order("x + 1 <= y + 1", [(1, 1, p.given("x <= y"))]))


def positive_product() -> Page:
    """0 < x·y from 0 < x and 0 < y."""
    p = proof(x="number", y="number")
    return Page.of(p, p.pos("0 < x*y", p.given("0 < x"), p.given("0 < y")))


def half() -> Page:
    """½·x = x/2."""
    p = proof(x="number")
    return Page.of(p, p.field("1/2*x = x/2"))
