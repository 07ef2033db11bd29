"""The contract about densities: what holds on every domain, and the divergence that is estimated from samples."""

from __future__ import annotations

from .words import FAMILY, NUMBER, SET, Row, positive

F = "number -> number"
SEQUENCE = "Nat -> number"


def at_least_zero(name: str, over: str = "D", of: str = "x") -> str:
    return f"forall {of} in {over}: 0 <= {name}({of})"


def above_zero(name: str, over: str = "D") -> str:
    return f"forall x in {over}: 0 < {name}(x)"


def total(name: str, value: str = "1", over: str = "D") -> str:
    return f"int(x in {over}: {name}(x)) = {value}"


def density(name: str, over: str = "D") -> list[str]:
    return [at_least_zero(name, over), total(name, "1", over)]


def dominated(first: str = "p", by: str = "q", over: str = "D") -> str:
    return f"forall x in {over}: {by}(x) = 0 => {first}(x) = 0"


def divergence(first: str, second: str, value: str, over: str = "D") -> str:
    return f"int(x in {over}: rel_entr({first}(x), {second}(x))) = {value}"


def entropy(name: str, value: str, over: str = "D") -> str:
    return f"int(x in {over}: -xlogy({name}(x), {name}(x))) = {value}"


def names(functions: str, numbers: str = "", over: str = "D", sort: str = "domain", **more: str) -> dict[str, str]:
    functions_of_a_number = dict.fromkeys(functions.split(), F)
    return {over: sort, **functions_of_a_number, **dict.fromkeys(numbers.split(), NUMBER), **more}


def above_integrand(numbers: str, positive_ones: str, last: str, condition: str) -> Row:
    bound = f"forall x in (0, oo): s*(x^r*(x^(p*a - 1)*{last})) <= f(x)"
    return (
        {**dict.fromkeys(f"{positive_ones} {numbers} p r v".split(), NUMBER), "f": F},
        [*(f"0 < {n}" for n in positive_ones.split()), "p != 0", condition, bound, total("f", "v", "(0, oo)")],
        "0 = 1",
    )


PAIR = [at_least_zero("p"), at_least_zero("q"), dominated()]
TWO = [*density("p"), *density("q"), dominated()]
SMOOTH = [
    "forall x in D: phi(x) in E",
    "forall x in E: psi(x) in D",
    "forall x in E: phi(psi(x)) = x",
    "forall x in D: deriv(y: phi(y), x) = s(x)",
    "forall x in D: deriv(y: s(y), x) = t(x)",
    "forall x in D: s(x) != 0",
]
BACK = [
    "forall x in D: psi(phi(x)) = x",
    "forall x in E: deriv(y: psi(y), x) = s2(x)",
    "forall x in E: deriv(y: s2(y), x) = t2(x)",
    "forall x in E: s2(x) != 0",
]
ON_E = [at_least_zero("p", "E"), at_least_zero("q", "E"), dominated(over="E")]
PULLED = "int(x in D: rel_entr(p(phi(x))*abs(s(x)), q(phi(x))*abs(s(x)))) = v"
CHANGE = names("p q phi psi s t", "v", "D", "interval", E="interval")
CELLS = [
    "forall x in E: x in I",
    "forall x in E: x < c",
    "forall x in G: x in I",
    "forall x in G: c < x",
    "forall x in I: x < c => x in E",
    "forall x in I: c < x => x in G",
    at_least_zero("p", "I"),
    at_least_zero("q", "I"),
    dominated(over="I"),
    total("p", "a1", "E"),
    total("p", "a2", "G"),
    total("q", "b1", "E"),
    total("q", "b2", "G"),
    divergence("p", "q", "v", "I"),
    "0 < b1",
    "0 < b2",
]
KERNELS = [
    *PAIR,
    "forall x in D: forall y in E: 0 <= V(x, y)",
    "forall x in D: forall y in E: 0 <= W(x, y)",
    "forall x in D: int(y in E: V(x, y)) = 1",
    "forall x in D: forall y in E: W(x, y) = 0 => V(x, y) = 0",
    "forall x in D: int(y in E: rel_entr(V(x, y), W(x, y))) = d(x)",
]
KERNEL_NAMES = {"E": "domain", "V": "number, number -> number", "W": "number, number -> number"}
BOTH_STEPS = "forall x in D: int(y in E: rel_entr(p(x)*V(x, y), q(x)*W(x, y))) = f(x)"
MAXIMUM = [
    "forall x in D: q(x) = exp(lambda*t(x) - psi)",
    *density("p"),
    total("q"),
    "int(x in D: p(x)*t(x)) = tau",
    "int(x in D: q(x)*t(x)) = tau",
    entropy("p", "h"),
    entropy("q", "k"),
]
MAXIMUM_NAMES = names("p q t", "h k lambda psi tau")
NORMAL_AT_X = "(exp(-((x - m)^2/(2*s^2)))/(s*(2*pi)^(1/2)))"
NORMAL: tuple[dict[str, str], list[str]] = ({"m": NUMBER, "s": NUMBER}, ["0 < s"])
TILTED: tuple[dict[str, str], list[str]] = ({"m": NUMBER, "s": NUMBER, "t": NUMBER}, ["0 < s"])
POSITIVE_PAIR = [above_zero("p"), above_zero("q"), divergence("p", "q", "v")]

UNDER_BETA = (dict.fromkeys("ab", NUMBER), ["0 < a", "0 < b"])
BETA_POWER = (dict.fromkeys("abp", NUMBER), ["0 < a", "0 < b", "0 < p"])
BETA = "Gamma(a)*Gamma(b)/Gamma(a + b)"


def beta_in(exponent: str) -> tuple[dict[str, str], list[str]]:
    return dict.fromkeys(("a", "b", "c", exponent), NUMBER), ["0 < a", "0 < b", "0 < c", f"{exponent} != 0"]


IN_POWER = (dict.fromkeys("acp", NUMBER), ["0 < a", "0 < c", "p != 0"])
ON_LINE = (dict.fromkeys("ack", NUMBER), ["0 < a", "0 < c", "k != 0"])

ROWS: dict[str, Row] = {
    # integrals and limits
    "int_congr": (names("f g", "u"), ["forall x in D: f(x) = g(x)", total("f", "u")], total("g", "u")),
    "int_unique": (names("f", "u v"), [total("f", "u"), total("f", "v")], "u = v"),
    "int_sub": (names("f g", "u v"), [total("f", "u"), total("g", "v")], "int(x in D: f(x) - g(x)) = u - v"),
    "int_neg": (names("f", "u"), [total("f", "u")], "int(x in D: -f(x)) = -u"),
    "int_div": (names("f", "c u"), ["c != 0", total("f", "u")], "int(x in D: f(x)/c) = u/c"),
    "int_linear": (
        {"X": SET, "D": "domain", "f": "X, number -> number", "c": "X -> number", "v": "X -> number"},
        ["forall j in X: int(x in D: f(j, x)) = v[j]"],
        "int(x in D: sum(j in X: c[j]*f(j, x))) = sum(j in X: c[j]*v[j])",
    ),
    "limit_unique": (
        {"a": NUMBER, "b": NUMBER, "u": SEQUENCE},
        ["lim(n: u[n]) -> a", "lim(n: u[n]) -> b"],
        "a = b",
    ),
    "not_integrable": (
        names("f", "v", l="Nat, number -> number", a=SEQUENCE),
        [
            "forall n in Nat: forall x in D: l(n, x) <= f(x)",
            "forall n in Nat: int(x in D: l(n, x)) = a[n]",
            "forall n in Nat: n <= a[n]",
            total("f", "v"),
        ],
        "0 = 1",
    ),
    # on every domain
    "density_master": (
        names("p q c", "u v"),
        [*PAIR, above_zero("c"), divergence("p", "q", "v"), "int(x in D: p(x)*log(c(x)) + p(x) - c(x)*q(x)) = u"],
        "u <= v",
    ),
    "density_kl_nonneg": (
        names("p q", "m v"),
        [*density("p"), at_least_zero("q"), total("q", "m"), "m <= 1", dominated(), divergence("p", "q", "v")],
        "0 <= v",
    ),
    "density_kl_self": (names("p"), [at_least_zero("p")], divergence("p", "p", "0")),
    "density_kl_eq_zero": (names("p q"), [*TWO, divergence("p", "q", "0")], "int(x in D: abs(p(x) - q(x))) = 0"),
    "density_kl_eq_zero_iff": (
        names("p q f g", "v", "I", "interval"),
        [
            above_zero("p", "I"),
            above_zero("q", "I"),
            "forall x in I: deriv(y: p(y), x) = f(x)",
            "forall x in I: deriv(y: q(y), x) = g(x)",
            total("p", "1", "I"),
            total("q", "1", "I"),
            "int(x in I: p(x)*log(p(x)/q(x))) = v",
        ],
        "v = 0 <=> forall x in I: p(x) = q(x)",
    ),
    "density_cross_entropy_identity": (
        names("p q", "h c"),
        [entropy("p", "h"), "int(x in D: -xlogy(p(x), q(x))) = c"],
        divergence("p", "q", "c - h"),
    ),
    "density_cross_entropy_min": (
        names("p q", "h c"),
        [*TWO, entropy("p", "h"), "int(x in D: -xlogy(p(x), q(x))) = c"],
        "h <= c",
    ),
    "density_kl_mass_corrected": (
        names("p q", "a b v"),
        [at_least_zero("p"), above_zero("q"), total("p", "a"), total("q", "b"), divergence("p", "q", "v")],
        "int(x in D: q(x)*(xlogy(p(x)/q(x), p(x)/q(x)) + 1 - p(x)/q(x))) = v - a + b",
    ),
    "density_kl_mass_corrected_nonneg": (
        names("p q", "a b v"),
        [*PAIR, total("p", "a"), total("q", "b"), divergence("p", "q", "v")],
        "0 <= v - a + b",
    ),
    "density_log_sum": (
        names("p q", "a b v"),
        [*PAIR, total("p", "a"), total("q", "b"), divergence("p", "q", "v")],
        "rel_entr(a, b) <= v",
    ),
    "density_kl_convex": (
        names("p q r s", "lambda u v w"),
        [
            "0 < lambda",
            "lambda < 1",
            *map(at_least_zero, "prqs"),
            dominated(),
            dominated("r", "s"),
            divergence("p", "q", "u"),
            divergence("r", "s", "v"),
            "int(x in D: rel_entr(lambda*p(x) + (1 - lambda)*r(x), lambda*q(x) + (1 - lambda)*s(x))) = w",
        ],
        "w <= lambda*u + (1 - lambda)*v",
    ),
    "density_pinsker": (
        names("p q", "t v"),
        [*TWO, "int(x in D: abs(p(x) - q(x))) = t", divergence("p", "q", "v")],
        "t^2 <= 2*v",
    ),
    "density_donsker_varadhan_le": (
        names("p q g", "Z u v"),
        [
            *density("p"),
            at_least_zero("q"),
            dominated(),
            "int(x in D: q(x)*exp(g(x))) = Z",
            "int(x in D: p(x)*g(x)) = u",
            divergence("p", "q", "v"),
        ],
        "u - log(Z) <= v",
    ),
    "density_three_point": (
        names("p q r", "s u v w"),
        [
            at_least_zero("p"),
            above_zero("q"),
            above_zero("r"),
            divergence("p", "r", "u"),
            divergence("p", "q", "v"),
            divergence("q", "r", "w"),
            "int(x in D: (p(x) - q(x))*log(q(x)/r(x))) = s",
        ],
        "u = v + w + s",
    ),
    "density_compensation": (
        names("q", "z", T=SET, p="T, number -> number", **dict.fromkeys("uvw", "T -> number")),
        [
            "forall k in T: 0 < w[k]",
            "sum(k in T: w[k]) = 1",
            "forall k in T: forall x in D: 0 <= p(k, x)",
            at_least_zero("q"),
            "forall k in T: forall x in D: q(x) = 0 => p(k, x) = 0",
            "forall k in T: int(x in D: rel_entr(p(k, x), q(x))) = u[k]",
            "forall k in T: int(x in D: rel_entr(p(k, x), sum(s in T: w[s]*p(s, x)))) = v[k]",
            "int(x in D: rel_entr(sum(k in T: w[k]*p(k, x)), q(x))) = z",
        ],
        "sum(k in T: w[k]*u[k]) = sum(k in T: w[k]*v[k]) + z",
    ),
    "density_kl_smul": (
        names("p q", "c v"),
        ["0 < c", *PAIR, divergence("p", "q", "v")],
        "int(x in D: rel_entr(c*p(x), c*q(x))) = c*v",
    ),
    "density_kl_smul_left": (
        names("p q", "a c v"),
        ["0 < c", *PAIR, total("p", "a"), divergence("p", "q", "v")],
        "int(x in D: rel_entr(c*p(x), q(x))) = c*v + c*log(c)*a",
    ),
    "density_kl_smul_right": (
        names("p q", "a c v"),
        ["0 < c", *PAIR, total("p", "a"), divergence("p", "q", "v")],
        "int(x in D: rel_entr(p(x), c*q(x))) = v - log(c)*a",
    ),
    "kl_two_cells": (
        names("p q", "a1 a2 b1 b2 c v", "I", "interval", E="interval", G="interval"),
        CELLS,
        "rel_entr(a1, b1) + rel_entr(a2, b2) <= v",
    ),
    "kl_change_of_variables": (CHANGE, [*ON_E, divergence("p", "q", "v", "E"), *SMOOTH], PULLED),
    "kl_change_of_variables_back": (
        {**CHANGE, "s2": F, "t2": F},
        [*ON_E, PULLED, *SMOOTH, *BACK],
        divergence("p", "q", "v", "E"),
    ),
    "density_kl_chain_rule_inner": (
        names("p q d", **KERNEL_NAMES),
        KERNELS,
        "forall x in D: int(y in E: rel_entr(p(x)*V(x, y), q(x)*W(x, y))) = rel_entr(p(x), q(x)) + p(x)*d(x)",
    ),
    "density_kl_chain_rule": (
        names("p q d f", "v w", **KERNEL_NAMES),
        [*KERNELS, BOTH_STEPS, divergence("p", "q", "v"), "int(x in D: p(x)*d(x)) = w"],
        total("f", "v + w"),
    ),
    "density_kl_product": (
        names("p q r s f", "v w", E="domain"),
        [
            *PAIR,
            at_least_zero("r", "E"),
            at_least_zero("s", "E"),
            total("r", "1", "E"),
            dominated("r", "s", "E"),
            divergence("r", "s", "w", "E"),
            "forall x in D: int(y in E: rel_entr(p(x)*r(y), q(x)*s(y))) = f(x)",
            divergence("p", "q", "v"),
            total("p"),
        ],
        total("f", "v + w"),
    ),
    "density_max_entropy": (MAXIMUM_NAMES, MAXIMUM, "h <= k"),
    "density_max_entropy_eq": (MAXIMUM_NAMES, [*MAXIMUM, "h = k"], "int(x in D: abs(p(x) - q(x))) = 0"),
    "uniform_max_entropy": (
        {"a": NUMBER, "b": NUMBER, "h": NUMBER, "p": F},
        ["a < b", *density("p", "(a, b)"), entropy("p", "h", "(a, b)")],
        "h <= log(b - a)",
    ),
    "exponential_max_entropy": (
        {"h": NUMBER, "p": F, "tau": NUMBER},
        ["0 < tau", "int(x in (0, oo): p(x)*x) = tau", *density("p", "(0, oo)"), entropy("p", "h", "(0, oo)")],
        "h <= 1 + log(tau)",
    ),
    "normal_max_entropy": (
        {"h": NUMBER, "m": NUMBER, "p": F, "s": NUMBER},
        [
            "0 < s",
            "int(x in reals: p(x)*(x - m)^2) = s^2",
            *density("p", "reals"),
            entropy("p", "h", "reals"),
        ],
        "h <= 1/2*log(2*pi*exp(1)*s^2)",
    ),
    "geometric_max_entropy": (
        {"h": NUMBER, "p": F, "tau": NUMBER},
        ["0 < tau", "int(n in nats: p(n)*n) = tau", *density("p", "nats"), entropy("p", "h", "nats")],
        "h <= (1 + tau)*log(1 + tau) - tau*log(tau)",
    ),
    "exponential_family_kl": (
        names(
            "p q h",
            "A B",
            X=SET,
            T="X, number -> number",
            **dict.fromkeys(("theta", "kappa", "m"), "X -> number"),
        ),
        [
            above_zero("h"),
            "forall x in D: p(x) = h(x)*exp(sum(j in X: theta[j]*T(j, x)) - A)",
            "forall x in D: q(x) = h(x)*exp(sum(j in X: kappa[j]*T(j, x)) - B)",
            total("p"),
            "forall j in X: int(x in D: p(x)*T(j, x)) = m[j]",
        ],
        "int(x in D: p(x)*log(p(x)/q(x))) = sum(j in X: (theta[j] - kappa[j])*m[j]) - A + B",
    ),
    # the integrals of Euler
    "gamma_succ": ({"a": NUMBER}, ["0 < a"], "Gamma(a + 1) = a*Gamma(a)"),
    "gamma_log_int": (
        {"a": NUMBER},
        ["0 < a"],
        "int(x in (0, oo): log(x)*(x^(a - 1)*exp(-x))) = Gamma(a)*digamma(a)",
    ),
    "power_gamma_int": (
        *IN_POWER,
        "int(x in (0, oo): x^(p*a - 1)*exp(-(c*x^p))) = Gamma(a)/(abs(p)*c^a)",
    ),
    "power_gamma_log_int": (
        *IN_POWER,
        "int(x in (0, oo): log(x)*(x^(p*a - 1)*exp(-(c*x^p)))) = Gamma(a)/(abs(p)*c^a)*((digamma(a) - log(c))/p)",
    ),
    "line_gamma_int": (
        *ON_LINE,
        "int(x in reals: exp(k*a*x)*exp(-(c*exp(k*x)))) = Gamma(a)/(abs(k)*c^a)",
    ),
    "line_gamma_mean_int": (
        *ON_LINE,
        "int(x in reals: x*(exp(k*a*x)*exp(-(c*exp(k*x))))) = Gamma(a)/(abs(k)*c^a)*((digamma(a) - log(c))/k)",
    ),
    "beta_log_int": (
        *UNDER_BETA,
        f"int(x in (0, 1): log(x)*(x^(a - 1)*(1 - x)^(b - 1))) = {BETA}*(digamma(a) - digamma(a + b))",
    ),
    "beta_log_one_sub_int": (
        *UNDER_BETA,
        f"int(x in (0, 1): log(1 - x)*(x^(a - 1)*(1 - x)^(b - 1))) = {BETA}*(digamma(b) - digamma(a + b))",
    ),
    "power_beta_int": (
        *BETA_POWER,
        "int(x in (0, 1): x^(p*a - 1)*(1 - x^p)^(b - 1)) = Gamma(a)*Gamma(b)/(Gamma(a + b)*p)",
    ),
    "power_beta_log_int": (
        *BETA_POWER,
        "int(x in (0, 1): log(x)*(x^(p*a - 1)*(1 - x^p)^(b - 1)))"
        " = Gamma(a)*Gamma(b)/(Gamma(a + b)*p)*((digamma(a) - digamma(a + b))/p)",
    ),
    "power_beta_log_one_sub_int": (
        *BETA_POWER,
        "int(x in (0, 1): log(1 - x^p)*(x^(p*a - 1)*(1 - x^p)^(b - 1)))"
        " = Gamma(a)*Gamma(b)/(Gamma(a + b)*p)*(digamma(b) - digamma(a + b))",
    ),
    "beta_prime_int": (
        *beta_in("p"),
        "int(x in (0, oo): x^(p*a - 1)*(1 + c*x^p)^(-(a + b))) = Gamma(a)*Gamma(b)/(Gamma(a + b)*abs(p)*c^a)",
    ),
    "beta_prime_log_int": (
        *beta_in("p"),
        "int(x in (0, oo): log(x)*(x^(p*a - 1)*(1 + c*x^p)^(-(a + b))))"
        " = Gamma(a)*Gamma(b)/(Gamma(a + b)*abs(p)*c^a)*((digamma(a) - digamma(b) - log(c))/p)",
    ),
    "beta_prime_log_one_add_int": (
        *beta_in("p"),
        "int(x in (0, oo): log(1 + c*x^p)*(x^(p*a - 1)*(1 + c*x^p)^(-(a + b))))"
        " = Gamma(a)*Gamma(b)/(Gamma(a + b)*abs(p)*c^a)*(digamma(a + b) - digamma(b))",
    ),
    "line_beta_int": (
        *beta_in("k"),
        "int(x in reals: exp(k*a*x)*(1 + c*exp(k*x))^(-(a + b))) = Gamma(a)*Gamma(b)/(Gamma(a + b)*abs(k)*c^a)",
    ),
    "line_beta_mean_int": (
        *beta_in("k"),
        "int(x in reals: x*(exp(k*a*x)*(1 + c*exp(k*x))^(-(a + b))))"
        " = Gamma(a)*Gamma(b)/(Gamma(a + b)*abs(k)*c^a)*((digamma(a) - digamma(b) - log(c))/k)",
    ),
    "line_beta_log_one_add_int": (
        *beta_in("k"),
        "int(x in reals: log(1 + c*exp(k*x))*(exp(k*a*x)*(1 + c*exp(k*x))^(-(a + b))))"
        " = Gamma(a)*Gamma(b)/(Gamma(a + b)*abs(k)*c^a)*(digamma(a + b) - digamma(b))",
    ),
    # integrals behind families of distributions
    "gauss_mean_int": ({}, [], "int(x in reals: x*exp(-x^2)) = 0"),
    "gauss_square_int": ({}, [], "int(x in reals: x^2*exp(-x^2)) = pi^(1/2)/2"),
    "normal_centered_mean": (*NORMAL, f"int(x in reals: (x - m)*{NORMAL_AT_X}) = 0"),
    "normal_variance": (*NORMAL, f"int(x in reals: (x - m)^2*{NORMAL_AT_X}) = s^2"),
    "normal_mean": (*NORMAL, f"int(x in reals: x*{NORMAL_AT_X}) = m"),
    "normal_square_mean": (*NORMAL, f"int(x in reals: x^2*{NORMAL_AT_X}) = m^2 + s^2"),
    "normal_exp_mean": (*TILTED, f"int(x in reals: exp(t*x)*{NORMAL_AT_X}) = exp(t*m + t^2*s^2/2)"),
    "normal_exp_times_mean": (
        *TILTED,
        f"int(x in reals: x*exp(t*x)*{NORMAL_AT_X}) = (m + t*s^2)*exp(t*m + t^2*s^2/2)",
    ),
    "mul_exp_neg_sq_limit": ({}, [], "lim(n: n*exp(-n^2)) -> 0"),
    "int_log": ({"f": F, "u": NUMBER}, ["int(x in reals: f(x)) = u"], "int(x in (0, oo): f(log(x))*(1/x)) = u"),
    "int_log_change_open": (
        {"a": NUMBER, "b": NUMBER, "f": F, "u": NUMBER},
        ["0 < a", "a < b", "int(x in (log(a), log(b)): f(x)) = u"],
        "int(x in (a, b): f(log(x))*(1/x)) = u",
    ),
    "int_log_change_above": (
        {"a": NUMBER, "f": F, "u": NUMBER},
        ["0 < a", "int(x in (log(a), oo): f(x)) = u"],
        "int(x in (a, oo): f(log(x))*(1/x)) = u",
    ),
    "int_log_change_below": (
        {"b": NUMBER, "f": F, "u": NUMBER},
        ["0 < b", "int(x in (-oo, log(b)): f(x)) = u"],
        "int(x in (0, b): f(log(x))*(1/x)) = u",
    ),
    "int_exp_change_above": (
        {"a": NUMBER, "f": F, "u": NUMBER},
        ["0 < a", "int(x in (a, oo): f(x)) = u"],
        "int(x in (log(a), oo): f(exp(x))*exp(x)) = u",
    ),
    "int_exp_change_below": (
        {"b": NUMBER, "f": F, "u": NUMBER},
        ["0 < b", "int(x in (0, b): f(x)) = u"],
        "int(x in (-oo, log(b)): f(exp(x))*exp(x)) = u",
    ),
    "int_above_change": (
        {"c": NUMBER, "m": NUMBER, "f": F, "u": NUMBER},
        ["0 < c", "int(x in (0, oo): f(x)) = u"],
        "int(x in (m, oo): f(c*(x - m))*c) = u",
    ),
    "int_mirror": (
        {"m": NUMBER, "f": F, "u": NUMBER},
        ["int(x in (m, oo): f(x)) = u"],
        "int(x in (-oo, m): f(2*m - x)) = u",
    ),
    "mul_exp_neg_mul_limit": ({"c": NUMBER}, ["0 < c"], "lim(n: n*exp(-(c*n))) -> 0"),
    "exp_neg_int": ({}, [], "int(x in (0, oo): exp(-x)) = 1"),
    "exp_neg_mean_int": ({}, [], "int(x in (0, oo): x*exp(-x)) = 1"),
    "exp_neg_square_int": ({}, [], "int(x in (0, oo): x^2*exp(-x)) = 2"),
    "exp_above_int": ({"c": NUMBER, "m": NUMBER}, ["0 < c"], "int(x in (m, oo): exp(-(c*(x - m)))) = 1/c"),
    "exp_below_int": ({"c": NUMBER, "m": NUMBER}, ["0 < c"], "int(x in (-oo, m): exp(-(c*(m - x)))) = 1/c"),
    "exp_above_mean_int": (
        {"c": NUMBER, "m": NUMBER},
        ["0 < c"],
        "int(x in (m, oo): (x - m)*exp(-(c*(x - m)))) = 1/c^2",
    ),
    "exp_below_mean_int": (
        {"c": NUMBER, "m": NUMBER},
        ["0 < c"],
        "int(x in (-oo, m): (m - x)*exp(-(c*(m - x)))) = 1/c^2",
    ),
    "exp_above_square_int": (
        {"c": NUMBER, "m": NUMBER},
        ["0 < c"],
        "int(x in (m, oo): (x - m)^2*exp(-(c*(x - m)))) = 2/c^3",
    ),
    "exp_below_square_int": (
        {"c": NUMBER, "m": NUMBER},
        ["0 < c"],
        "int(x in (-oo, m): (m - x)^2*exp(-(c*(m - x)))) = 2/c^3",
    ),
    "exp_abs_int": (
        {"c": NUMBER, "m": NUMBER},
        ["0 < c"],
        "int(x in reals: exp(-(c*abs(x - m)))) = 2/c",
    ),
    "exp_abs_mean_int": (
        {"c": NUMBER, "m": NUMBER},
        ["0 < c"],
        "int(x in reals: (x - m)*exp(-(c*abs(x - m)))) = 0",
    ),
    "exp_abs_square_int": (
        {"c": NUMBER, "m": NUMBER},
        ["0 < c"],
        "int(x in reals: (x - m)^2*exp(-(c*abs(x - m)))) = 4/c^3",
    ),
    "exp_abs_distance_int": (
        {"c": NUMBER, "m": NUMBER, "r": NUMBER},
        ["0 < c"],
        "int(x in reals: abs(x - r)*exp(-(c*abs(x - m)))) = 2/c*abs(m - r) + 2/c^2*exp(-(c*abs(m - r)))",
    ),
    "int_id": ({"a": NUMBER, "b": NUMBER}, ["a < b"], "int(x in (a, b): x) = (b^2 - a^2)/2"),
    "int_square_id": ({"a": NUMBER, "b": NUMBER}, ["a < b"], "int(x in (a, b): x^2) = (b^3 - a^3)/3"),
    "int_exp": (
        {"a": NUMBER, "b": NUMBER, "k": NUMBER},
        ["a < b", "k != 0"],
        "int(x in (a, b): exp(k*x)) = (exp(k*b) - exp(k*a))/k",
    ),
    "int_mul_exp": (
        {"a": NUMBER, "b": NUMBER, "k": NUMBER},
        ["a < b", "k != 0"],
        "int(x in (a, b): x*exp(k*x)) = (exp(k*b)*(k*b - 1) - exp(k*a)*(k*a - 1))/k^2",
    ),
    "int_square_exp": (
        {"a": NUMBER, "b": NUMBER, "k": NUMBER},
        ["a < b", "k != 0"],
        "int(x in (a, b): x^2*exp(k*x)) = (exp(k*b)*((k*b)^2 - 2*(k*b) + 2) - exp(k*a)*((k*a)^2 - 2*(k*a) + 2))/k^3",
    ),
    "int_power": ({"b": NUMBER, "k": NUMBER}, ["0 < b", "0 < k"], "int(x in (0, b): x^(k - 1)) = b^k/k"),
    "int_power_log": (
        {"b": NUMBER, "k": NUMBER},
        ["0 < b", "0 < k"],
        "int(x in (0, b): x^(k - 1)*log(x)) = b^k*(log(b)/k - 1/k^2)",
    ),
    "int_power_log_square": (
        {"b": NUMBER, "k": NUMBER},
        ["0 < b", "0 < k"],
        "int(x in (0, b): x^(k - 1)*log(x)^2) = b^k*(log(b)^2/k - 2*log(b)/k^2 + 2/k^3)",
    ),
    "int_power_above": ({"a": NUMBER, "k": NUMBER}, ["0 < a", "0 < k"], "int(x in (a, oo): x^(-k - 1)) = a^(-k)/k"),
    "int_power_log_above": (
        {"a": NUMBER, "k": NUMBER},
        ["0 < a", "0 < k"],
        "int(x in (a, oo): x^(-k - 1)*log(x)) = a^(-k)*(log(a)/k + 1/k^2)",
    ),
    "int_power_log_square_above": (
        {"a": NUMBER, "k": NUMBER},
        ["0 < a", "0 < k"],
        "int(x in (a, oo): x^(-k - 1)*log(x)^2) = a^(-k)*(log(a)^2/k + 2*log(a)/k^2 + 2/k^3)",
    ),
    "int_power_between": (
        {"a": NUMBER, "b": NUMBER, "k": NUMBER},
        ["0 < a", "a < b", "k != 0"],
        "int(x in (a, b): x^(k - 1)) = (b^k - a^k)/k",
    ),
    "int_power_log_between": (
        {"a": NUMBER, "b": NUMBER, "k": NUMBER},
        ["0 < a", "a < b", "k != 0"],
        "int(x in (a, b): x^(k - 1)*log(x)) = (b^k*(k*log(b) - 1) - a^k*(k*log(a) - 1))/k^2",
    ),
    "int_power_log_square_between": (
        {"a": NUMBER, "b": NUMBER, "k": NUMBER},
        ["0 < a", "a < b", "k != 0"],
        "int(x in (a, b): x^(k - 1)*log(x)^2) = (b^k*((k*log(b))^2 - 2*(k*log(b)) + 2) - a^k*((k*log(a))^2 - 2*(k*log(a)) + 2))/k^3",
    ),
    "int_reciprocal": ({"a": NUMBER, "b": NUMBER}, ["0 < a", "a < b"], "int(x in (a, b): 1/x) = log(b) - log(a)"),
    "int_reciprocal_log": (
        {"a": NUMBER, "b": NUMBER},
        ["0 < a", "a < b"],
        "int(x in (a, b): 1/x*log(x)) = (log(b)^2 - log(a)^2)/2",
    ),
    "int_log_from_zero": ({"b": NUMBER}, ["0 < b"], "int(x in (0, b): log(x)) = b*log(b) - b"),
    "int_log_between": (
        {"a": NUMBER, "b": NUMBER},
        ["0 < a", "a < b"],
        "int(x in (a, b): log(x)) = b*log(b) - b - (a*log(a) - a)",
    ),
    "int_log_square_from_zero": (
        {"b": NUMBER},
        ["0 < b"],
        "int(x in (0, b): log(x)^2) = b*(log(b)^2 - 2*log(b) + 2)",
    ),
    "int_log_square_between": (
        {"a": NUMBER, "b": NUMBER},
        ["0 < a", "a < b"],
        "int(x in (a, b): log(x)^2) = b*(log(b)^2 - 2*log(b) + 2) - a*(log(a)^2 - 2*log(a) + 2)",
    ),
    "not_integrable_above": (
        {"c": NUMBER, "m": NUMBER, "v": NUMBER, "f": F},
        ["0 < c", "forall x in (m, oo): c <= f(x)", "int(x in (m, oo): f(x)) = v"],
        "0 = 1",
    ),
    "not_integrable_below": (
        {"c": NUMBER, "m": NUMBER, "v": NUMBER, "f": F},
        ["0 < c", "forall x in (-oo, m): c <= f(x)", "int(x in (-oo, m): f(x)) = v"],
        "0 = 1",
    ),
    "power_not_integrable": (
        {"a": NUMBER, "k": NUMBER, "v": NUMBER},
        ["0 < a", "0 <= k", "int(x in (a, oo): x^(k - 1)) = v"],
        "0 = 1",
    ),
    "power_not_integrable_at_zero": (
        {"b": NUMBER, "k": NUMBER, "v": NUMBER},
        ["0 < b", "k <= 0", "int(x in (0, b): x^(k - 1)) = v"],
        "0 = 1",
    ),
    "reciprocal_not_integrable": ({"a": NUMBER, "v": NUMBER}, ["0 < a", "int(x in (a, oo): 1/x) = v"], "0 = 1"),
    "reciprocal_not_integrable_at_zero": ({"b": NUMBER, "v": NUMBER}, ["0 < b", "int(x in (0, b): 1/x) = v"], "0 = 1"),
    "not_integrable_at_zero": (
        {"c": NUMBER, "v": NUMBER, "f": F},
        ["0 < c", at_least_zero("f", "(0, oo)"), "forall x in (0, 1): c/x <= f(x)", total("f", "v", "(0, oo)")],
        "0 = 1",
    ),
    "not_integrable_at_power_end": (
        {"c": NUMBER, "k": NUMBER, "v": NUMBER, "f": F},
        [
            "0 < c",
            "k != 0",
            at_least_zero("f", "(0, oo)"),
            "forall x in (0, oo): x^k < 1 => c/x <= f(x)",
            total("f", "v", "(0, oo)"),
        ],
        "0 = 1",
    ),
    "power_gamma_not_integrable": above_integrand("a", "c s", "exp(-(c*x^p))", "a + r/p <= 0"),
    "beta_prime_not_integrable": above_integrand("", "a b c s", "(1 + c*x^p)^(-(a + b))", "a + r/p <= 0"),
    "beta_prime_tail_not_integrable": above_integrand("", "a b c s", "(1 + c*x^p)^(-(a + b))", "b - r/p <= 0"),
    "not_integrable_from_zero": (
        {"b": NUMBER, "c": NUMBER, "v": NUMBER, "f": F},
        [
            "0 < b",
            "0 < c",
            at_least_zero("f", "(0, b)"),
            "forall x in (0, b/2): c/x <= f(x)",
            total("f", "v", "(0, b)"),
        ],
        "0 = 1",
    ),
    "not_integrable_at_infinity": (
        {"a": NUMBER, "c": NUMBER, "v": NUMBER, "f": F},
        ["0 < a", "0 < c", "forall x in (a, oo): c/x <= f(x)", total("f", "v", "(a, oo)")],
        "0 = 1",
    ),
    "power_below_not_integrable": (
        {**dict.fromkeys("bskrv", NUMBER), "f": F},
        ["0 < b", "0 < s", "k + r <= 0", "forall x in (0, b): s*(x^r*x^(k - 1)) <= f(x)", total("f", "v", "(0, b)")],
        "0 = 1",
    ),
    "power_above_not_integrable": (
        {**dict.fromkeys("askrv", NUMBER), "f": F},
        ["0 < a", "0 < s", "k - r <= 0", "forall x in (a, oo): s*(x^r*x^(-k - 1)) <= f(x)", total("f", "v", "(a, oo)")],
        "0 = 1",
    ),
    "power_beta_not_integrable": (
        {**dict.fromkeys("bsparv", NUMBER), "f": F},
        [
            "0 < b",
            "0 < s",
            "0 < p",
            "a + r/p <= 0",
            "forall x in (0, 1): s*(x^r*(x^(p*a - 1)*(1 - x^p)^(b - 1))) <= f(x)",
            total("f", "v", "(0, 1)"),
        ],
        "0 = 1",
    ),
    "geometric_mean": ({"r": NUMBER}, ["0 < r", "r < 1"], "int(n in nats: n*((1 - r)*r^n)) = r/(1 - r)"),
    "poisson_total": ({"a": NUMBER}, ["0 < a"], "int(n in nats: a^n*exp(-a)/Gamma(n + 1)) = 1"),
    "poisson_mean": ({"a": NUMBER}, ["0 < a"], "int(n in nats: n*(a^n*exp(-a)/Gamma(n + 1))) = a"),
    "poisson_square_mean": ({"a": NUMBER}, ["0 < a"], "int(n in nats: n^2*(a^n*exp(-a)/Gamma(n + 1))) = a + a^2"),
    # the divergence, estimated: densities
    "density_k1_unbiased": (names("p q", "v"), POSITIVE_PAIR, "int(x in D: p(x)*log(p(x)/q(x))) = v"),
    "density_k3_mean": (
        names("p q", "a b v"),
        [*POSITIVE_PAIR, total("p", "a"), total("q", "b")],
        "int(x in D: p(x)*(q(x)/p(x) - 1 - log(q(x)/p(x)))) = v + b - a",
    ),
    "density_k3_unbiased": (
        names("p q", "v"),
        [*POSITIVE_PAIR, total("p"), total("q")],
        "int(x in D: p(x)*(q(x)/p(x) - 1 - log(q(x)/p(x)))) = v",
    ),
}

MASSES = [*positive("p", "q"), "sum(i in X: p[i]) = 1", "sum(i in X: q[i]) = 1"]
K1, K3 = "log(p[i]/q[i])", "(q[i]/p[i] - 1 - log(q[i]/p[i]))"
A, B = "1/n^3", "1/n"
RARE = ({"n": NUMBER}, ["2 <= n"])
MODEL = [
    "a in I",
    "forall i in X: forall x in I: 0 < p(i, x)",
    "forall x in I: sum(i in X: p(i, x)) = 1",
    "forall i in X: deriv(x: p(i, x), a) = f[i]",
]
MODEL_NAMES = {"X": SET, "I": "interval", "a": NUMBER, "p": "X, number -> number", "f": "X -> number"}
HALVES = dict.fromkeys("pq", NUMBER)
HEADS, TAILS = "log((1/2)/(1/16))", "log((1/2)/(1 - 1/16))"

ROWS |= {
    # the divergence, estimated: finite sets
    "k1_unbiased": (FAMILY, positive("p", "q"), f"sum(i in X: p[i]*{K1}) = kl(p, q)"),
    "k3_mean": (FAMILY, MASSES[:3], f"sum(i in X: p[i]*{K3}) = kl(p, q) + sum(i in X: q[i]) - 1"),
    "k3_unbiased": (FAMILY, MASSES, f"sum(i in X: p[i]*{K3}) = kl(p, q)"),
    "k3_nonneg": (HALVES, ["0 < p", "0 < q"], "0 <= q/p - 1 - log(q/p)"),
    "k3_eq_zero_iff": (HALVES, ["0 < p", "0 < q"], "q/p - 1 - log(q/p) = 0 <=> q = p"),
    "k1_can_be_negative": ({}, [], "log((1/2)/(3/4)) < 0"),
    "k2_bias": (
        {**FAMILY, "c": NUMBER},
        [*MASSES, f"forall i in X: abs({K1}) <= c"],
        f"abs(sum(i in X: p[i]*({K1}^2/2)) - kl(p, q)) <= exp(c)/6*sum(i in X: p[i]*abs({K1})^3)",
    ),
    "k2_is_biased": (
        {},
        [],
        f"1/2*{HEADS} + 1/2*{TAILS} < 1/2*({HEADS}^2/2) + 1/2*({TAILS}^2/2)",
    ),
    "k3_second_moment": (
        FAMILY,
        positive("p", "q"),
        f"sum(i in X: p[i]*{K3}^2) = sum(i in X: p[i]*{K1}^2) + sum(i in X: (q[i] - p[i])^2/p[i])"
        " - 2*sum(i in X: (q[i] - p[i])*log(q[i]/p[i]))",
    ),
    "k3_second_moment_unbounded": (
        *RARE,
        f"n/16 <= {A}*(({B})/({A}) - 1 - log(({B})/({A})))^2"
        f" + (1 - {A})*((1 - {B})/(1 - {A}) - 1 - log((1 - {B})/(1 - {A})))^2",
    ),
    "rare_kl_le": (*RARE, f"{A}*log({A}/({B})) + (1 - {A})*log((1 - {A})/(1 - {B})) <= 2/n"),
    "k1_second_moment_bounded": (*RARE, f"{A}*log({A}/({B}))^2 + (1 - {A})*log((1 - {A})/(1 - {B}))^2 <= 6/n"),
    "k1_gradient_zero": (
        {**MODEL_NAMES, "s": "X -> number"},
        [*MODEL, "forall i in X: deriv(x: log(p(i, x)), a) = s[i]"],
        "sum(i in X: p(i, a)*s[i]) = 0",
    ),
    "k1_mean_gradient": (
        {**MODEL_NAMES, "q": "X -> number"},
        [*MODEL, "forall i in X: 0 < q[i]"],
        "deriv(x: sum(i in X: p(i, x)*log(p(i, x)/q[i])), a) = sum(i in X: f[i]*log(p(i, a)/q[i]))",
    ),
}
