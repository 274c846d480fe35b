"""The lab attention_reversal: its part, cases, mistakes, rules and points."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from gradekit.lab import (
    Convention,
    Forbid,
    Imports,
    Lab,
    Mistake,
    OnlyInTodo,
    Part,
    Property,
    Symptom,
)
from gradekit_labs.attention_reversal import mistakes as m
from gradekit_labs.attention_reversal import properties as p
from gradekit_labs.attention_reversal.drives import (
    CONVENTIONS,
    DecodeCase,
    bypasses_mlp1,
    hides,
    home,
    run_decode,
    without_slopes,
)
from gradekit_labs.attention_reversal.metrics import METRICS
from gradekit_labs.forbidden import ATTENTION_NAMES, ATTENTION_RAN
from gradekit_reference.attention_reversal import AttentionModule

__all__ = ["LAB"]

SEEDS = st.integers(0, 2**31 - 1)

MISTAKES = (
    Mistake(
        m.InitFromLastStep,
        m.InitFromGivenState,
        points=15,
        hint="The first state is mlp1(enc_hidden).mean(1): all source steps have a say.",
    ),
    Mistake(
        m.MeanBeforeMlp1,
        points=5,
        hint="mlp1(enc_hidden).mean(1), not mlp1(enc_hidden.mean(1)). It matters as soon as mlp1"
        " is not linear.",
    ),
    Mistake(m.LayerUnused, points=15, hint="state = self.mlp1(enc_hidden).mean(1)."),
    Mistake(
        m.KeyProjected,
        m.KeyAndValueProjected,
        points=15,
        hint="Keys and values are enc_hidden itself; mlp1 serves the first state alone.",
    ),
    Mistake(
        m.QueryFromInput,
        points=20,
        hint="The query is the decoder's current state, not the embedding that it reads.",
    ),
    Mistake(
        m.QueryProjected,
        m.QueryProjectedLater,
        points=15,
        hint="The query is the state as it is; mlp1 serves the first state alone.",
    ),
    Mistake(
        m.NoTimeLoop,
        m.NoTimeLoopFromInput,
        points=30,
        hint="Loop over the target steps: each step's query is the state after the one before.",
    ),
    Mistake(
        m.SoftmaxDim,
        m.SoftmaxOverBatch,
        m.SoftmaxOverHidden,
        points=20,
        hint="Each target step's weights over the source steps sum to one.",
    ),
    Mistake(
        m.AttentionComputedOnce,
        points=25,
        hint="Compute the context inside the loop, with the current state.",
    ),
    Mistake(m.ScoresScaled, m.ScoresScaledByWidth, points=10, hint="Use the products as they are."),
    Mistake(
        m.StateNotReturned,
        m.FirstStateReturned,
        points=15,
        hint="Return the state after the last step, so that the next call can go on.",
    ),
    Mistake(
        m.InitEveryStep,
        m.InitEveryToken,
        m.InitEveryTokenAlways,
        m.InitEveryTokenAndCall,
        m.InitEveryLaterToken,
        points=20,
        hint="Make the state once, before the loop, and only if is_first_step.",
    ),
    Mistake(
        m.QueryAfterStep,
        m.QueryAfterStepWithContext,
        m.QueryAfterSequence,
        m.QueryAfterSequenceStepwise,
        points=20,
        hint="Attend first, with the state before the step; then take the step.",
    ),
)

DECODE = Part(
    "decode",
    title="The decoder with attention",
    points=100,
    requires=("Sequence_Modeling",),
    drive=run_decode,
    case_count=8,
    cases=st.builds(
        DecodeCase,
        rows=st.integers(1, 4),
        source=st.integers(1, 5),
        target=st.integers(1, 4),
        hiddens=st.integers(2, 5),
        seed=SEEDS,
        first=st.booleans(),
    ),
    examples=(
        DecodeCase(3, 4, 3, 5, seed=81),
        DecodeCase(2, 5, 4, 3, seed=82, first=False),
        DecodeCase(2, 3, 3, 4, seed=83),
        DecodeCase(3, 2, 1, 2, seed=84, first=False),
    ),
    conventions=tuple(
        Convention(
            name,
            reference=home(name),
            last=hides(name),
            when=bypasses_mlp1 if hides(name) else None,
        )
        for name in CONVENTIONS
    ),
    quick=without_slopes,
    reference=AttentionModule,
    variants=(m.ContextFirst,),
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.PROPERTIES.items()),
    mistakes=MISTAKES,
    symptoms=(
        Symptom(
            "layer-unused",
            15,
            "A given layer is never used: its weights have no say in the logits.",
            check=p.a_layer_is_unused,
            hint="emb_layer reads the tokens, mlp1 makes the first state, decoder the next states,"
            " mlp2 the logits.",
            explains=("each_layer_reaches_the_logits",),
        ),
    ),
)

LAB = Lab(
    name="attention_reversal",
    title="Reversing a sequence with attention",
    files=("rnn_with_atten.py",),
    parts=(DECODE,),
    template=Path(__file__).parent / "template",
    metrics=METRICS,
    rules=(
        Forbid(
            names=ATTENTION_NAMES,
            operations=ATTENTION_RAN,
            part="decode",
            points=100,
            reason="torch's own attention does the work that this lab asks for.",
        ),
        Imports(points=5),
        OnlyInTodo(points=5),
    ),
)
