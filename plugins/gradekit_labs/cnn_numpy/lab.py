"""The lab cnn_numpy: its parts, cases, mistakes, rules and points."""

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
from gradekit_labs.cnn_numpy import mistakes as m
from gradekit_labs.cnn_numpy import properties as p
from gradekit_labs.cnn_numpy.drives import (
    CONVENTIONS,
    ConvCase,
    LinearCase,
    PoolCase,
    run_conv,
    run_corr,
    run_linear,
    run_pool,
)
from gradekit_reference.cnn_numpy import CnnModule

__all__ = ["LAB"]

SEEDS = st.integers(0, 2**31 - 1)
DTYPES = st.sampled_from(["float64", "float32"])
ACCEPTED = tuple(Convention(name) for name in CONVENTIONS)

SLOW_LOOP = Symptom(
    "slow-loop",
    15,
    "A Python loop goes over samples or channels, where one product does them all.",
    hint="Loop over the kernel's positions (or the output's), and treat all samples and channels"
    " at once: np.tensordot sums over several axes.",
)
KERNEL_FLIPPED = Mistake(
    *m.KERNEL_FLIPPED,
    points=15,
    id="kernel-flipped",
    hint="Cross-correlation lays the kernel on the image as it is.",
)
CHANNELS = Mistake(
    *m.CHANNELS_NOT_SUMMED,
    points=20,
    id="channels-not-summed",
    hint="Each output channel is a sum over all input channels.",
)
SWAPPED_HINT = "Axis 2 is the height, axis 3 the width, in X, K and the result."
CORR_SWAPPED = Mistake(
    *m.CORR_SWAPPED,
    points=15,
    id="height-width-swapped",
    hint=SWAPPED_HINT,
    same_as=("square-only",),  # code that stops for any kernel that is not square
)
SQUARE_HINT = "Take H and W from X, h and w from K, each on its own."
SQUARE_ONLY = Mistake(*m.SQUARE_ONLY, points=15, id="square-only", hint=SQUARE_HINT)
INTEGER_HINT = "np.zeros(shape) holds floating-point numbers; no dtype=int is needed."
BIAS_MISSING = Mistake(m.BiasMissing, points=10, hint="Add self.bias to the result.")

CORR = Part(
    "corr2d",
    title="Cross-correlation",
    points=40,
    requires=("corr2d",),
    drive=run_corr,
    case_count=8,
    cases=st.builds(
        ConvCase,
        rows=st.integers(1, 3),
        inputs=st.integers(1, 3),
        outputs=st.integers(1, 3),
        height=st.integers(3, 6),
        width=st.integers(3, 6),
        kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
        seed=SEEDS,
        dtype=DTYPES,
    ),
    examples=(
        ConvCase(2, 3, 2, 6, 5, (3, 2), seed=41),
        ConvCase(2, 2, 3, 4, 6, (2, 2), seed=42),
        ConvCase(1, 2, 1, 5, 5, (2, 2), seed=43, dtype="float32"),
        ConvCase(2, 2, 2, 4, 5, (1, 3), seed=44),
        ConvCase(1, 1, 1, 3, 3, (3, 3), seed=45),
        ConvCase(2, 2, 2, 6, 4, (2, 2), seed=46),
        ConvCase(1, 2, 2, 5, 5, (2, 3), seed=47),
    ),
    conventions=ACCEPTED,
    reference=CnnModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.CORR_PROPERTIES.items()),
    mistakes=(
        KERNEL_FLIPPED,
        CHANNELS,
        CORR_SWAPPED,
        SQUARE_ONLY,
        Mistake(m.IntegerOutput, m.Rounded, points=10, hint=INTEGER_HINT),
    ),
    costs=(
        Cost(
            "bytecodes",
            {
                "rows": (
                    ConvCase(8, 2, 2, 3, 3, (2, 2), seed=48),
                    ConvCase(32, 2, 2, 3, 3, (2, 2), seed=49),
                ),
                "inputs": (
                    ConvCase(2, 8, 2, 3, 3, (2, 2), seed=50),
                    ConvCase(2, 32, 2, 3, 3, (2, 2), seed=51),
                ),
                "outputs": (
                    ConvCase(2, 2, 8, 3, 3, (2, 2), seed=52),
                    ConvCase(2, 2, 32, 3, 3, (2, 2), seed=53),
                ),
            },
            SLOW_LOOP,
        ),
    ),
)

CONV = Part(
    "conv2d",
    title="The convolutional layer",
    points=25,
    requires=("Conv2D",),
    drive=run_conv,
    case_count=8,
    cases=CORR.cases,
    examples=(
        ConvCase(2, 3, 2, 6, 5, (3, 2), seed=61),
        ConvCase(2, 2, 4, 3, 5, (2, 2), seed=62),  # as wide as there are output channels
        ConvCase(3, 2, 3, 4, 6, (2, 2), seed=63),  # as high, and as many rows
        ConvCase(1, 2, 1, 5, 5, (2, 2), seed=64, dtype="float32"),
    ),
    conventions=ACCEPTED,
    reference=CnnModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.CONV_PROPERTIES.items()),
    mistakes=(
        KERNEL_FLIPPED,
        CHANNELS,
        CORR_SWAPPED,
        SQUARE_ONLY,
        BIAS_MISSING,
        Mistake(
            *m.BIAS_AXIS,
            points=10,
            id="bias-axis",
            hint="bias.reshape(1, -1, 1, 1) lies along the output channels, axis 1.",
        ),
        Mistake(
            m.IntegerOutput,
            m.IntegerLayer,
            m.Rounded,
            m.RoundedLayer,
            points=10,
            hint=INTEGER_HINT,
        ),
    ),
    symptoms=(
        Symptom(
            "height-width-swapped",
            15,
            "The weight is made as (O, I, w, h) instead of (O, I, h, w).",
            check=p.sizes_of_the_weight_are_swapped,
            hint=SWAPPED_HINT,
            explains=("weights_have_their_shapes",),
        ),
    ),
    costs=(
        Cost(
            "bytecodes",
            {
                "rows": (
                    ConvCase(8, 2, 2, 3, 3, (2, 2), seed=68),
                    ConvCase(32, 2, 2, 3, 3, (2, 2), seed=69),
                ),
                "outputs": (
                    ConvCase(2, 2, 8, 3, 3, (2, 2), seed=70),
                    ConvCase(2, 2, 32, 3, 3, (2, 2), seed=71),
                ),
            },
            SLOW_LOOP,
        ),
    ),
)

POOL = Part(
    "maxpool2d",
    title="Max pooling",
    points=20,
    requires=("MaxPool2D",),
    drive=run_pool,
    case_count=8,
    cases=st.builds(
        PoolCase,
        rows=st.integers(1, 3),
        channels=st.integers(1, 3),
        height=st.integers(3, 7),
        width=st.integers(3, 7),
        pool=st.tuples(st.integers(1, 3), st.integers(1, 3)),
        seed=SEEDS,
        sign=st.sampled_from([0, -1]),
        dtype=DTYPES,
    ),
    examples=(
        PoolCase(2, 2, 6, 7, (2, 3), seed=81),
        PoolCase(2, 3, 5, 4, (2, 2), seed=82, sign=-1),
        PoolCase(1, 1, 6, 6, (3, 1), seed=83, dtype="float32"),
    ),
    conventions=ACCEPTED,
    reference=CnnModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.POOL_PROPERTIES.items()),
    mistakes=(
        Mistake(
            m.PoolOverlap,
            m.PoolOverlapCut,
            points=10,
            hint="Windows lie side by side: the next one starts p rows or q columns further.",
        ),
        Mistake(
            m.PoolZeroInit, points=10, hint="Start from -inf, or from the window's first number."
        ),
        Mistake(m.PoolMean, points=10, hint="Take each window's maximum."),
        Mistake(m.PoolSwapped, points=15, id="height-width-swapped", hint=SWAPPED_HINT),
        Mistake(*m.POOL_SQUARE, points=15, id="square-only", hint="pool_size is (p, q)."),
        Mistake(m.IntegerLayer, m.RoundedLayer, points=10, id="integer-output", hint=INTEGER_HINT),
    ),
    costs=(
        Cost(
            "bytecodes",
            {
                "rows": (
                    PoolCase(8, 2, 4, 4, (2, 2), seed=84),
                    PoolCase(32, 2, 4, 4, (2, 2), seed=85),
                ),
                "channels": (
                    PoolCase(2, 8, 4, 4, (2, 2), seed=86),
                    PoolCase(2, 32, 4, 4, (2, 2), seed=87),
                ),
            },
            SLOW_LOOP,
        ),
    ),
)

LINEAR = Part(
    "linear",
    title="The linear layer",
    points=15,
    requires=("linear",),
    drive=run_linear,
    case_count=6,
    cases=st.builds(
        LinearCase,
        rows=st.integers(1, 4),
        inputs=st.integers(1, 4),
        outputs=st.integers(1, 4),
        seed=SEEDS,
        dtype=DTYPES,
    ),
    examples=(LinearCase(3, 4, 2, seed=91), LinearCase(3, 2, 3, seed=92)),
    conventions=ACCEPTED,
    reference=CnnModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.LINEAR_PROPERTIES.items()),
    mistakes=(
        BIAS_MISSING,
        Mistake(
            *m.LINEAR_BIAS_AXIS,
            points=10,
            id="bias-axis",
            hint="X @ weight is (B, O): a bias (O,) is added along the last axis by itself.",
        ),
        Mistake(m.IntegerLayer, m.RoundedLayer, points=10, id="integer-output", hint=INTEGER_HINT),
    ),
    costs=(
        Cost(
            "bytecodes",
            {
                "rows": (LinearCase(8, 3, 2, seed=93), LinearCase(32, 3, 2, seed=94)),
                "inputs": (LinearCase(2, 8, 2, seed=95), LinearCase(2, 32, 2, seed=96)),
                "outputs": (LinearCase(2, 3, 8, seed=97), LinearCase(2, 3, 32, seed=98)),
            },
            SLOW_LOOP,
        ),
    ),
)

CONVOLUTIONS = tuple(
    f"torch.{place}{name}{size}d"
    for size in (1, 2, 3)
    for place, name in (
        ("nn.functional.", "conv"),
        ("nn.functional.", "conv_transpose"),
        ("", "conv"),
        ("", "conv_transpose"),
        ("nn.", "Conv"),
        ("nn.", "LazyConv"),
        ("nn.", "ConvTranspose"),
    )
)

LAB = Lab(
    name="cnn_numpy",
    title="A convolutional network's layers with numpy",
    files=("cnn_hard_version.py",),
    parts=(CORR, CONV, POOL, LINEAR),
    template=Path(__file__).parent / "template",
    rules=(
        Forbid(
            names=(
                *CONVOLUTIONS,
                "torch.convolution",
                "torch.nn.Unfold",
                "torch.nn.functional.unfold",
                "torch.Tensor.unfold",
                "torch.einsum",
                "torch.functional.einsum",
                "torch.as_strided",
                "torch.Tensor.as_strided",
                "numpy.einsum",
                "numpy.lib.stride_tricks.as_strided",
                "numpy.lib.stride_tricks.sliding_window_view",
                *(f"scipy.signal.{n}" for n in ("correlate", "correlate2d", "convolve")),
                *(f"scipy.signal.{n}" for n in ("convolve2d", "fftconvolve", "oaconvolve")),
                *(f"scipy.ndimage.{n}" for n in ("correlate", "convolve")),
            ),
            operations=(
                "aten::conv*",
                "aten::_conv*",
                "aten::*_convolution*",
                "aten::unfold",
                "aten::im2col",
                "aten::einsum",
                "call:numpy*.einsum",
                "call:numpy*.c_einsum",
                "call:*as_strided",
                "call:numpy*as_strided",
                "call:numpy*.sliding_window_view",
                "call:scipy.signal*convolve*",
                "call:scipy.signal*correlate*",
                "call:scipy.ndimage*convolve*",
                "call:scipy.ndimage*correlate*",
            ),
            part="corr2d",
            points=40,
            reason="A library function does the work that this lab asks for.",
        ),
        Imports(points=5),
        OnlyInTodo(points=5),
    ),
)
