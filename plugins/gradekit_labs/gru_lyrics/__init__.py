"""Lyric prediction with a GRU written by hand: `rnn_hard_version.py`.

Two parts: the layer alone, with whatever parameters a student gives it, and the sequence model,
whose recurrent layer is replaced by a simple one so that a wrong layer is charged only once.
"""
