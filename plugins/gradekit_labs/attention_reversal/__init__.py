"""Reversing a sequence with attention: `rnn_with_atten.py`.

One part, the decoder. mlp1 is replaced by a map that is not linear, so that a mean before it
and a mean after it differ; hooks on the decoder tell one call of length T from T calls.
"""
