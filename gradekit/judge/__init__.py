"""The trusted half: it knows what is right, asks a runner, and decides.

Theory of operation. A judge grades one submission after another. It reads the source as text
(`source`), starts a runner (`processes`, `session`) and drives each part through cases drawn
once per batch (`cases`). Properties are checked first (`properties`). Where weights have fixed
names, outcomes are held against the reference's own (`direct`); where students name and shape
their own parameters, a linear map from theirs to the reference's is found from Jacobians
(`align`). What disagrees is explained by composed mistakes (`compose`, `search`): the smallest set
that reproduces outcomes and gradients on fresh cases. What is left is shrunk to the smallest
failing case (`cases`). `score` adds up, `verdict` holds the result.

A judge has no state that one submission could leave for the next, but for memoised facts about
the reference, which depend on the lab and the batch seed alone.
"""
