"""The document tree: what a page says and in which order, in no format."""
