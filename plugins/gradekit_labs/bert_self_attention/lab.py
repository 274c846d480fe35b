"""The lab bert_self_attention: its parts, cases, mistakes, rules and points."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from gradekit.lab import (
    Convention,
    Cost,
    Forbid,
    Imports,
    Lab,
    Mistake,
    OnlyInTodo,
    Part,
    Property,
    Symptom,
)
from gradekit_labs.bert_self_attention import mistakes as m
from gradekit_labs.bert_self_attention import properties as p
from gradekit_labs.bert_self_attention.drives import (
    DOUBLE,
    SINGLE,
    AttentionCase,
    DropoutCase,
    HeadsCase,
    run_attention,
    run_dropout,
    run_heads,
)
from gradekit_labs.forbidden import ATTENTION_NAMES, ATTENTION_RAN
from gradekit_reference.bert_self_attention import BertModule

__all__ = ["LAB"]

SEEDS = st.integers(0, 2**31 - 1)
PRECISIONS = (Convention(DOUBLE), Convention(SINGLE))

LAYER_UNUSED = Symptom(
    "layer-unused",
    20,
    "One of the layers query, key and value is created but has no say in the result.",
    check=p.a_layer_is_unused,
    hint="q = self.query(x), k = self.key(x), v = self.value(x), each used once.",
    explains=("*", "agreement"),
)
LAYER_IN_FORWARD = Symptom(
    "layer-in-forward",
    20,
    "forward creates a new layer at each call: its weights are never trained, its mode never set.",
    check=p.layers_are_made,
    hint="Create layers once, in __init__.",
    explains=("*", "agreement"),
)
SLOW_LOOP = Symptom(
    "slow-loop",
    10,
    "A Python loop goes over the samples of the batch, where one product does them all.",
    hint="matmul works on the last two axes of (B, N, S, d); all others are done at once.",
)

ATTENTION = Part(
    "attention",
    title="The context in evaluation mode",
    points=75,
    requires=("BertSelfAttention",),
    drive=run_attention,
    case_count=10,
    cases=st.builds(
        AttentionCase,
        rows=st.integers(1, 4),
        positions=st.integers(1, 5),
        heads=st.integers(1, 3),
        head_width=st.integers(2, 4),
        seed=SEEDS,
        masked=st.sampled_from(["none", "some", "all", "other"]),
    ),
    examples=(
        AttentionCase(3, 4, 2, 3, seed=61),
        AttentionCase(2, 5, 3, 2, seed=62, masked="none"),
        AttentionCase(2, 3, 2, 4, seed=63, masked="all"),
        AttentionCase(3, 5, 2, 2, seed=64, masked="other"),
        AttentionCase(1, 4, 1, 3, seed=65, masked="none"),
        AttentionCase(2, 3, 2, 3, seed=68, masked="none", size=30.0),
    ),
    conventions=PRECISIONS,
    reference=BertModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.ATTENTION_PROPERTIES.items()),
    mistakes=(
        Mistake(m.ScaleMissing, points=10, hint="Divide the scores by sqrt(d), d = D / heads."),
        Mistake(m.ScaleByWidth, points=10, hint="d is the width of one head, D / heads."),
        Mistake(
            m.MaskIgnored,
            points=15,
            hint="scores + attention_mask[:, None, None, :], before the softmax.",
        ),
        Mistake(
            *m.MASK_AFTER_SOFTMAX,
            points=15,
            id="mask-after-softmax",
            hint="scores + attention_mask[:, None, None, :], before the softmax.",
        ),
        Mistake(
            *m.MASK_ON_QUERIES,
            points=15,
            id="mask-on-queries",
            hint="Keys are the last axis of the scores: attention_mask[:, None, None, :].",
        ),
        Mistake(
            *m.MASK_BY_VALUE,
            points=5,
            id="mask-by-value",
            hint="The mask is additive: scores + attention_mask[:, None, None, :]. It matters"
            " where all keys of a row are masked, and for other values than -10000.",
        ),
        Mistake(
            *m.SOFTMAX_DIM,
            points=20,
            id="softmax-dim",
            hint="Each query's weights over the keys sum to one: dim=-1.",
        ),
        Mistake(
            *m.HEADS_MIXED,
            points=20,
            id="heads-mixed",
            hint="view(B, S, N, d) and then transpose(1, 2); on the way back transpose first.",
        ),
        Mistake(
            *m.HEADS_NOT_MERGED,
            points=15,
            id="heads-not-merged",
            hint="transpose(1, 2), then reshape(B, S, D).",
        ),
        Mistake(
            *m.LAYER_UNUSED,
            points=20,
            id="layer-unused",
            hint="q = self.query(x), k = self.key(x), v = self.value(x), each used once.",
        ),
    ),
    symptoms=(LAYER_IN_FORWARD, LAYER_UNUSED),
    costs=(
        Cost(
            "operations",
            {
                "rows": (
                    AttentionCase(8, 3, 2, 2, seed=66, masked="none"),
                    AttentionCase(32, 3, 2, 2, seed=67, masked="none"),
                )
            },
            SLOW_LOOP,
        ),
    ),
)

DROPOUT = Part(
    "dropout",
    title="Dropout in training mode",
    points=15,
    requires=("BertSelfAttention",),
    drive=run_dropout,
    case_count=1,
    cases=st.builds(
        DropoutCase,
        rows=st.just(2),
        positions=st.integers(4, 6),
        heads=st.just(2),
        head_width=st.integers(2, 3),
        seed=SEEDS,
    ),
    examples=(DropoutCase(2, 5, 2, 3, seed=71),),
    conventions=PRECISIONS,
    reference=BertModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.DROPOUT_PROPERTIES.items()),
    symptoms=(
        LAYER_IN_FORWARD,
        Symptom(
            "dropout-missing",
            10,
            "Dropout is never applied: training mode gives what evaluation mode gives.",
            check=p.nothing_is_dropped,
            hint="probabilities = self.dropout(probabilities), after the softmax.",
            explains=("*",),
        ),
        Symptom(
            "dropout-on-output",
            10,
            "Dropout falls on the context instead of the probabilities.",
            check=p.outputs_are_dropped,
            hint="Apply self.dropout to the probabilities, before they weigh the values.",
            explains=("*",),
        ),
    ),
)

HEADS = Part(
    "heads",
    title="The number of heads",
    points=10,
    requires=("BertSelfAttention",),
    drive=run_heads,
    case_count=4,
    cases=st.builds(HeadsCase, width=st.integers(2, 12), heads=st.integers(1, 6)),
    examples=(HeadsCase(10, 3), HeadsCase(12, 4)),
    reference=BertModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.HEADS_PROPERTIES.items()),
    symptoms=(
        Symptom(
            "heads-unchecked",
            10,
            "Heads that don't divide hidden_size raise no error.",
            check=p.heads_are_unchecked,
            hint="if hidden_size % num_attention_heads != 0: raise ValueError(...), in __init__.",
            explains=("wrong_heads_are_refused",),
        ),
    ),
)

LAB = Lab(
    name="bert_self_attention",
    title="Self-attention of BERT",
    files=("BertModel.py",),
    parts=(ATTENTION, DROPOUT, HEADS),
    template=Path(__file__).parent / "template",
    rules=(
        Forbid(
            names=ATTENTION_NAMES,
            operations=ATTENTION_RAN,
            part="attention",
            points=75,
            reason="torch's own attention does the work that this lab asks for.",
        ),
        Imports(points=5),
        OnlyInTodo(points=5),
    ),
)
