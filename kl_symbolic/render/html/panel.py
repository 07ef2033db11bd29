"""The panel of the two coins: sliders, the numbers of the page at these coins, and a run of flips.

Its small script computes with the floating-point numbers of the browser: it shows what the theorems say, and proves
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from .typesetter import math

__all__ = ["PANELS", "Panel", "coins"]


@final
@dataclass(frozen=True, slots=True)
class Panel:
    """A picture to play with: HTML, and the files with its script and its style.

    Parameters
    ----------
    body, script, style : str
    """

    body: str
    script: str
    style: str


_ROWS = (
    ("kl", r"D_{\mathrm{KL}}(P \parallel Q)", "D(P‖Q)", "what one flip of the first coin says for it, on average"),
    ("lk", r"D_{\mathrm{KL}}(Q \parallel P)", "D(Q‖P)", "the other way round: in general another number"),
    ("entropy", "H(P)", "H(P)", "the entropy of the first coin"),
    ("cross", "H(P, Q)", "H(P,Q)", "the cross-entropy: entropy and divergence together"),
    ("pinsker", "2 (p - q)^2", "2(p − q)²", "Pinsker's bound: the divergence is at least this"),
)

_BITS = {2: "bits"}


def coins(base: int | None = None) -> Panel:
    """Return the panel.

    Parameters
    ----------
    base : int, optional
        The base of the logarithms; natural ones by default.
    """
    unit = "nats" if base is None else _BITS.get(base, f"units of log {base}")
    rows = "\n".join(
        f'<tr><th scope="row">{math(tex, plain)}</th><td><output data-value="{key}"></output></td><td>{words}</td></tr>'
        for key, tex, plain, words in _ROWS
    )
    sliders = "\n".join(
        f'<label>{math(name, name)}<span class="said">, the probability of heads of the {which} coin</span>'
        f'<input type="range" data-coin="{name}" min="0.01" max="0.99" step="0.01" value="{value}">'
        f'<output data-value="{name}"></output></label>'
        for name, which, value in (("p", "first", "0.70"), ("q", "second", "0.50"))
    )
    divergence = math(*_ROWS[0][1:3])
    body = f"""<section class="coins" aria-label="Two coins to play with" data-base="{base or 0}" hidden>
<h3>Two coins to play with</h3>
<p>The first coin shows heads with probability {math("p", "p")}, the second one with probability {math("q", "q")}.
Numbers are in {unit}.</p>
<div class="sliders">
{sliders}
</div>
<div class="bar" aria-hidden="true"><span data-part="entropy"></span><span data-part="kl"></span></div>
<table>
{rows}
</table>
<p>The first coin is flipped <output data-value="flips"></output> times. The line is the logarithm of the ratio
of the two probabilities per flip; it walks towards {divergence}, dashed.
The band is twice the standard deviation on either side.</p>
<div class="run"></div>
<p class="controls"><button type="button" data-do="again">Another run</button>
<label>seed <input type="number" data-coin="seed" min="1" max="999999" step="1" value="1"></label></p>
<p class="note" role="status"><output data-value="said"></output></p>
<p class="note">The browser computes this with floating-point numbers.
It illustrates the theorems and proves nothing.</p>
</section>
<noscript><p class="note">Here is a panel with two sliders for the coins. It needs scripts.</p></noscript>"""
    return Panel(body, "coins.js", "coins.css")


PANELS: dict[str, Callable[[int | None], Panel]] = {"coins": coins}
"""The panels by the names of the pictures that they are, each made for a base of logarithms."""
