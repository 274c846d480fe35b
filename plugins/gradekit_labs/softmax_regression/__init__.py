"""Softmax regression by hand: `softmax_regression.py`.

Three parts: the softmax function, the model's forward, and one manual gradient step. A softmax
that is wrong shows in all three and is charged once.
"""
