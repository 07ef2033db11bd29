"""Printing: theorem, narrative or report → one document → text, LaTeX, Markdown, HTML.

:mod:`.model` builds the document; each of :mod:`.text`, :mod:`.latex`, :mod:`.markdown` and :mod:`.html` has a function
``render`` that prints it.
"""
