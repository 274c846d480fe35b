"""Multi-head self-attention as BERT has it: `BertModel.py`.

Three parts: the context in evaluation mode with its gradients, dropout in training mode, and
the check of the number of heads.
"""
