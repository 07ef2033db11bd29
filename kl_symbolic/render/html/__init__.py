"""HTML: pages that need nothing but themselves, and what a notebook shows."""
