"""What holds for every right gru_lyrics submission, whatever its weights are called.

Axes: B rows, S steps, H hidden. The allowed differences follow from rounding: an output is a
sum of about (I + H) products per step, each with a relative error of the dtype's epsilon.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from gradekit.lab.related import Submission, Violation, close, differ, shape
from gradekit_labs.gru_lyrics.drives import GruCase, ModelCase, dtype_of

__all__ = ["rounding"]

MARGIN = 32  # between a typical and a worst-case rounding of the sums below
VISIBLE = 1e-3  # an influence below this share of the change made is none


def rounding(case: GruCase | ModelCase) -> float:
    """Return what rounding alone may change in an output of this case."""
    terms = case.steps * (case.hiddens + getattr(case, "inputs", case.hiddens) + 4)
    return MARGIN * torch.finfo(dtype_of(case.convention)).eps * terms


def _run(sub: Submission, case: GruCase) -> tuple[Tensor, Tensor]:
    """Return outputs (B, S, H) and state (B, H), both of the right shape."""
    outcome = sub.run(case)
    outputs = shape(outcome.get("outputs"), (case.rows, case.steps, case.hiddens), "outputs")
    return outputs, shape(outcome.get("state"), (case.rows, case.hiddens), "the returned state")


def _with(case: GruCase, x: Tensor, state: Tensor) -> GruCase:
    return replace(case, rows=x.shape[0], steps=x.shape[1], x=x, state=state)


def shapes_are_kept(sub: Submission, case: GruCase) -> None:
    """Outputs are (B, S, H), the state is one row per sequence."""
    _run(sub, case)


def last_output_is_the_state(sub: Submission, case: GruCase) -> None:
    """The last output is the returned state."""
    outputs, state = _run(sub, case)
    close(state, outputs[:, -1], "the returned state, against the last output,", rounding(case))


def chunks_compose(sub: Submission, case: GruCase) -> None:
    """Two chunks with the state carried over give what the whole sequence gives."""
    if case.steps < 2:
        return
    cut = case.steps // 2
    outputs, state = _run(sub, case)
    one, between = _run(sub, _with(case, case.x[:, :cut], case.state))
    two, end = _run(sub, _with(case, case.x[:, cut:], between.unsqueeze(0).double()))
    close(torch.cat([one, two], 1), outputs, "outputs in two chunks", rounding(case))
    close(end, state, "the state after two chunks", rounding(case))


def later_inputs_change_nothing_before(sub: Submission, case: GruCase) -> None:
    """The output of a step depends on inputs up to that step alone."""
    if case.steps < 2:
        return
    x = case.x.clone()
    x[:, -1] += 1
    before, after = _run(sub, case)[0], _run(sub, _with(case, x, case.state))[0]
    close(after[:, :-1], before[:, :-1], "earlier outputs", rounding(case))


def first_input_reaches_later_outputs(sub: Submission, case: GruCase) -> None:
    """The first input still shows in the output of the second step."""
    if case.steps < 2:
        return
    x = case.x.clone()
    x[:, 0] += 1
    changed = _run(sub, _with(case, x, case.state))[0]
    differ(changed[:, 1], _run(sub, case)[0][:, 1], "the second output", _faint(case))


def given_state_reaches_the_outputs(sub: Submission, case: GruCase) -> None:
    """The outputs depend on the given state."""
    changed = _run(sub, _with(case, case.x, case.state + 1))[0]
    differ(changed[:, 0], _run(sub, case)[0][:, 0], "the first output", _faint(case))


def _faint(case: GruCase) -> float:
    """Below this nothing has arrived: far over rounding, far under a gate's damping."""
    return max(8 * rounding(case), VISIBLE * case.weight_scale**2 * 1e-2)


def rows_do_not_mix(sub: Submission, case: GruCase) -> None:
    """Reordering the rows of the batch reorders the results and changes nothing else."""
    order = torch.arange(case.rows - 1, -1, -1)
    outputs, state = _run(sub, case)
    turned, turned_state = _run(sub, _with(case, case.x[order], case.state[:, order]))
    close(turned, outputs[order], "outputs of reordered rows", rounding(case))
    close(turned_state, state[order], "the state of reordered rows", rounding(case))


def outputs_stay_bounded(sub: Submission, case: GruCase) -> None:
    """No output is greater than the given state and 1, whichever is more."""
    outputs, _ = _run(sub, case)
    bound = case.state[0].abs().clamp(min=1).unsqueeze(1)
    excess = outputs.double().abs() - bound
    if not bool((excess <= rounding(case)).all()):
        where = tuple(
            int(i) for i in torch.unravel_index(excess.nan_to_num(torch.inf).argmax(), excess.shape)
        )
        raise Violation(
            f"an output of {float(outputs[where]):.3g} at {where}, outside the bound"
            f" {float(bound.expand_as(excess)[where]):.3g}: a GRU blends the old state and a tanh"
        )


def zero_weights_halve_the_state(sub: Submission, case: GruCase) -> None:
    """With all weights zero, each step halves the state."""
    outputs, _ = _run(sub, replace(case, weight_scale=0.0))
    if not bool(outputs.isfinite().all()):
        return  # normalised weights can't all be zero: nothing to say
    halves = 0.5 ** torch.arange(1, case.steps + 1, dtype=torch.float64)
    expected = case.state[0].unsqueeze(1) * halves[None, :, None]
    close(outputs, expected, "outputs with zero weights", rounding(case))


def same_call_same_answer(sub: Submission, case: GruCase) -> None:
    """The same call gives the same answer, whatever random numbers are around."""
    again = _run(sub, replace(case, rng=case.rng + 1))[0]
    close(again, _run(sub, case)[0], "outputs of a second call", rounding(case))


GRU_PROPERTIES = {  # each with what to look at first when it fails
    shapes_are_kept: "Print the shapes of outputs and state for B=2, S=4.",
    last_output_is_the_state: "Collect the state after each step, and return the last one.",
    chunks_compose: "Start from the given state, and return the one after the last step.",
    later_inputs_change_nothing_before: "Step t may read inputs[:, t] and the state, no more.",
    first_input_reaches_later_outputs: "Does the new state go on to the next step?",
    given_state_reaches_the_outputs: "Is the state that is passed in used at the first step?",
    rows_do_not_mix: "Look at view, reshape, cat and sums over the batch's axis.",
    outputs_stay_bounded: "Blend with Z and 1 - Z; the candidate is a tanh.",
    zero_weights_halve_the_state: "With zero weights Z is 1/2 and the candidate 0.",
    same_call_same_answer: "Nothing in forward may be drawn at random.",
}


def state_is_random(sub: Submission, case: GruCase) -> None:
    """The given state changes nothing, but torch's random numbers do."""
    outputs = [
        sub.run(asked).get("outputs")
        for asked in (case, replace(case, rng=case.rng + 1), _with(case, case.x, case.state + 1))
    ]
    _random(outputs, "outputs")


def _random(values: list[Any], what: str) -> None:
    first, other_random, other_state = values
    if not all(isinstance(value, Tensor) for value in values):
        return
    if torch.equal(first, other_state) and not torch.equal(first, other_random):
        raise Violation(f"{what} follow torch's random numbers and not the given state")


def single_rows_and_steps_fail(sub: Submission, case: GruCase) -> None:
    """Sizes of one lose their axis, all others are right."""
    try:
        _run(sub, _sized(case, 3, 4))
    except Violation:
        return  # wrong everywhere: not this mistake
    for rows, steps in ((1, 4), (3, 1), (1, 1)):
        try:
            _run(sub, _sized(case, rows, steps))
        except Violation as violation:
            raise Violation(f"B={rows}, S={steps}: {violation}; B=3, S=4 is right") from None


def _sized(case: GruCase, rows: int, steps: int) -> GruCase:
    return GruCase(rows, steps, 2, 3, case.seed, case.weight_scale, convention=case.convention)


# The sequence model


def _run_model(sub: Submission, case: ModelCase) -> tuple[Tensor, Tensor]:
    outcome = sub.run(case)
    logits = shape(outcome.get("logits"), (case.rows, case.steps, case.outputs), "logits")
    return logits, shape(outcome.get("state"), (case.rows, case.hiddens), "the returned state")


def logits_for_each_step(sub: Submission, case: ModelCase) -> None:
    """Each step of each row gets logits: (B, S, O)."""
    _run_model(sub, case)


def model_carries_the_state(sub: Submission, case: ModelCase) -> None:
    """Two chunks with the state carried over give what the whole sequence gives."""
    if case.steps < 2:
        return
    cut = case.steps // 2
    logits, state = _run_model(sub, case)
    one, between = _run_model(sub, replace(case, steps=cut, sent=case.sent[:, :cut]))
    rest = replace(
        case,
        steps=case.steps - cut,
        sent=case.sent[:, cut:],
        state=between.unsqueeze(0).double(),
    )
    two, end = _run_model(sub, rest)
    close(torch.cat([one, two], 1), logits, "logits in two chunks", rounding(case))
    close(end, state, "the state after two chunks", rounding(case))


def model_rows_do_not_mix(sub: Submission, case: ModelCase) -> None:
    """Reordering the rows of the batch reorders the logits and changes nothing else."""
    order = torch.arange(case.rows - 1, -1, -1)
    logits, _ = _run_model(sub, case)
    turned, _ = _run_model(sub, replace(case, sent=case.sent[order], state=case.state[:, order]))
    close(turned, logits[order], "logits of reordered rows", rounding(case))


def both_layers_can_be_trained(sub: Submission, case: ModelCase) -> None:
    """Gradients reach the embedding and the linear map."""
    outcome = sub.run(case)
    for name in ("d_emb", "d_linear"):
        gradient = outcome.get(name)
        if not isinstance(gradient, Tensor) or not bool(gradient.any()):
            raise Violation(f"no gradient reaches {name.removeprefix('d_')}")


MODEL_PROPERTIES = {
    logits_for_each_step: "Give the linear layer all outputs, (B, S, H).",
    model_carries_the_state: "Pass the given state to the layer, return the one it gives back.",
    model_rows_do_not_mix: "Look at view and reshape around the linear layer.",
    both_layers_can_be_trained: "Remove detach(), .data and no_grad() from forward.",
}


def model_state_is_random(sub: Submission, case: ModelCase) -> None:
    """The given state changes nothing, but torch's random numbers do."""
    asked = (case, replace(case, rng=case.rng + 1), replace(case, state=case.state + 1))
    _random([sub.run(one).get("logits") for one in asked], "logits")


def layer_is_called_step_by_step(sub: Submission, case: ModelCase) -> None:
    """The model loops over the steps around the layer."""
    counts = []
    for steps in (3, 5):
        run = ModelCase(
            2,
            steps,
            case.vocab,
            case.embedding,
            case.hiddens,
            case.outputs,
            case.seed,
            convention=case.convention,
        )
        counts.append(sub.run(run).get("layer_calls"))
    if counts == [3, 5]:
        raise Violation("the model called its layer 3 times for 3 steps and 5 times for 5")


def a_preset_layer_is_unused(sub: Submission, case: ModelCase) -> None:
    """Other weights of a preset layer change nothing."""
    outcome = sub.run(case)
    if not isinstance(outcome.get("logits"), Tensor):
        return
    if not outcome.get("layer_calls"):
        raise Violation("gru_layer is never called")
    changes: dict[str, dict[str, Tensor]] = {
        "emb_layer": {"emb": case.emb + 1},
        "linear": {"weight": case.weight + 1, "bias": case.bias + 1},
    }
    for layer, change in changes.items():
        changed = sub.run(replace(case, **change))  # type: ignore[arg-type]  # tensor fields only
        if torch.equal(changed["logits"], outcome["logits"]):
            raise Violation(f"other weights in {layer} leave the logits as they are")


def single_rows_and_steps_fail_in_the_model(sub: Submission, case: ModelCase) -> None:
    """Sizes of one lose their axis, all others are right."""

    def sized(rows: int, steps: int) -> ModelCase:
        return ModelCase(
            rows,
            steps,
            case.vocab,
            case.embedding,
            case.hiddens,
            case.outputs,
            case.seed,
            convention=case.convention,
        )

    try:
        _run_model(sub, sized(3, 4))
    except Violation:
        return
    for rows, steps in ((1, 4), (3, 1), (1, 1)):
        try:
            _run_model(sub, sized(rows, steps))
        except Violation as violation:
            raise Violation(f"B={rows}, S={steps}: {violation}; B=3, S=4 is right") from None
