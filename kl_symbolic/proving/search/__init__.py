"""How ``prove`` searches: what claims say, simple points, exact multipliers, and the written list of tactics.

Nothing here is trusted. A search appends lines to a proof, and the kernel replays the certificate that comes of them.
"""
