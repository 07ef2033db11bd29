"""Rocq (Coq) as the second checker: theorems as ``.v`` files, and the answers of ``coqc``.

Files in the order in which they are best read:

* ``prelude.v`` is the ground of every proof: what statements mean in Coq, and each rule of the kernel as a lemma.
  ``prelude_integrals.v`` is the same for integrals, and ``prelude_sandwich.v`` constructs one that has all their laws,
  with the help of ``prelude_riemann.v`` and ``prelude_gamma.v``.
* ``terms`` writes terms and statements; ``reading`` reads them back, and shares nothing with it.
* ``lines`` and ``scripts`` write a proof for each line of a certificate, with the help of ``signs``, ``arithmetic``,
  ``combination`` and ``calculus``; ``export`` puts a file together and compares its statement with Γ ⊢ φ.
* ``files`` gives some theorems and everything that they rest on, in an order that compiles.
* ``running`` compiles files, and compares what they rest on with the axioms of Coq's standard real numbers; ``batches``
  compiles many theorems as modules of one file, in one process.
* ``record`` keeps what was accepted, so that a reader without Coq can see it.

What one has to trust is in ``docs/rocq.md``.
"""

from .files import Exported, NotExported, exports

__all__ = ["Exported", "NotExported", "exports"]
