"""Fano's inequality: who guesses X from Y and seldom errs leaves little uncertainty."""

from __future__ import annotations

from ...kernel.statements import eq, le, lt
from ...kernel.terms import Node, num
from ...language.rewriting import close
from ...proving.builder import hole
from ...proving.calc import Draft, derivation
from ...proving.idioms import delta, family, rel_entr, weights
from ...proving.tactics import linear, prove

ERROR = "1 - sum(i in X: r[i, i])"


@derivation("sum_except")
def sum_except(d: Draft) -> None:
    """A sum over all outcomes but one."""
    p = d.p
    d.sets("X")
    f = d.family("f", "X")
    d.declare(k="X")
    i, k = p.fresh("X"), d.index("k")
    hit = delta("X", k, i)
    split = p.cite("sum_sub", {"X": "X", "f": family(p, "f"), "g": close(hit * f[i], (i.data, "X"))})
    sift = p.scheme("delta_sift", {"X": "X", "i": k, "f": family(p, "f")})
    d.show(sift, "an indicator picks the one")
    same = p.under("sum", i, p.field(eq((1 - hit) * f[i], f[i] - hit * f[i])))
    goal = "sum(i in X: (1 - delta(k, i))*f[i]) = sum(i in X: f[i]) - f[k]"
    d.show(linear(p, goal, [same, split, sift]), "and is taken away")


@derivation("rel_entr_single_out")
def rel_entr_single_out(d: Draft) -> None:
    """The log-sum inequality for one value and all the others together."""
    p = d.p
    d.sets("X")
    weights(d, "f")
    d.declare(i="X", k="X")
    (signs,) = p.known
    i, k = d.index("i"), d.index("k")
    fi, fk, total = d.symbol("f", i), d.symbol("f", k), p.term("sum(i in X: f[i])")
    hit, over = delta("X", k, i), (i.data, "X")
    rest = 1 - hit
    idem = p.cite("delta_idem", {"X": "X", "i": k, "j": i})
    sign, some, whole = p.order(le(0, rest), [(1, rest), (1, 1, idem)]), p.spec(signs, i), prove(p, le(0, total))
    zero = p.spec(p.cite("zero_of_sum", {"X": "X", "f": family(p, "f")}, [signs]), i)
    out = p.cite("rel_entr_smul", {"c": rest, "a": fi, "b": total}, [sign, some, whole, zero])
    d.show(out, "the factor is 0 for the one value and 1 for the others")
    none = p.cite("mul_dominated", {"c": rest, "a": fi, "b": total}, [zero])
    signed = [p.gen(i, p.pos(le(0, rest * x), sign, s)) for x, s in ((fi, some), (total, whole))]
    scaled: dict[str, Node | str] = {"X": "X"}
    scaled.update({n: close(rest * x, over) for n, x in (("a", fi), ("b", total))})
    merged = p.cite("log_sum_le", scaled, [*signed, p.gen(i, none)])
    d.show(merged, "the log-sum inequality for the others")
    each = p.under("sum", i, out)
    others = [p.cite("sum_except", {"X": "X", "k": k, "f": close(x, over)}) for x in (fi, total, rel_entr(fi, total))]
    ones = p.scheme("sum_mul", {"X": "X", "a": total, "f": close(num(1), over)})
    size = p.trans(p.under("sum", i, p.field(eq(total, total * 1))), ones)
    count = p.term("card(X)") - 1
    counted = p.congr(total * hole(), p.scheme("sum_one", {"X": "X"}))
    left = p.rewrite(merged, others[0], linear(p, eq(others[1].left, count * total), [others[1], size, counted]))
    goal = le(rel_entr(fk, total) + rel_entr(total - fk, count * total), others[2].right.args[0])
    d.show(linear(p, goal, [left, each, others[2]]), "count the others")


@derivation("fano")
def fano(d: Draft) -> None:
    """**Fano's inequality**: who seldom guesses a variable wrong has little left to learn about it."""
    p = d.p
    d.sets("X")
    d.declare(r="X, X -> number")
    signs, one, size = d.given(
        "forall i in X: forall j in X: 0 <= r[i, j]", "sum(i in X: sum(j in X: r[i, j])) = 1", "2 <= card(X)"
    )
    d.prose(
        f"""Let `r[i, j]` be the probability that the value is `i` and the guess `j`, so that it is wrong with the
        probability `{ERROR}`. What is left to learn, `cond_entropy(r)`, is whether the guess is wrong and, where it is,
        which of the other `card(X) - 1` values is right."""
    )
    x, y = p.fresh("X"), p.fresh("X")
    over = (y.data, "X")
    here, right, others = d.symbol("r", x, y), d.symbol("r", y, y), p.term("card(X)") - 1
    family = close(here, (x.data, "X"))
    values: dict[str, Node | str] = {"X": "X", "f": family}
    column = Node("sum", None, (family,))
    positive = p.gen(x, p.spec(signs, x, y))
    alone = p.cite("rel_entr_single_out", {**values, "k": y}, [positive])
    d.show(p.gen(y, alone), "for each guess, the log-sum inequality for all values but the right one")
    # What the log-sum inequality asks of right guesses, and of wrong ones.
    most = p.spec(p.cite("le_sum_of_nonneg", values, [positive]), y)
    zero = p.spec(p.cite("zero_of_sum", values, [positive]), y)
    some, several = prove(p, le(0, column), [positive]), p.order(lt(0, others), [(1, 1, size), (1, 1)])
    none = p.assume(eq(others * column, 0))
    empty = p.order(eq(column, 0), [(1, 1 / others, none)], several)
    wrong = p.disch(none.statement, linear(p, eq(column - right, 0), [empty, p.mp(zero, empty)]))
    signed = [p.order(le(0, column - right), [(1, 1, most)]), p.pos(le(0, others * column), several, some)]
    sides = [
        (right, column, [p.spec(signs, y, y), some, zero]),
        (column - right, others * column, [*signed, wrong]),
    ]
    merged = [
        p.cite("log_sum_le", {"X": "X", "a": close(a, over), "b": close(b, over)}, [p.gen(y, f) for f in facts])
        for a, b, facts in sides
    ]
    # The sums in them: 1 − e and 1, e and |X| − 1.
    swap = p.scheme("sum_swap", {"X": "X", "Y": "X", "f": close(here, (x.data, "X"), over)})
    error, hits = p.term(ERROR), p.term("sum(i in X: r[i, i])")
    less = p.cite("sum_sub", {"X": "X", "f": close(column, over), "g": close(right, over)})
    scaled = p.scheme("sum_mul", {"X": "X", "a": others, "f": close(column, over)})
    whole = linear(p, eq(swap.right, 1), [swap, one])
    fails = linear(p, eq(less.left, error), [less, whole])
    spread = linear(p, eq(scaled.left, others), [scaled, (others, whole)])
    merits = p.cite("rel_entr_one", {"a": hits}, [prove(p, le(0, hits))])
    rights = p.rewrite(merged[0], whole, merits)
    d.show(rights, "the log-sum inequality over all guesses, where they are right")
    wrongs = d.show(p.rewrite(merged[1], fails, spread), "and where they are wrong")
    rights = p.rewrite(rights, p.field(eq(hits, 1 - error)))
    guessed = p.unfold(wrongs.left)
    choices = p.scheme("xlogy_mul", {"a": error, "b": others}, [several])
    # Sum over the guesses.
    added = [close(term, over) for term in alone.left.args]
    bounds = {"f": close(alone.left, over), "g": close(alone.right, over)}
    mono = p.scheme("sum_mono", {"X": "X", **bounds}, [p.gen(y, alone)])
    split = p.scheme("sum_add", {"X": "X", "f": added[0], "g": added[1]})
    turned = p.scheme("sum_swap", {"X": "X", "Y": "X", "f": close(rel_entr(here, column), (x.data, "X"), over)})
    opened = p.unfold(p.term("cond_entropy(r)"))
    # The coin that says whether the guess is wrong, and the other values.
    coin = f"-xlogy({ERROR}, {ERROR}) - xlogy(1 - ({ERROR}), 1 - ({ERROR}))"
    facts = [mono, split, turned, opened, rights, wrongs, guessed, choices]
    goal = f"cond_entropy(r) <= {coin} + ({ERROR})*log(card(X) - 1)"
    d.show(linear(p, goal, facts), "sum the first line over the guesses")
