"""One-variable linear regression with numpy: `linear_regression.py`.

Three parts: least squares, mini-batch SGD, prediction. Cases of SGD whose result does not
depend on the order (one batch, or samples that are all alike) are compared with the reference;
the order itself is judged by trying all of them.
"""
