"""The Erlang distribution: gamma distributions with an integer as shape, and their theorems."""

from __future__ import annotations

from dataclasses import replace

from .family import Parameter
from .gamma import GAMMA

__all__ = ["ERLANG"]

ERLANG = replace(
    GAMMA,
    name="Erlang",
    title="Erlang distribution",
    parameters=(Parameter("shape", "positive integer"), Parameter("rate")),
    like="Gamma",
)
