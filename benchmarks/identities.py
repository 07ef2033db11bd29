"""Identities between logarithms of rationals, as one meets them on the blackboard, each with false lines close to them.

All symbols are positive numbers. A row is ``left = right`` in the statement language, then false right sides.
"""

from __future__ import annotations

IDENTITIES: tuple[tuple[str, ...], ...] = (
    # the laws
    ("log(a*b)", "log(a) + log(b)", "log(a)*log(b)", "log(a + b)"),
    ("log(a/b)", "log(a) - log(b)", "log(a)/log(b)"),
    ("log(1/a)", "-log(a)", "1/log(a)"),
    ("log(a^2)", "2*log(a)", "log(a)^2"),
    ("log(a^3/b^2)", "3*log(a) - 2*log(b)", "3*log(a) + 2*log(b)"),
    ("log(a*b*c)", "log(a) + log(b) + log(c)", "log(a) + log(b) - log(c)"),
    ("log(a*b/(c*d))", "log(a) + log(b) - log(c) - log(d)", "log(a) + log(b) - log(c) + log(d)"),
    ("log((a/b)^2)", "2*log(a) - 2*log(b)", "2*log(a) - log(b)"),
    ("log(a^n)", "n*log(a)", "a*log(n)"),
    ("log(a^n*b^m)", "n*log(a) + m*log(b)", "n*log(b) + m*log(a)"),
    ("log(exp(a))", "a", "exp(log(a)) + 1"),
    ("log(exp(a)*b)", "a + log(b)", "a*log(b)"),
    ("log(exp(a)/exp(b))", "a - b", "b - a"),
    ("log(12)", "2*log(2) + log(3)", "2*log(3) + log(2)"),
    ("log(3/4) + log(4/3)", "0", "1"),
    ("log(1/2)", "-log(2)", "log(2)"),
    ("log(a*b) - log(b*a)", "0", "log(a)"),
    ("(log(a) + log(b))*c", "c*log(a*b)", "log(a*b*c)"),
    ("(log(a) - log(b))^2", "log(a/b)^2", "log(a/b)"),
    ("log(a)*log(b)", "log(b)*log(a)", "log(a*b)"),
    # coin flips
    ("log(p^n*r^m/(q^n*s^m))", "n*log(p/q) + m*log(r/s)", "n*log(p/q) - m*log(r/s)", "n*log(q/p) + m*log(r/s)"),
    ("(1/N)*log(p^n*r^m/(q^n*s^m))", "(n/N)*log(p/q) + (m/N)*log(r/s)", "(n/N)*log(p/q) + (m/N)*log(s/r)"),
    ("log(p*p*r/(q*q*s))", "2*log(p/q) + log(r/s)", "2*log(p/q) + 2*log(r/s)"),
    ("log(p*r*p*p*r/(q*s*q*q*s))", "3*log(p/q) + 2*log(r/s)", "2*log(p/q) + 3*log(r/s)"),
    (
        "log(p^7*r^3/(q^7*s^3))",
        "7*log(p) + 3*log(r) - 7*log(q) - 3*log(s)",
        "7*log(p) + 3*log(r) - 3*log(q) - 7*log(s)",
    ),
    (
        "p*log(p/q) + r*log(r/s)",
        "p*log(p) + r*log(r) - p*log(q) - r*log(s)",
        "p*log(p) + r*log(r) - q*log(p) - s*log(r)",
    ),
    ("(p/N)*log(p*s/(q*r))", "(p/N)*(log(p) - log(q) + log(s) - log(r))", "(p/N)*(log(p) - log(q) - log(s) + log(r))"),
    (
        "(n/N - p)*log(p*s/(q*r))",
        "(n/N)*log(p/q) - (n/N)*log(r/s) - p*log(p/q) + p*log(r/s)",
        "(n/N)*log(p/q) - (n/N)*log(r/s) - p*log(p/q) - p*log(r/s)",
    ),
    (
        "(n/N)*log(p/q) + ((N - n)/N)*log(r/s) - (p*log(p/q) + (1 - p)*log(r/s))",
        "(n/N - p)*log(p*s/(q*r))",
        "(n/N - p)*log(p*r/(q*s))",
    ),
    ("(p^n/q^n)*(r^m/s^m)", "p^n*r^m/(q^n*s^m)", "p^m*r^n/(q^n*s^m)"),
    # half, quarter, three quarters
    ("(1/2)*log((1/2)/(1/4)) + (1/2)*log((1/2)/(3/4))", "log(2) - (1/2)*log(3)", "log(3) - (1/2)*log(2)"),
    ("(1/4)*log((1/4)/(1/2)) + (3/4)*log((3/4)/(1/2))", "(3/4)*log(3) - log(2)", "(3/4)*log(3) + log(2)"),
    ("(3/4)*log(3) - (1/4)*log(3)", "(1/2)*log(3)", "log(3)"),
    (
        "(7/10)*log((7/10)/(1/2)) + (3/10)*log((3/10)/(1/2))",
        "(7/10)*log(7/5) + (3/10)*log(3/5)",
        "(7/10)*log(7/5) - (3/10)*log(3/5)",
    ),
    ("log(256/243)", "8*log(2) - 5*log(3)", "8*log(2) - 4*log(3)"),
    ("log(1024)/10", "log(2)", "log(2)/10"),
    ("4*log(2) + 2*log(3)", "log(144)", "log(72)"),
    ("log(15/14) - log(5/7)", "log(3/2)", "log(2/3)"),
    # entropies and cross-entropies of two and three outcomes
    ("-(p*log(p)) - q*log(q) + p*log(p/r) + q*log(q/s)", "-(p*log(r)) - q*log(s)", "-(p*log(r)) + q*log(s)"),
    ("p*log(p/q) + q*log(q/p)", "(p - q)*(log(p) - log(q))", "(p + q)*(log(p) - log(q))"),
    (
        "p*log(p/((p + q)/2)) + q*log(q/((p + q)/2))",
        "p*log(p) + q*log(q) - (p + q)*log(p + q) + (p + q)*log(2)",
        "p*log(p) + q*log(q) - (p + q)*log(p + q) - (p + q)*log(2)",
    ),
    ("p*log(p/r) - p*log(q/r)", "p*log(p/q)", "p*log(q/p)"),
    ("p*log(c*p/(c*q))", "p*log(p/q)", "c*p*log(p/q)"),
    ("c*p*log(c*p/q)", "c*p*log(p/q) + c*p*log(c)", "c*p*log(p/q) + p*log(c)"),
    ("p*r*log(p*r/(q*s))", "r*(p*log(p/q)) + p*(r*log(r/s))", "p*(p*log(p/q)) + r*(r*log(r/s))"),
    ("p*r*log(p*r)", "r*(p*log(p)) + p*(r*log(r))", "p*log(p) + r*log(r)"),
    (
        "a*log(a/d) + b*log(b/d) + c*log(c/d)",
        "a*log(a) + b*log(b) + c*log(c) - (a + b + c)*log(d)",
        "a*log(a) + b*log(b) + c*log(c) - 3*log(d)",
    ),
    (
        "a*log(a/p) + b*log(b/q) + c*log(c/r)",
        "a*(log(a) - log(p)) + b*(log(b) - log(q)) + c*(log(c) - log(r))",
        "a*(log(a) - log(p)) + b*(log(b) - log(q)) + c*(log(c) + log(r))",
    ),
    (
        "(a + b)*log((a + b)/(p + q)) + a*log((a/(a + b))/(p/(p + q))) + b*log((b/(a + b))/(q/(p + q)))",
        "a*log(a/p) + b*log(b/q)",
        "a*log(a/q) + b*log(b/p)",
    ),
    ("a*log(a/b) - a + b - (a*log(a) - a - (b*log(b) - b) - log(b)*(a - b))", "0", "a - b"),
    # rational functions around logarithms
    ("(a^2 - b^2)*log(c)/(a + b)", "(a - b)*log(c)", "(a + b)*log(c)"),
    ("log(a)/(1/b + 1/c)", "b*c*log(a)/(b + c)", "(b + c)*log(a)/(b*c)"),
    ("(1/a - 1/b)*log(c)", "(b - a)*log(c)/(a*b)", "(a - b)*log(c)/(a*b)"),
    ("log(a)/b + log(c)/d", "(d*log(a) + b*log(c))/(b*d)", "(log(a) + log(c))/(b + d)"),
    ("(log(a) + log(b))^2 - (log(a) - log(b))^2", "4*log(a)*log(b)", "2*log(a)*log(b)"),
    ("(a + b)^3*log(c) - (a^3 + b^3)*log(c)", "3*a*b*(a + b)*log(c)", "3*a*b*(a - b)*log(c)"),
    ("log((a*b + a*c)/a)", "log(b + c)", "log(b*c)"),
    ("log((a^2 - b^2)/(a^2*b^2)*(a*b)^2)", "log(a^2 - b^2)", "2*log(a - b)"),
    ("log(1 - (1 - a))", "log(a)", "-log(a)"),
    ("log(a/(b/c))", "log(a) - log(b) + log(c)", "log(a) - log(b) - log(c)"),
    ("log((a/b)/(c/d))", "log(a/b) - log(c/d)", "log(a/b) + log(c/d)"),
    ("log(a^2*b^2) - 2*log(a*b)", "0", "log(a*b)"),
    # growth of the evidence
    ("exp(n*log(p/q))", "exp(n*log(p) - n*log(q))", "exp(n*log(p) + n*log(q))"),
    ("log(exp(n*a)*exp(-(n*b)))", "n*(a - b)", "n*(a + b)"),
    ("log(2)*(log(a)/log(2))", "log(a)", "log(2*a)"),
    ("log(a)/log(2) - log(b)/log(2)", "log(a/b)/log(2)", "log(a/b)*log(2)"),
)
