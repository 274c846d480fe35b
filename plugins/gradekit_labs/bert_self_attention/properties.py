"""What holds for every right bert_self_attention submission.

Axes: B rows, S positions, D width, N heads, d head width. Queries and keys are sums over D,
scores are sums over d of their products: they are off by eps sqrt(D) times their size, and by what
an additive mask of -10000 rounds away where a whole row is masked. A probability is off by as
much relative to itself.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from gradekit.lab.related import CodeFailed, Submission, Violation, close, differ, shape
from gradekit_labs.bert_self_attention.drives import (
    LAYERS,
    AttentionCase,
    DropoutCase,
    HeadsCase,
)

__all__ = ["rounding", "tolerance"]

MARGIN = 8  # between a typical and a worst-case rounding of the sums
FALSE_ALARM = 1e-9  # of a statistical property, per submission


def rounding(case: AttentionCase) -> float:
    """Return what rounding alone may change in the context."""
    eps = torch.finfo(getattr(torch, case.convention)).eps
    layers = zip(case.weight.double(), case.bias.double(), strict=True)
    query, key, value = (float((case.hidden.double() @ w.T + b).abs().max()) for w, b in layers)
    score = math.sqrt(case.head_width) * query * key
    lost = float(case.mask.abs().amin(1).max())  # where all keys are masked, scores lose digits
    return MARGIN * eps * (math.sqrt(case.width) * (1 + score) + lost + case.positions) * value


def tolerance(case: Any, name: str, expected: Tensor) -> float:
    """Return the rounding that is allowed in an outcome; gradients sum over rows and positions."""
    if not isinstance(case, AttentionCase):
        return 0.0
    size = 1 + float(expected.abs().max())
    if name == "context":
        return rounding(case) * size
    return rounding(case) * size * case.rows * case.positions


# the context


def _context(sub: Submission, case: AttentionCase) -> Tensor:
    expected = (case.rows, case.positions, case.width)
    return shape(sub.run(case).get("context"), expected, "the context").detach()


def keeps_the_shape(sub: Submission, case: AttentionCase) -> None:
    """The context has one row per position, as wide as the input: (B, S, D)."""
    _context(sub, case)


def reordering_positions_reorders(sub: Submission, case: AttentionCase) -> None:
    """Reordering the positions reorders the context and changes nothing else."""
    order = torch.arange(case.positions).flip(0)
    moved = replace(case, hidden=case.hidden[:, order], mask=case.mask[:, order])
    close(_context(sub, moved), _context(sub, case)[:, order], "the context", 2 * rounding(case))


def masked_keys_have_no_influence(sub: Submission, case: AttentionCase) -> None:
    """What stands at a masked position does not reach the other positions."""
    away = case.mask < -5000
    open_rows = ~away.all(1)
    if not bool(away.any()) or not bool(open_rows.any()):
        return
    other = torch.where(away[..., None], -case.hidden, case.hidden)
    changed = replace(case, hidden=other)
    seen = ~away & open_rows[:, None]
    allowed = rounding(case) + rounding(changed)
    before, after = _context(sub, case), _context(sub, changed)
    close(after[seen], before[seen], "the context of positions that are not masked", allowed)


def constant_values_give_that_constant(sub: Submission, case: AttentionCase) -> None:
    """Where all values are alike, the context is that value: the weights sum to one."""
    weight = torch.stack([case.weight[0], case.weight[1], torch.zeros_like(case.weight[2])])
    flat = replace(case, weight=weight)
    expected = case.bias[2].expand(case.rows, case.positions, -1)
    close(_context(sub, flat), expected, "the context with constant values", rounding(case))


def heads_are_independent(sub: Submission, case: AttentionCase) -> None:
    """Weights of one head change that head's share of the context alone."""
    if case.heads == 1:
        return
    weight = case.weight.clone()
    weight[:, : case.head_width] *= -1
    changed = replace(case, weight=weight)
    before, after = (_context(sub, c)[..., case.head_width :] for c in (case, changed))
    close(after, before, "what the other heads give", 2 * rounding(case))


def each_layer_reaches_the_context(sub: Submission, case: AttentionCase) -> None:
    """Each of query, key and value has a say in the context."""
    before = _context(sub, _unmasked(case))
    for name, other in _with_each_layer_changed(case):
        differ(_context(sub, other), before, f"the context with other weights in {name}", 0.0)


def _unmasked(case: AttentionCase) -> AttentionCase:
    return replace(case, mask=torch.zeros_like(case.mask))


def _with_each_layer_changed(case: AttentionCase) -> list[tuple[str, AttentionCase]]:
    """Return the case with other weights in one layer; one position leaves nothing to choose."""
    plain = _unmasked(case)
    several = enumerate(LAYERS) if case.positions > 1 else ()
    return [(name, replace(plain, changed=place)) for place, name in several]


def evaluation_is_deterministic(sub: Submission, case: AttentionCase) -> None:
    """In evaluation mode the same input gives the same context."""
    if sub.run(case).get("again") is not True:
        raise Violation(
            "in evaluation mode, a second call with the same input gives another result"
        )


def inputs_stay_as_they_are(sub: Submission, case: AttentionCase) -> None:
    """Neither hidden_states nor attention_mask is changed."""
    if sub.run(case).get("kept") is not True:
        raise Violation("hidden_states or attention_mask was changed in place by forward")


ATTENTION_PROPERTIES = {
    keeps_the_shape: "Put the heads side by side again: (B, N, S, d) -> (B, S, D).",
    reordering_positions_reorders: "Swap axes with transpose or permute; view alone mixes rows.",
    masked_keys_have_no_influence: "Add the mask to the scores of the keys, before the softmax.",
    constant_values_give_that_constant: "The softmax runs over the keys, the last axis.",
    heads_are_independent: "Split the last axis into (N, d), then move N before S.",
    each_layer_reaches_the_context: "q = query(x), k = key(x), v = value(x).",
    evaluation_is_deterministic: "Dropout acts in training mode only; layers belong in __init__.",
    inputs_stay_as_they_are: "Work on new tensors: a + b instead of a += b on an argument.",
}


def a_layer_is_unused(sub: Submission, case: AttentionCase) -> None:
    """Other weights in query, key or value change nothing."""
    before = sub.run(_unmasked(case)).get("context")
    if not isinstance(before, Tensor) or bool((before == 0).all()):
        return
    for name, other in _with_each_layer_changed(case):
        after = sub.run(other).get("context")
        if isinstance(after, Tensor) and torch.equal(before, after):
            raise Violation(f"other weights in self.{name} leave the context exactly as it is")


def layers_are_made(sub: Submission, case: AttentionCase | DropoutCase) -> None:
    """A call creates a layer that matters: with parameters of its own, or dropout."""
    outcome = sub.run(case)
    made = outcome.get("made")
    names = [name for name in made if isinstance(name, str)] if isinstance(made, tuple) else []
    steady = outcome.get("again", outcome.get("steady")) is True
    if names and not (steady and set(names) == {"Dropout"}):
        raise Violation(f"one call of forward creates {', '.join(dict.fromkeys(names))}")


# dropout


def _sums(sub: Submission, case: DropoutCase) -> tuple[Tensor, Tensor]:
    """Return the sums of dropped probabilities (calls, ...) and those in evaluation mode."""
    outcome = sub.run(case)
    sums, calm = outcome.get("sums"), outcome.get("calm")
    tensors = [*sums, *calm] if isinstance(sums, tuple) and isinstance(calm, tuple) else []
    if len(tensors) != case.calls + 1 or not all(isinstance(t, Tensor) for t in tensors):
        raise CodeFailed("your code failed: forward gives no tensor in training mode")
    if len({tuple(t.shape) for t in tensors}) > 1:
        raise CodeFailed("your code failed: the context's shape changes from call to call")
    count = case.rows * case.positions * case.width
    if tensors[0].numel() != count:
        found = tensors[0].numel()
        raise CodeFailed(f"your code failed: the context has {found} elements, expected {count}")
    rows = torch.stack(tensors).detach().double().reshape(len(tensors), -1, case.head_width)
    return rows[:-1], rows[-1]


def _one_number_each(calm: Tensor) -> bool:
    """Tell whether each query and head has one sum, as all values are one."""
    return float((calm.amax(-1) - calm.amin(-1)).max()) <= 1e-3


def training_drops_something(sub: Submission, case: DropoutCase) -> None:
    """In training mode with a dropout rate above zero, the context changes."""
    _sums(sub, case)
    if sub.run(case).get("moved") is not True:
        raise Violation("training mode gives the same context as evaluation mode")


def whole_probabilities_are_dropped(sub: Submission, case: DropoutCase) -> None:
    """A dropped probability is missing from all of its head's outputs alike."""
    sums, calm = _sums(sub, case)
    if not _one_number_each(calm):
        return  # values that don't come from self.value are charged where they show
    spread = float((sums.amax(-1) - sums.amin(-1)).max())
    if not spread <= 1e-3:
        raise Violation(f"with all values 1, outputs of one query and head differ by {spread:.3g}")


def dropped_probabilities_are_gone(sub: Submission, case: DropoutCase) -> None:
    """With some probabilities dropped, the others no longer sum to one."""
    sums, calm = _sums(sub, case)
    if not float((sums - calm).abs().max()) > 1e-3:
        raise Violation("with all values 1, training mode gives the same sums as evaluation mode")


def queries_are_dropped_on_their_own(sub: Submission, case: DropoutCase) -> None:
    """In one call, what is dropped differs from query to query and from head to head."""
    sums, calm = _sums(sub, case)
    lost = (sums - calm).amax(-1)
    if not float((lost.amax(1) - lost.amin(1)).max()) > 1e-3:
        raise Violation("in each call, all queries and heads lose the same")


def the_mean_is_kept(sub: Submission, case: DropoutCase) -> None:
    """On average over many calls the probabilities sum to what they do without dropout."""
    sums, calm = _sums(sub, case)
    if not _one_number_each(calm):
        return
    top = float(calm.abs().max()) / (1 - case.rate)  # a sum lies between 0 and this
    count = sums.shape[0] * sums.shape[1]
    allowed = top * math.sqrt(math.log(2 / FALSE_ALARM) / (2 * count))  # Hoeffding
    gap = float((sums.mean() - calm.mean()).abs())
    if not gap <= allowed:
        raise Violation(
            f"over {case.calls} calls the mean is off by {gap:.3g}, chance allows {allowed:.2g}"
        )


def evaluation_drops_nothing(sub: Submission, case: DropoutCase) -> None:
    """In evaluation mode nothing is dropped: two calls agree."""
    _sums(sub, case)
    if sub.run(case).get("steady") is not True:
        raise Violation("two calls in evaluation mode differ")


DROPOUT_PROPERTIES = {
    training_drops_something: "Apply self.dropout to the probabilities.",
    whole_probabilities_are_dropped: "Drop probabilities before they weigh the values.",
    dropped_probabilities_are_gone: "Dropout comes after the softmax.",
    queries_are_dropped_on_their_own: "Apply self.dropout to the whole (B, N, S, S) tensor.",
    the_mean_is_kept: "nn.Dropout divides by 1 - p for you.",
    evaluation_drops_nothing: "Use self.dropout, or pass self.training to F.dropout.",
}


def nothing_is_dropped(sub: Submission, case: DropoutCase) -> None:
    """Training mode gives what evaluation mode gives."""
    sums, calm = _sums(sub, case)
    outcome = sub.run(case)
    calm_too = outcome.get("moved") is False and outcome.get("steady") is True
    if calm_too and float((sums - calm).abs().max()) <= 1e-3:
        raise Violation(f"{case.calls} calls in training mode give what evaluation mode gives")


def outputs_are_dropped(sub: Submission, case: DropoutCase) -> None:
    """Single outputs are dropped instead of probabilities."""
    sums, calm = _sums(sub, case)
    kept = 1 / (1 - case.rate)
    fine = (sums.abs() <= 1e-3) | ((sums - kept * calm).abs() <= 1e-3 * kept)
    alike = float((sums.amax(-1) - sums.amin(-1)).max()) <= 1e-3
    if bool(fine.all()) and not alike and case.positions > 1:
        raise Violation(
            f"with all values 1, each single output is 0 or {kept:g} times what it was:"
            " dropout falls on the context"
        )


# the number of heads


def wrong_heads_are_refused(sub: Submission, case: HeadsCase) -> None:
    """Heads that don't divide hidden_size raise a ValueError."""
    outcome = sub.run(case)
    error, kinds = outcome.get("error"), outcome.get("kinds")
    known = kinds if isinstance(kinds, tuple) else ()
    if case.width % case.heads and not {"ValueError", "AssertionError"} & set(known):
        what = f"{error} is raised" if error else "no error is raised"
        raise Violation(f"{what} for {case.heads} heads and hidden_size {case.width}")


def right_heads_are_accepted(sub: Submission, case: HeadsCase) -> None:
    """Heads that divide hidden_size raise nothing."""
    error = sub.run(case).get("error")
    if case.width % case.heads == 0 and error:
        raise Violation(f"{error} is raised for {case.heads} heads and hidden_size {case.width}")


HEADS_PROPERTIES = {
    wrong_heads_are_refused: "if hidden_size % num_attention_heads != 0: raise ValueError(...).",
    right_heads_are_accepted: "hidden_size % num_attention_heads is 0 where they fit.",
}


def heads_are_unchecked(sub: Submission, case: HeadsCase) -> None:
    """No error at all is raised for heads that don't divide hidden_size."""
    if case.width % case.heads and sub.run(case).get("error") == "":
        raise Violation(f"{case.heads} heads and hidden_size {case.width} raise no error")
