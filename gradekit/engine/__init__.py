"""Where judges run: on this machine, in processes that share one zygote.

Theory of operation. The engine starts the zygote, then forks one judge process per job, so
that all judges share the cases that were drawn before the fork. Each takes the next submission
when it is done with one; verdicts depend on the submission and the batch seed alone, never on
which judge made them or in which order. `local` is the only engine so far.
"""
