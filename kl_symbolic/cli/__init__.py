"""The command line: one module for each verb, which holds its arguments and runs it."""
