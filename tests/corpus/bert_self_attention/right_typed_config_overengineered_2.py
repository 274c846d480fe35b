import math
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class HeadGeometry(NamedTuple):
    width: int
    heads: int

    @property
    def head_width(self) -> int:
        return self.width // self.heads

    def validate(self) -> "HeadGeometry":
        if self.heads < 1 or self.width % self.heads:
            raise ValueError(f"cannot split width {self.width} into {self.heads} heads")
        return self


class HeadSplitter:
    def __init__(self, geometry: HeadGeometry) -> None:
        self.geometry = geometry

    def split(self, x: torch.Tensor) -> torch.Tensor:
        return torch.stack(x.chunk(self.geometry.heads, dim=-1), dim=1)

    def merge(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat(x.unbind(dim=1), dim=-1)


class BertSelfAttention(nn.Module):
    def __init__(self, config: Any) -> None:
        super().__init__()
        self.geometry = HeadGeometry(config.hidden_size, config.num_attention_heads).validate()
        self.splitter = HeadSplitter(self.geometry)
        self.query: nn.Module = nn.Linear(self.geometry.width, self.geometry.width)
        self.key: nn.Module = nn.Linear(self.geometry.width, self.geometry.width)
        self.value: nn.Module = nn.Linear(self.geometry.width, self.geometry.width)
        self.dropout: nn.Module = nn.Dropout(p=config.attention_probs_dropout_prob)
        self.scores_activation = nn.ModuleList([nn.Softmax(dim=-1)])

    @property
    def scale(self) -> float:
        return math.pow(self.geometry.head_width, -0.5)

    def project(self, x: torch.Tensor) -> Dict[str, torch.Tensor]:
        return {name: self.splitter.split(getattr(self, name)(x)) for name in ("query", "key", "value")}

    def forward(self, hidden_states: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        p = self.project(hidden_states)
        scores = torch.matmul(p["query"], p["key"].transpose(2, 3)).mul(self.scale)
        scores = torch.add(scores, attention_mask.reshape(attention_mask.size(0), 1, 1, -1))
        for act in self.scores_activation:
            scores = act(scores)
        return self.splitter.merge(torch.matmul(self.dropout(scores), p["value"]))
