"""What students do wrong in attention_reversal: the reference with one step done otherwise."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from gradekit_reference.attention_reversal import AttentionModule, Seen

__all__ = ["AttentionComputedOnce", "ContextFirst", "InitFromLastStep", "KeyProjected"]


# Legitimate conventions


class ContextFirst(AttentionModule):
    """The decoder reads the context before the embedding."""

    def joined(self, token: Tensor, context: Tensor) -> Tensor:
        return torch.cat([context, token], -1)


# the first state


class InitFromLastStep(AttentionModule):
    """The first state is made of the last source step alone instead of the mean over all."""

    def pool(self, x: Tensor) -> Tensor:
        return x[:, -1]


class InitFromGivenState(AttentionModule):
    """The first state is made of the state that the encoder ended in, not of all source steps."""

    def source(self, enc: Tensor, given: Tensor) -> Tensor:
        return given[:, None]


class MeanBeforeMlp1(AttentionModule):
    """The mean over source steps is taken before mlp1 instead of after it.

    As long as mlp1 is linear the result is the same; with a nonlinear map it is not, as the
    check shows with one in its place.
    """

    def initial(self, model: Any, enc: Tensor, given: Tensor) -> Tensor:
        return self.through(model, self.pool(self.source(enc, given)))


class LayerUnused(AttentionModule):
    """The first state is made without mlp1, which is never used."""

    def through(self, model: Any, x: Tensor) -> Tensor:
        return x


class InitEveryStep(AttentionModule):
    """A state that is given on a later step is ignored: each call starts anew."""

    def always_makes(self) -> bool:
        return True

    def begin(self, first: bool, made: Tensor, given: Tensor) -> Tensor:
        return made


class InitEveryToken(AttentionModule):
    """On the first step each token starts from the first state again."""

    def carried(self, first: bool, t: int, hidden: Tensor, start: Tensor, made: Tensor) -> Tensor:
        return start if first else hidden


class InitEveryTokenAlways(AttentionModule):
    """Each token starts from the state of the first token again."""

    def carried(self, first: bool, t: int, hidden: Tensor, start: Tensor, made: Tensor) -> Tensor:
        return start


class InitEveryTokenAndCall(AttentionModule):
    """Each token of each call starts from the first state again."""

    def always_makes(self) -> bool:
        return True

    def begin(self, first: bool, made: Tensor, given: Tensor) -> Tensor:
        return made

    def carried(self, first: bool, t: int, hidden: Tensor, start: Tensor, made: Tensor) -> Tensor:
        return start


class InitEveryLaterToken(AttentionModule):
    """Every token but the first of a call starts from a new first state."""

    def always_makes(self) -> bool:
        return True

    def carried(self, first: bool, t: int, hidden: Tensor, start: Tensor, made: Tensor) -> Tensor:
        return made if t else hidden


# attention


class KeyProjected(AttentionModule):
    """The keys are mlp1(enc_hidden) instead of enc_hidden itself."""

    def keys(self, model: Any, enc: Tensor) -> Tensor:
        mapped: Tensor = model.mlp1(enc)
        return mapped


class KeyAndValueProjected(AttentionModule):
    """Keys and values are mlp1(enc_hidden) instead of enc_hidden itself."""

    def keys(self, model: Any, enc: Tensor) -> Tensor:
        mapped: Tensor = model.mlp1(enc)
        return mapped

    def values(self, model: Any, enc: Tensor) -> Tensor:
        mapped: Tensor = model.mlp1(enc)
        return mapped


class QueryFromInput(AttentionModule):
    """The query is the embedding that the decoder reads instead of its state."""

    def query(self, hidden: Tensor, token: Tensor) -> Tensor:
        return token


class QueryProjected(AttentionModule):
    """The query is mlp1(state) instead of the state itself."""

    def query_through(self, model: Any, query: Tensor, made: bool) -> Tensor:
        mapped: Tensor = model.mlp1(query)
        return mapped


class QueryProjectedLater(AttentionModule):
    """The query is mlp1(state) instead of the state itself, but for the first step."""

    def query_through(self, model: Any, query: Tensor, made: bool) -> Tensor:
        mapped: Tensor = query if made else model.mlp1(query)
        return mapped


class AttentionComputedOnce(AttentionModule):
    """Attention is computed once, with the first state, and serves all target steps."""

    def asked(self, model: Any, seen: Seen, t: int, hidden: Tensor, start: Tensor) -> Tensor:
        return start


class NoTimeLoop(AttentionModule):
    """All embeddings go through the decoder in one call, with one context for all of them."""

    def one_call(self) -> bool:
        return True

    def asked(self, model: Any, seen: Seen, t: int, hidden: Tensor, start: Tensor) -> Tensor:
        return start


class NoTimeLoopFromInput(AttentionModule):
    """All embeddings go through the decoder in one call, each with the context that it asks for."""

    def one_call(self) -> bool:
        return True

    def query(self, hidden: Tensor, token: Tensor) -> Tensor:
        return token


class QueryAfterStep(AttentionModule):
    """The query is the state after a trial step without context instead of the one before."""

    def asked(self, model: Any, seen: Seen, t: int, hidden: Tensor, start: Tensor) -> Tensor:
        token = seen.embedded[:, t]
        return self.step(model, self.joined(token, torch.zeros_like(hidden)), hidden)


class QueryAfterStepWithContext(AttentionModule):
    """The query is the state after a trial step instead of the one before."""

    def asked(self, model: Any, seen: Seen, t: int, hidden: Tensor, start: Tensor) -> Tensor:
        token, context = seen.embedded[:, t], self.attend(model, seen.enc, hidden)
        return self.step(model, self.joined(token, context), hidden)


class QueryAfterSequence(AttentionModule):
    """The query is the state after the whole target sequence: the future leaks."""

    def one_call(self) -> bool:
        return True

    def asked(self, model: Any, seen: Seen, t: int, hidden: Tensor, start: Tensor) -> Tensor:
        return _after_all(self, model, seen.embedded, start)


class QueryAfterSequenceStepwise(AttentionModule):
    """The query is the state after the whole target sequence, run step by step before."""

    def asked(self, model: Any, seen: Seen, t: int, hidden: Tensor, start: Tensor) -> Tensor:
        return _after_all(self, model, seen.embedded, start)


def _after_all(steps: AttentionModule, model: Any, embedded: Tensor, start: Tensor) -> Tensor:
    hidden = start
    for token in embedded.unbind(1):
        hidden = steps.step(model, steps.joined(token, torch.zeros_like(hidden)), hidden)
    return hidden


class ScoresScaled(AttentionModule):
    """The scores are divided by the root of H, which this lab does not ask for."""

    def scale(self, hidden_size: int) -> float:
        return math.sqrt(hidden_size)


class ScoresScaledByWidth(AttentionModule):
    """The scores are divided by H, which this lab does not ask for."""

    def scale(self, hidden_size: int) -> float:
        return float(hidden_size)


class SoftmaxDim(AttentionModule):
    """The softmax runs over an axis of size one: all weights are 1, nothing is weighed."""

    def weights(self, scores: Tensor) -> Tensor:
        return torch.ones_like(scores) + 0 * scores


class SoftmaxOverBatch(AttentionModule):
    """The softmax runs over the batch instead of the source steps."""

    def weights(self, scores: Tensor) -> Tensor:
        return torch.softmax(scores, 0)


class SoftmaxOverHidden(AttentionModule):
    """The softmax runs over the hidden axis of the products instead of the source steps."""

    def shares(self, products: Tensor) -> Tensor:
        return torch.softmax(products, -1)


# the state that goes back


class StateNotReturned(AttentionModule):
    """The state that was passed in goes back, not the one after the last step."""

    def returned(self, hidden: Tensor, start: Tensor, given: Tensor) -> Tensor:
        return given


class FirstStateReturned(AttentionModule):
    """The state before the first step goes back, not the one after the last."""

    def returned(self, hidden: Tensor, start: Tensor, given: Tensor) -> Tensor:
        return start
