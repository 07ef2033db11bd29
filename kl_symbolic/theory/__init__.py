"""The derivations, one file per idea, and the written table that orders them."""
