"""Mutation testing of the kernel: small wrong changes of its code, each of which some test must notice.

``python -m tests.mutation --help`` says how it is run. It is not part of the test run, because it takes most of an hour.
"""
