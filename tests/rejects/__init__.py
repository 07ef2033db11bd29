"""Wrong certificates: pairs of a true certificate and a copy with exactly one wrong step, one topic a module."""
