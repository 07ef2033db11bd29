"""Side by side with peers, in one run: ``python -m benchmarks``. Ratios are reported and nothing is asserted."""
