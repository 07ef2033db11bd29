"""Finding proofs: the builder of certificates, tactics, the search, and how derivations are written. Untrusted."""
