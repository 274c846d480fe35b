"""What several labs forbid: full names, and what torch reports when one of them runs."""

from __future__ import annotations

__all__ = ["ATTENTION_NAMES", "ATTENTION_RAN"]

ATTENTION_NAMES = (
    "torch.nn.MultiheadAttention",
    "torch.nn.Transformer",
    "torch.nn.TransformerDecoder",
    "torch.nn.TransformerDecoderLayer",
    "torch.nn.TransformerEncoder",
    "torch.nn.TransformerEncoderLayer",
    "torch.nn.functional.scaled_dot_product_attention",
    "torch.nn.functional.multi_head_attention_forward",
    "torch.nn.attention.flex_attention.flex_attention",
    "torch._C._nn.scaled_dot_product_attention",
)
ATTENTION_RAN = (
    "aten::scaled_dot_product*",
    "aten::_scaled_dot_product*",
    "aten::_native_multi_head_attention*",
    "aten::_transformer_encoder_layer_fwd*",
    "call:torch.nn.functional.multi_head_attention_forward",
)
