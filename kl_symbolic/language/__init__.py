"""The statement language: terms and statements as text, and text as terms and statements."""
