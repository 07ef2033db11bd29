"""Numbers: a term at a point, points that satisfy hypotheses, numeric verification. Nothing here proves anything."""
