"""Breaking correct proofs, and judging by numbers what the kernel makes of it.

``python -m tests.harness`` runs a sample, ``python -m tests.harness --full`` everything. The parts:

* ``model``, ``real``, ``points``: what statements mean, written without the kernel's substitution; points of Γ.
* ``draft``, ``samples``, ``catalogue``: certificates by hand, and those of the book.
* ``tamper``: single leaves are changed; nothing may be accepted with another name or statement.
* ``edits``, ``invent``, ``claim``, ``forge``: proofs are changed, the claim follows; nothing accepted may be refuted.
* ``rocq``: what is accepted of these is exported to Coq, which must accept it too.
"""
