"""What holds for every right attention_reversal submission.

Axes: B rows, S source steps, T target steps, H hidden. A score is a sum over H of products of a
state and enc; a weight is off by eps times the score, relative to itself, and the context by that
times enc. A step sums over E + 2 H numbers, and errors add up over T steps.
"""

from __future__ import annotations

import math
from dataclasses import replace

import torch
from torch import Tensor

from gradekit.lab.related import Submission, Violation, close, differ, shape
from gradekit_labs.attention_reversal.drives import LAYERS, OUTPUTS, DecodeCase

__all__ = ["PROPERTIES", "rounding", "tolerance"]

MADE = 1.3  # a state that the bent mlp1 makes is no greater
MARGIN = 8  # between a typical and a worst-case rounding, and for what weights above 1 amplify


def rounding(case: DecodeCase) -> float:
    """Return what rounding alone may change in logits and state."""
    eps = torch.finfo(getattr(torch, case.dtype)).eps
    reach = float(case.enc.abs().max())
    score = math.sqrt(case.hiddens) * reach * max(MADE, float(case.state.abs().max()))
    depth = case.embedding + 3 * case.hiddens + case.source
    return MARGIN * eps * (depth + score * reach) * (1 + case.y.shape[1])


def tolerance(case: DecodeCase, name: str, expected: Tensor) -> float:
    """Return the rounding that is allowed in an outcome, relative to its size."""
    if name == "one_call":
        return 0.5
    many = case.rows * case.source if name.startswith("to_") else 1
    return rounding(case) * (1 + float(expected.abs().max())) * many


def _logits(sub: Submission, case: DecodeCase) -> Tensor:
    expected = (*case.y.shape, OUTPUTS)
    return shape(sub.run(case).get("logits"), expected, "the logits").detach().double()


def _state(sub: Submission, case: DecodeCase) -> Tensor:
    expected = (1, case.rows, case.hiddens)
    return shape(sub.run(case).get("state"), expected, "the state").detach().double()


def keeps_the_shapes(sub: Submission, case: DecodeCase) -> None:
    """Logits are (B, T, O), the state is (1, B, H) or (B, 1, H)."""
    _logits(sub, case)
    _state(sub, case)


def any_embedding_size_will_do(sub: Submission, case: DecodeCase) -> None:
    """Embeddings may be wider than the hidden state."""
    _logits(sub, replace(case, wider=1, y=case.y))


def order_of_the_source_is_free(sub: Submission, case: DecodeCase) -> None:
    """Reordering the source steps changes nothing: attention looks at all of them alike."""
    turned = replace(case, enc=case.enc.flip(1))
    close(_logits(sub, turned), _logits(sub, case), "the logits", 2 * _allowed(case))


def _allowed(case: DecodeCase) -> float:
    return rounding(case) * 10


def steps_can_be_taken_one_by_one(sub: Submission, case: DecodeCase) -> None:
    """One call with T tokens equals T calls with one, the state passed along."""
    rest, parts = case, []
    for t in range(case.y.shape[1]):
        now = replace(rest, y=case.y[:, t : t + 1], target=1)
        parts.append(_logits(sub, now))
        rest = replace(rest, state=_state(sub, now), first=False)
    whole = _logits(sub, case)
    close(torch.cat(parts, 1), whole, "the logits of single steps", 2 * _allowed(case))


def the_future_is_unknown(sub: Submission, case: DecodeCase) -> None:
    """Logits of a step do not depend on later tokens."""
    if case.y.shape[1] == 1:
        return
    other = case.y.clone()
    other[:, -1] = (other[:, -1] + 1) % 7
    after = _logits(sub, replace(case, y=other))[:, :-1]
    close(after, _logits(sub, case)[:, :-1], "logits before the changed token", 2 * _allowed(case))


def the_token_is_read(sub: Submission, case: DecodeCase) -> None:
    """Another token gives other logits."""
    other = (case.y + 1) % 7
    differ(_logits(sub, replace(case, y=other)), _logits(sub, case), "the logits", rounding(case))


def the_first_step_ignores_the_given_state(sub: Submission, case: DecodeCase) -> None:
    """On the first step the state comes from the source; on later steps it is the one given."""
    other = replace(case, state=-case.state)
    before, after = _logits(sub, case), _logits(sub, other)
    if case.first:
        close(after, before, "the logits of a first step", 2 * _allowed(case))
    else:
        differ(after, before, "what a later step gives with another state", rounding(case))


def each_layer_reaches_the_logits(sub: Submission, case: DecodeCase) -> None:
    """Embedding, decoder, mlp1 (on the first step) and mlp2 have a say in the logits."""
    first = replace(case, first=True)
    before = _logits(sub, first)
    for name in LAYERS:
        after = _logits(sub, replace(first, changed=name))
        differ(after, before, f"the logits with other weights in {name}", 0.0)


def encode_is_as_given(sub: Submission, case: DecodeCase) -> None:
    """The encoder gives one state per source step, as the template has it."""
    expected = (*case.y.shape, case.hiddens)
    shape(sub.run(case).get("encoded"), expected, "what encode gives")


def inputs_stay_as_they_are(sub: Submission, case: DecodeCase) -> None:
    """Neither dec_y nor enc_hidden is changed."""
    if sub.run(case).get("kept") is not True:
        raise Violation("dec_y or enc_hidden was changed in place by decode")


PROPERTIES = {
    keeps_the_shapes: "Collect one row of logits per target step, and stack them along axis 1.",
    any_embedding_size_will_do: "The query is the state; only it has the width of enc_hidden.",
    order_of_the_source_is_free: "The first state is the mean of mlp1(enc_hidden) over axis 1.",
    steps_can_be_taken_one_by_one: "Carry the state from step to step, and return the last one.",
    the_future_is_unknown: "Loop over target steps: each attends with the state before it.",
    the_token_is_read: "The decoder's input holds the embedding of the given token.",
    the_first_step_ignores_the_given_state: "if is_first_step: state = mlp1(enc_hidden).mean(1).",
    each_layer_reaches_the_logits: "mlp1 makes the first state, mlp2 the logits.",
    encode_is_as_given: "Leave encode as the template has it.",
    inputs_stay_as_they_are: "Work on new tensors: a + b instead of a += b on an argument.",
}


def a_layer_is_unused(sub: Submission, case: DecodeCase) -> None:
    """Other weights in a layer change nothing."""
    first = replace(case, first=True)
    before = sub.run(first).get("logits")
    for name in LAYERS:
        after = sub.run(replace(first, changed=name)).get("logits")
        if not isinstance(before, Tensor) or not isinstance(after, Tensor):
            return
        if torch.equal(before, after):
            raise Violation(f"other weights in self.{name} leave the logits exactly as they are")
