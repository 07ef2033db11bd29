"""Plain Unicode text, for the terminal."""
