"""Where the files of the book are: a folder for each topic of the theory, and links between them."""

from __future__ import annotations

from functools import lru_cache

from .contents import family_headings, table

__all__ = ["home", "link", "title", "topic"]

_STORIES = {"why_log": "foundations"}
"""The topics of pages that are not about one theorem."""
_TITLES = {
    "divergence.estimators": "The divergence, estimated",
    "divergence.jensen_shannon": "Jensen–Shannon",
    "densities.divergence": "The divergence of densities",
    "densities.elementary": "Elementary integrals",
    "densities.gaussian": "Γ and Gaussian integrals",
    "densities.halves": "Exponential decay on half-lines",
    "densities.identities": "Identities and bounds for densities",
    "densities.intervals": "Integrals over bounded intervals",
    "densities.maximum_entropy": "Maximum entropy and exponential families",
    "densities.normal_moments": "Moments of the normal distribution",
    "densities.not_integrable": "Functions without an integral",
    "densities.comparison": "Comparison tests for integrals",
    "densities.powers": "Integrals of powers and logarithms",
    "densities.transport": "Parts, maps and pairs of densities",
    "foundations.rel_entr": "rel_entr, the summand of the divergence",
}
"""The titles of files that are not just their name with a capital letter."""


def home(name: str) -> str:
    """Return the file of the theory that derives a theorem, as the written table spells it.

    Parameters
    ----------
    name : str
        A theorem of the table.

    Returns
    -------
    str
        The topic, a dot, and the name of the file.

    Raises
    ------
    KeyError
        When the table does not have the theorem.

    Examples
    --------
    >>> home("kl_nonneg")
    'divergence.gibbs'
    """
    return _homes()[name]


@lru_cache(maxsize=1)
def _homes() -> dict[str, str]:
    return {name: file for file, found in table().items() for name in found}


def topic(name: str) -> str:
    """Return the folder of a page of the book.

    Parameters
    ----------
    name : str
        A theorem of the table, or a page with a name of its own.

    Returns
    -------
    str
        The name of a folder of the theory.

    Raises
    ------
    KeyError
        When there is no such page.

    Examples
    --------
    >>> topic("kl_nonneg"), topic("why_log")
    ('divergence', 'foundations')
    """
    return _STORIES.get(name) or home(name).partition(".")[0]


def link(name: str, seen_from: str) -> str:
    """Return where a page is, seen from another one.

    Parameters
    ----------
    name : str
        The page that the link leads to.
    seen_from : str
        The topic of the page that has the link.

    Returns
    -------
    str
        A relative address.

    Examples
    --------
    >>> link("kl_nonneg", "divergence"), link("kl_nonneg", "coins")
    ('kl_nonneg.md', '../divergence/kl_nonneg.md')
    """
    folder = topic(name)
    return f"{name}.md" if folder == seen_from else f"../{folder}/{name}.md"


def title(file: str) -> str:
    """Return the title of a file of the theory, or of the file about a family.

    Parameters
    ----------
    file : str
        Its name as the written table spells it, with the topic.

    Returns
    -------
    str
        The heading under which its theorems are listed.

    Examples
    --------
    >>> title("divergence.chain_rule"), title("divergence.jensen_shannon")
    ('Chain rule', 'Jensen–Shannon')
    """
    named = _TITLES.get(file) or family_headings().get(file)
    return named or file.rpartition(".")[2].replace("_", " ").capitalize()
