"""The log of the likelihood ratio of two coins, per flip, derived line by line."""

from kl_symbolic import derivation


@derivation("my_coin")
def my_coin(d):
    d.positive("p1 p2 q1 q2")
    d.counts("N_h N_t", total="N")
    d.start("1/N*log(p1^N_h*p2^N_t/(q1^N_h*q2^N_t))", "the log of the ratio, per flip")
    d.eq("1/N*(log(p1^N_h*p2^N_t) - log(q1^N_h*q2^N_t))", because="the log of a quotient")
    d.eq("1/N*(log(p1^N_h) + log(p2^N_t) - log(q1^N_h*q2^N_t))", because="the log of a product")
    d.eq("N_h/N*log(p1/q1) + N_t/N*log(p2/q2)", because="collect heads and tails")
    d.close()
