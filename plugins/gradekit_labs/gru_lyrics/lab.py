"""The lab gru_lyrics: its parts, cases, mistakes, rules and points."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st
from torch import Tensor

from gradekit.lab import (
    Convention,
    Forbid,
    Free,
    Gradients,
    Imports,
    Lab,
    Mistake,
    OnlyInTodo,
    Part,
    Property,
    Symptom,
)
from gradekit_labs.gru_lyrics import mistakes as m
from gradekit_labs.gru_lyrics import model_mistakes as mm
from gradekit_labs.gru_lyrics import properties as p
from gradekit_labs.gru_lyrics.drives import (
    AS_LAYER,
    LAYOUTS,
    ONE_STEP,
    TIME_MAJOR,
    GruCase,
    ModelCase,
    build_gru,
    run_gru,
    run_model,
)
from gradekit_labs.gru_lyrics.metrics import METRICS
from gradekit_reference.gru_lyrics import GRU, Model, as_module

__all__ = ["LAB"]

SEEDS = st.integers(0, 2**31 - 1)


def probe(seed: int, rows: int) -> GruCase:
    """Return a case whose sizes all differ: S=4, I=2, H=3, and more rows than any sum of them."""
    return GruCase(rows, 4, 2, 3, seed)


def tolerance(case: GruCase | ModelCase, name: str, expected: Tensor) -> Tensor:
    """Allow rounding, relative to the size of what is compared."""
    return p.rounding(case) * (1 + expected.double().abs().max())


LOOP_OUTSIDE = Symptom(
    "loop-outside-layer",
    25,
    "The layer takes one step, and the model calls it once for each step: the loop over the"
    " steps belongs inside GRU.forward.",
    hint="Move the loop over t into GRU.forward, collect the states there, and call the layer"
    " once from the model.",
)
TIME_MAJOR_IN = Symptom(
    "time-major-output",
    15,
    "The layer takes and gives sequences as (S, B, ...) instead of (B, S, ...).",
    hint="inputs are (B, S, I); transpose inside the layer if you want steps first, and back.",
)
BIAS_MISSING = Symptom(
    "bias-missing",
    10,
    "A bias is missing: nothing in your layer moves it.",
    hint="Each of the two gates and the candidate has a bias of its own.",
)
GATES_IGNORE_STATE = Symptom(
    "gates-ignore-state",
    15,
    "A gate sees the input only: the old state has no matrix of its own in it.",
    hint="Z and R are each computed from X and from H.",
)
SHARED_GATES = Symptom(
    "shared-gate-weights",
    15,
    "Gates share weights: what moves one moves the other.",
    hint="Update gate, reset gate and candidate each have their own matrices and bias.",
)
UNREGISTERED = Symptom(
    "unregistered-parameters",
    15,
    "Weights are plain tensors or hidden in a plain list: an optimiser never sees them.",
    hint="Wrap tensors in nn.Parameter, and lists of layers in nn.ModuleList.",
    explains=("*",),
)
RANDOM_STATE = Symptom(
    "random-initial-state",
    20,
    "The given state is replaced by random numbers at each call.",
    check=p.state_is_random,
    hint="Start from the state that is passed in.",
    explains=("*", "agreement"),
)
SQUEEZE = Symptom(
    "batch-one-squeeze",
    10,
    "It fails where there is a single row or a single step: a bare squeeze() drops every axis"
    " of size one.",
    check=p.single_rows_and_steps_fail,
    hint="Say which axis to drop: squeeze(0), or index with [0].",
    explains=("*",),
)

LAYER = Part(
    "gru",
    title="The GRU layer",
    points=70,
    requires=("GRU",),
    build=build_gru,
    drive=run_gru,
    case_count=8,
    cases=st.builds(
        GruCase,
        rows=st.integers(1, 4),
        steps=st.integers(1, 5),
        inputs=st.integers(2, 4),
        hiddens=st.integers(2, 5),
        seed=SEEDS,
        weight_scale=st.sampled_from([0.5, 1.0]),
        state_scale=st.sampled_from([0.8, 3.0]),
    ),
    examples=(
        GruCase(2, 4, 3, 4, seed=11),
        GruCase(3, 3, 4, 2, seed=12),
        GruCase(1, 3, 2, 3, seed=13),
        GruCase(3, 1, 2, 3, seed=14),
    ),
    conventions=(
        *(Convention(f"{layout} float64") for layout in LAYOUTS),
        *(Convention(f"{layout} float32") for layout in LAYOUTS),
        *(Convention(f"{step} float64", LOOP_OUTSIDE) for step in ONE_STEP),
        Convention(f"{TIME_MAJOR} float64", TIME_MAJOR_IN),
    ),
    reference=GRU,
    variants=(m.ResetAfter,),
    tolerance=tolerance,
    weights=Free(
        probe=probe,
        module=as_module,
        outcomes=("outputs", "state"),
        optional=("b_hh",),
        alternatives={"b_h": "b_hh"},
        missing={
            **dict.fromkeys(("b_z", "b_r", "b_h"), BIAS_MISSING),
            **dict.fromkeys(("W_hz", "W_hr"), GATES_IGNORE_STATE),
        },
        tied=SHARED_GATES,
        unregistered=UNREGISTERED,
    ),
    properties=tuple(Property(*item) for item in p.GRU_PROPERTIES.items()),
    gradients=Gradients(wrt=("x", "state", "weights"), outcomes=("outputs", "state")),
    mistakes=(
        Mistake(
            m.StateNotUpdated,
            m.StateNotUpdatedNorReturned,
            m.StateNotUpdatedOldCollected,
            m.StateNotUpdatedAtAll,
            points=25,
            hint="Assign the new state to the name that the next step reads.",
        ),
        Mistake(
            m.LaggingOutput,
            m.LaggingOutputAndState,
            points=10,
            hint="Collect the state after the step, not before it.",
        ),
        Mistake(*m.HiddenNotWeighted, points=20, hint="Multiply H by its own matrix W_h."),
        Mistake(*m.SharedGateWeights, points=15, hint=SHARED_GATES.hint),
        Mistake(m.ResetUnused, points=15, hint="The candidate reads R * H, not H."),
        Mistake(
            m.ResetOnInput,
            m.ResetOnBoth,
            m.ResetOnRawInput,
            points=15,
            hint="R multiplies the state's part of the candidate only.",
        ),
        Mistake(m.UpdateIgnoresOld, points=15, hint="H' = Z * H + (1 - Z) * candidate."),
        Mistake(
            m.CandidateNotTanh,
            m.CandidateLinear,
            m.CandidateRelu,
            m.CandidateTanhOfRelu,
            m.CandidateHardtanh,
            points=10,
            hint="The candidate is tanh(...), so that it can be negative and stays bounded.",
        ),
        Mistake(*m.RandomInitialState, points=RANDOM_STATE.points, hint=RANDOM_STATE.hint),
        Mistake(m.StateIgnored, points=15, hint="Start from the state that is passed in."),
        Mistake(
            m.StateNotReturned,
            m.GivenStateReturned,
            m.FirstOutputReturned,
            points=10,
            hint="Return the state after the last step.",
        ),
        Mistake(m.TimeMajorOutput, points=15, hint="Stack along axis 1: (B, S, H)."),
        Mistake(
            m.CatForStack,
            m.CatForStackFlat,
            m.CatForStackWide,
            points=15,
            hint="torch.stack(outputs, 1) gives each step its own place.",
        ),
        Mistake(
            *m.StateDetached,
            points=20,
            in_gradients=True,
            hint="Remove detach(), .data, item() and no_grad() from the loop over the steps.",
        ),
    ),
    symptoms=(RANDOM_STATE, SQUEEZE),
)

MODEL = Part(
    "model",
    title="The sequence model",
    points=30,
    requires=("Sequence_Modeling",),
    drive=run_model,
    case_count=5,
    cases=st.builds(
        ModelCase,
        rows=st.integers(1, 4),
        steps=st.integers(1, 5),
        vocab=st.integers(4, 9),
        embedding=st.integers(2, 4),
        hiddens=st.integers(2, 5),
        outputs=st.integers(2, 6),
        seed=SEEDS,
    ),
    examples=(
        ModelCase(2, 4, 7, 3, 5, 6, seed=21),
        ModelCase(3, 2, 8, 2, 4, 7, seed=22),
        ModelCase(1, 3, 6, 3, 2, 4, seed=23),
        ModelCase(4, 1, 6, 3, 2, 5, seed=24),
    ),
    conventions=tuple(
        Convention(f"{layout} {dtype}{outputs}")
        for dtype in ("float64", "float32")
        for outputs in ("", f" {AS_LAYER}")
        for layout in LAYOUTS
    ),
    reference=Model,
    tolerance=tolerance,
    properties=tuple(Property(*item) for item in p.MODEL_PROPERTIES.items()),
    mistakes=(
        Mistake(
            mm.LastStepOnly,
            mm.LastStepKept,
            points=15,
            hint="Give the linear layer all outputs, (B, S, H).",
        ),
        Mistake(
            mm.ModelIgnoresState,
            points=10,
            id="state-ignored",
            hint="Pass the given state on to the layer.",
        ),
        Mistake(
            mm.ModelReturnsFirstState,
            points=10,
            id="state-not-returned",
            hint="Return the state that the layer gives back.",
        ),
        Mistake(mm.ModelTimeMajor, points=10, id="time-major-output", hint="Logits are (B, S, O)."),
        Mistake(
            mm.ModelMixesRows,
            mm.ModelFlat,
            mm.ModelFlatTimeMajor,
            points=10,
            id="cat-for-stack",
            hint="Apply the linear layer to (B, S, H) as it is; it keeps the other axes.",
        ),
        Mistake(
            mm.ModelDetaches,
            points=10,
            id="state-detached",
            hint="Remove detach() and .data between the layers.",
        ),
    ),
    symptoms=(
        Symptom(
            "loop-outside-layer",
            LOOP_OUTSIDE.points,
            LOOP_OUTSIDE.reason,
            check=p.layer_is_called_step_by_step,
            hint=LOOP_OUTSIDE.hint,
            explains=("*", "agreement"),
        ),
        Symptom(
            "random-initial-state",
            10,
            RANDOM_STATE.reason,
            check=p.model_state_is_random,
            hint=RANDOM_STATE.hint,
            explains=("*", "agreement"),
        ),
        Symptom(
            "layer-unused",
            15,
            "A layer that the template gives is created but never used.",
            check=p.a_preset_layer_is_unused,
            hint="emb_layer, gru_layer and linear each have their place in forward.",
            explains=("*", "agreement"),
        ),
        Symptom(
            "batch-one-squeeze",
            SQUEEZE.points,
            SQUEEZE.reason,
            check=p.single_rows_and_steps_fail_in_the_model,
            hint=SQUEEZE.hint,
            explains=("*", "agreement"),
        ),
    ),
)

RECURRENT = ("GRU", "GRUCell", "RNN", "RNNCell", "RNNBase", "RNNCellBase", "LSTM", "LSTMCell")
FUNCTIONAL = (
    "gru",
    "gru_cell",
    "rnn_tanh",
    "rnn_relu",
    "rnn_tanh_cell",
    "rnn_relu_cell",
    "lstm",
    "lstm_cell",
)

LAB = Lab(
    name="gru_lyrics",
    title="Lyric prediction with a GRU by hand",
    files=("rnn_hard_version.py",),
    parts=(LAYER, MODEL),
    template=Path(__file__).parent / "template",
    metrics=METRICS,
    rules=(
        Forbid(
            names=(
                *(f"torch.nn.{name}" for name in RECURRENT),
                *(f"torch.{name}" for name in FUNCTIONAL),
                *(f"torch._VF.{name}" for name in FUNCTIONAL),
            ),
            operations=tuple(f"aten::{name}" for name in FUNCTIONAL),
            part="gru",
            points=70,
            reason="A recurrent layer of torch does the work that this lab asks for.",
        ),
        Imports(points=5),
        OnlyInTodo(points=5),
    ),
)
