import math
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

class Axis:
    BATCH = 0
    TIME = 1
    FEATURE = -1


class Memory(NamedTuple):
    keys: torch.Tensor
    values: torch.Tensor

    def read(self, hidden: torch.Tensor) -> torch.Tensor:
        energies = torch.einsum("lbh,bsh->bs", hidden, self.keys)
        weights = energies.softmax(dim=Axis.TIME)
        return torch.einsum("bs,bsh->bh", weights, self.values)


class DecoderState(NamedTuple):
    hidden: torch.Tensor


class StepResult(NamedTuple):
    output: torch.Tensor
    carry: DecoderState


class Sequence_Modeling(nn.Module):
    def __init__(self, vocab_size, embedding_size, num_outputs, hidden_size):
        super(Sequence_Modeling, self).__init__()
        self.emb_layer = nn.Embedding(vocab_size, embedding_size)
        self.encoder = nn.RNN(embedding_size, hidden_size, batch_first=True)
        self.decoder = nn.RNN(embedding_size + hidden_size, hidden_size, batch_first=True)
        self.mlp1 = nn.Linear(hidden_size, hidden_size)
        self.mlp2 = nn.Linear(hidden_size, num_outputs)
        self.softmax = nn.Softmax(dim=2)

    def encode(self, enc_x, state):
        enc_emb = self.emb_layer(enc_x)
        enc_hidden, state = self.encoder(enc_emb, state)
        return enc_hidden, state

    def _initial(self, memory: "Memory", given: Optional[torch.Tensor], fresh: bool) -> "DecoderState":
        if not fresh:
            assert given is not None
            return DecoderState(hidden=given)
        projected = self.mlp1(memory.values)
        pooled = projected.mean(dim=Axis.TIME, keepdim=False)
        return DecoderState(hidden=pooled.unsqueeze(0))

    def _advance(self, memory: "Memory", carry: "DecoderState", token: torch.Tensor) -> "StepResult":
        context = memory.read(carry.hidden)
        embedded = self.emb_layer(token)
        rnn_in = torch.cat([embedded, context], dim=Axis.FEATURE).unsqueeze(Axis.TIME)
        out, hidden = self.decoder(rnn_in, carry.hidden)
        return StepResult(output=out, carry=DecoderState(hidden))

    def _unroll(self, memory, carry, tokens) -> Iterator["StepResult"]:
        for token in tokens.unbind(Axis.TIME):
            result = self._advance(memory, carry, token)
            carry = result.carry
            yield result

    def decode(self, dec_y, enc_hidden, state, is_first_step=True):
        memory = Memory(keys=enc_hidden, values=enc_hidden)
        carry = self._initial(memory, state, bool(is_first_step))
        results = list(self._unroll(memory, carry, dec_y))
        logits = torch.cat([self.mlp2(r.output) for r in results], dim=Axis.TIME)
        return logits, results[-1].carry.hidden
