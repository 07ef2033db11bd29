"""Entropy, surprise and cross-entropy: H(P, Q) = H(P) + D(P‖Q), and what follows from it."""

from __future__ import annotations

from ...kernel.statements import eq
from ...proving.calc import Draft, derivation
from ...proving.idioms import distribution, dominated, family, iff_trans, stands_for, two_distributions, weights
from ...proving.tactics import algebra, linear


@derivation("entropy_surprise")
def entropy_surprise(d: Draft) -> None:
    """Entropy is the expected surprise."""
    d.sets("X")
    d.family("p", "X")
    d.given("forall i in X: 0 < p[i]")
    d.prose("The surprise at an outcome of probability `p[i]` is `-log(p[i])`: certain outcomes do not surprise.")
    d.start("entropy(p)")
    d.eq("-sum(i in X: xlogy(p[i], p[i]))", because="the definition")
    d.eq("-sum(i in X: p[i]*log(p[i]))", because="each probability is positive")
    d.eq("sum(i in X: p[i]*(-log(p[i])))", because="the sign moves inside")
    d.close()


@derivation("surprise_additive")
def surprise_additive(d: Draft) -> None:
    """Surprises of independent outcomes add up: this is why the surprise is a logarithm."""
    d.sets("X Y")
    d.family("p", "X")
    d.family("r", "Y")
    d.given(
        "forall i in X: 0 <= p[i]",
        "sum(i in X: p[i]) = 1",
        "forall i in Y: 0 <= r[i]",
        "sum(i in Y: r[i]) = 1",
        "forall i in X: 0 < p[i]",
        "forall i in Y: 0 < r[i]",
    )
    sp, sr = d.p.known[1], d.p.known[3]
    d.start("sum(i in X: sum(j in Y: -(p[i]*r[j])*log(p[i]*r[j])))")
    d.eq(
        "sum(i in X: sum(j in Y: -(p[i]*r[j])*(log(p[i]) + log(r[j]))))",
        because="the log of a product is a sum of logs",
    )
    split = algebra(
        d.p,
        eq(
            d.current,
            d.p.term("sum(j in Y: r[j])*sum(i in X: -p[i]*log(p[i])) + sum(i in X: p[i])*sum(j in Y: -r[j]*log(r[j]))"),
        ),
    )
    d.eq(split.right, by=split, because="sums of products factor")
    form = d.p.term("sum(i in X: -p[i]*log(p[i])) + sum(j in Y: -r[j]*log(r[j]))")
    d.eq(
        form,
        by=linear(
            d.p,
            eq(split.right, form),
            [(d.p.term("sum(i in X: -p[i]*log(p[i]))"), sr), (d.p.term("sum(j in Y: -r[j]*log(r[j]))"), sp)],
        ),
        because="probabilities sum to 1",
    )
    d.eq("entropy(p) + entropy(r)", because="each sum is an entropy")
    d.close()


@derivation("kl_excess_surprise")
def kl_excess_surprise(d: Draft) -> None:
    """The divergence is how much larger the expected surprise is under a model than under the true distribution."""
    d.sets("X")
    d.family("p", "X")
    d.family("q", "X")
    d.given("forall i in X: 0 < p[i]", "forall i in X: 0 < q[i]")
    d.start("kl(p, q)")
    d.eq("sum(i in X: xlogy(p[i], p[i]) - xlogy(p[i], q[i]))", because="the definition")
    d.eq("sum(i in X: p[i]*log(p[i]) - p[i]*log(q[i]))", because="all probabilities are positive")
    d.eq("sum(i in X: p[i]*(-log(q[i]) - -log(p[i])))", because="the surprise under `q` less the surprise under `p`")
    d.close()


@derivation("cross_entropy_identity")
def cross_entropy_identity(d: Draft) -> None:
    """**The cross-entropy identity**: cross-entropy is entropy plus divergence."""
    d.sets("X")
    distribution(d, "p")
    weights(d, "q")
    dominated(d, "p", "q")
    d.prose(
        """Cross-entropy is the loss that is minimized when a model `q` is fitted to data from `p`. The entropy of the
        data cannot be reduced; what training reduces is the divergence."""
    )
    d.start("cross_entropy(p, q)")
    d.eq("-sum(i in X: xlogy(p[i], q[i]))", because="the definition")
    d.eq(
        "-sum(i in X: xlogy(p[i], p[i])) + sum(i in X: xlogy(p[i], p[i]) - xlogy(p[i], q[i]))",
        because="add and subtract `sum(i in X: xlogy(p[i], p[i]))`",
    )
    d.eq("entropy(p) + kl(p, q)", because="the definitions")
    d.close()


@derivation("cross_entropy_le_iff")
def cross_entropy_le_iff(d: Draft) -> None:
    """Comparing models by cross-entropy is comparing them by divergence."""
    p = d.p
    d.sets("X")
    distribution(d, "p")
    weights(d, "q")
    weights(d, "r")
    dominated(d, "p", "q")
    dominated(d, "p", "r")
    np_, sp, nq, nr, acq, acr = p.known
    first = p.cite("cross_entropy_identity", stands_for(p, "p", "q"), [np_, sp, nq, acq])
    second = p.cite("cross_entropy_identity", stands_for(p, "p", q="r"), [np_, sp, nr, acr])
    d.show(first, "cross-entropy is entropy plus divergence")
    d.show(second, "the same for the other model")
    one, two = p.statement("cross_entropy(p, q) <= cross_entropy(p, r)"), p.statement("kl(p, q) <= kl(p, r)")
    forward = linear(p, two, [first, second, p.assume(one)])
    backward = linear(p, one, [first, second, p.assume(two)])
    d.show(p.iff_intro(one, two, forward, backward), "the entropy cancels")


@derivation("cross_entropy_self")
def cross_entropy_self(d: Draft) -> None:
    """The cross-entropy of a distribution with itself is its entropy."""
    d.sets("X")
    weights(d, "p")
    d.start("cross_entropy(p, p)")
    d.eq("entropy(p)", because="both are `-sum(i in X: xlogy(p[i], p[i]))`")
    d.close()


@derivation("cross_entropy_min")
def cross_entropy_min(d: Draft) -> None:
    """The true distribution minimizes the cross-entropy."""
    p = d.p
    two_distributions(d)
    np_, sp, nq, sq, ac = p.known
    identity = p.cite("cross_entropy_identity", stands_for(p, "p", "q"), [np_, sp, nq, ac])
    gibbs = p.cite("kl_nonneg", stands_for(p, "p", "q"), [np_, sp, nq, linear(p, "sum(i in X: q[i]) <= 1", [sq]), ac])
    own = p.cite("cross_entropy_self", {"X": "X", "p": family(p, "p")}, [np_])
    d.show(identity, "cross-entropy is entropy plus divergence")
    d.show(gibbs, "Gibbs' inequality")
    d.show(
        linear(p, "cross_entropy(p, p) <= cross_entropy(p, q)", [identity, gibbs, own]),
        "`cross_entropy(p, p) = entropy(p)`",
    )


@derivation("cross_entropy_min_iff")
def cross_entropy_min_iff(d: Draft) -> None:
    """Only the true distribution minimizes the cross-entropy."""
    p = d.p
    two_distributions(d)
    np_, sp, nq, sq, ac = p.known
    identity = p.cite("cross_entropy_identity", stands_for(p, "p", "q"), [np_, sp, nq, ac])
    case = p.cite("kl_eq_zero_iff", stands_for(p, "p", "q"), [np_, sp, nq, sq, ac])
    own = p.cite("cross_entropy_self", {"X": "X", "p": family(p, "p")}, [np_])
    tight = p.statement("cross_entropy(p, p) = cross_entropy(p, q)")
    zero, same = case.left, p.statement("forall i in X: q[i] = p[i]")
    d.show(identity, "cross-entropy is entropy plus divergence")
    d.show(case, "the equality case of Gibbs' inequality")
    first = p.iff_intro(
        tight,
        zero,
        linear(p, zero, [identity, own, p.assume(tight)]),
        linear(p, tight, [identity, own, p.assume(zero)]),
    )
    i = p.fresh("X")
    back = p.iff_intro(
        case.right,
        same,
        p.gen(i, p.symm(p.spec(p.assume(case.right), i))),
        p.gen(i, p.symm(p.spec(p.assume(same), i))),
    )
    d.show(iff_trans(p, iff_trans(p, first, case), back), "`cross_entropy(p, p) = entropy(p)`")


@derivation("empirical_loss")
def empirical_loss(d: Draft) -> None:
    """The average negative log-likelihood of data is the entropy of their frequencies plus a divergence."""
    d.sets("T X")
    d.declare(x="T -> X")
    d.family("q", "X")
    d.given("forall i in X: 0 < q[i]", "0 < card(T)")
    d.prose("Let `count(x, i)/card(T)` be the frequency of the outcome `i` among the data `x`.")
    d.start("-(1/card(T))*log(prod(t in T: q[x(t)]))")
    d.eq("-(1/card(T))*sum(t in T: log(q[x(t)]))", because="the log of a product is a sum of logs")
    d.eq("-(1/card(T))*sum(i in X: count(x, i)*log(q[i]))", because="collect equal outcomes")
    d.eq("-sum(i in X: count(x, i)/card(T)*log(q[i]))", because="frequencies instead of counts")
    d.eq("-sum(i in X: xlogy(count(x, i)/card(T), q[i]))", because="`q` is positive")
    d.eq(
        "entropy(i in X: count(x, i)/card(T)) + kl(i in X: count(x, i)/card(T), q)",
        because="cross-entropy is entropy plus divergence",
    )
    d.close()
