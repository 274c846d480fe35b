"""The lab softmax_regression: its parts, cases, mistakes, rules and points."""

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
from gradekit_labs.softmax_regression import mistakes as m
from gradekit_labs.softmax_regression import properties as p
from gradekit_labs.softmax_regression.drives import (
    OWN_Y_HAT,
    RegressionCase,
    SoftmaxCase,
    run_forward,
    run_softmax,
    run_step,
)
from gradekit_labs.softmax_regression.metrics import METRICS
from gradekit_reference.softmax_regression import SoftmaxModule

__all__ = ["LAB"]

SEEDS = st.integers(0, 2**31 - 1)

SOFTMAX_MISTAKES = (
    Mistake(
        *m.SoftmaxOverflow,
        points=15,
        id="softmax-overflow",
        hint="Subtract each row's maximum before exp; the result is the same, and finite.",
    ),
    Mistake(
        *m.SoftmaxDim,
        points=20,
        id="softmax-dim",
        hint="A row is one sample: sum over dim=1 and keep the axis.",
    ),
    Mistake(
        *m.MaxOverBatch,
        points=15,
        id="max-over-batch",
        hint="Subtract the maximum of each row, max(dim=1, keepdim=True).",
    ),
)

# Scores of ten thousand, which an unsafe softmax needs to fail, are no matter for the model.
VISIBLE_EVERYWHERE = SOFTMAX_MISTAKES[1:]

SOFTMAX = Part(
    "softmax",
    title="The softmax function",
    points=30,
    requires=("softmax",),
    drive=run_softmax,
    case_count=12,
    cases=st.one_of(
        st.builds(
            SoftmaxCase,
            rows=st.integers(1, 5),
            classes=st.integers(2, 6),
            seed=SEEDS,
            spread=st.sampled_from([1.0, 10.0]),
            level=st.sampled_from([0.0, 3.0, -5.0]),
        ),
        st.builds(
            SoftmaxCase,
            rows=st.integers(1, 5),
            classes=st.integers(2, 6),
            seed=SEEDS,
            spread=st.sampled_from([1.0, 1000.0, 10_000.0]),
            level=st.sampled_from([10_000.0, -10_000.0]),
        ),
    ),
    examples=(
        SoftmaxCase(4, 3, seed=31),
        SoftmaxCase(3, 5, seed=32, level=3.0),
        SoftmaxCase(3, 4, seed=33, level=10_000.0),
        SoftmaxCase(2, 5, seed=34, level=-10_000.0),
        SoftmaxCase(3, 5, seed=35, spread=10_000.0, level=10_000.0),
        SoftmaxCase(1, 4, seed=36),
    ),
    reference=SoftmaxModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.SOFTMAX_PROPERTIES.items()),
    mistakes=SOFTMAX_MISTAKES,
)

BATCHES = {
    "rows": st.integers(1, 6),
    "inputs": st.integers(2, 5),
    "classes": st.integers(2, 6),
    "seed": SEEDS,
}

FORWARD = Part(
    "forward",
    title="The model's forward",
    points=20,
    requires=("SoftmaxRegression",),
    drive=run_forward,
    case_count=8,
    cases=st.builds(RegressionCase, **BATCHES),
    examples=(RegressionCase(4, 3, 5, seed=41), RegressionCase(1, 2, 3, seed=42)),
    reference=SoftmaxModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.FORWARD_PROPERTIES.items()),
    mistakes=(
        Mistake(
            m.DoubleSoftmax,
            points=15,
            hint="forward is softmax(self.linear(X)), once.",
        ),
        *VISIBLE_EVERYWHERE,
    ),
    symptoms=(
        Symptom(
            "layer-unused",
            15,
            "self.linear is created but never used.",
            check=p.linear_is_unused,
            hint="forward is softmax(self.linear(X)).",
            explains=("*", "agreement"),
        ),
    ),
)

STEP = Part(
    "manual_backward",
    title="The manual gradient step",
    variants=(m.Recomputes,),
    conventions=(Convention(""), Convention(OWN_Y_HAT)),
    points=50,
    requires=("SoftmaxRegression",),
    drive=run_step,
    case_count=10,
    cases=st.builds(
        RegressionCase,
        **BATCHES,
        lr=st.sampled_from([0.05, 0.5, 1.0]),
        steps=st.sampled_from([1, 2]),
    ),
    examples=(
        RegressionCase(4, 3, 5, seed=51, lr=0.5),
        RegressionCase(5, 2, 3, seed=52, lr=0.05, steps=2),
        RegressionCase(1, 4, 2, seed=53, lr=1.0),
    ),
    reference=SoftmaxModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.STEP_PROPERTIES.items()),
    mistakes=(
        Mistake(
            m.GradientNotAveraged,
            m.WeightGradientNotAveraged,
            m.BiasGradientNotAveraged,
            points=15,
            hint="The loss is a mean over the batch: divide by the number of rows.",
        ),
        Mistake(
            m.BiasNotSummed,
            m.BiasNotSummedBound,
            m.BiasNotSummedNorAveraged,
            m.BiasFromFirstRow,
            m.BiasFromFirstRowAveraged,
            m.BiasFromLastRow,
            m.BiasFromLastRowAveraged,
            m.BiasAveragedTwice,
            points=15,
            hint="Each row adds its error to the bias's gradient: sum over dim=0, then divide.",
        ),
        Mistake(
            m.BiasNotUpdated,
            points=15,
            hint="The bias has a gradient too: the errors summed over the rows.",
        ),
        Mistake(
            m.StepSign,
            m.WeightStepSign,
            m.BiasStepSign,
            points=20,
            hint="Descent subtracts lr times the gradient.",
        ),
        Mistake(
            m.ParameterReplaced,
            m.BiasReplaced,
            points=15,
            hint="Change the parameter in place: self.linear.weight.data -= ...",
        ),
        Mistake(
            m.DoubleSoftmaxInStep,
            m.DoubleSoftmax,
            points=15,
            id="double-softmax",
            hint="y_hat are probabilities already.",
        ),
        *VISIBLE_EVERYWHERE,
    ),
    symptoms=(
        Symptom(
            "parameter-replaced",
            15,
            "A parameter is bound to a new tensor instead of being changed: an optimiser that"
            " holds the old one would train nothing.",
            check=p.parameters_are_new_objects,
            hint="Change the parameter in place: self.linear.weight.data -= ...",
        ),
    ),
)

PLACES = ("torch", "torch.special", "torch.nn.functional", "torch.Tensor", "torch.sparse")
FUNCTIONS = ("softmax", "softmin", "log_softmax", "cross_entropy", "gumbel_softmax")
LAYERS = (
    "Softmax",
    "Softmax2d",
    "Softmin",
    "LogSoftmax",
    "CrossEntropyLoss",
    "AdaptiveLogSoftmaxWithLoss",
)

DERIVATIVES = (
    "autograd::engine::evaluate_function*",
    "aten::_make_dual*",
    "call:torch.autograd.forward_ad.make_dual",
)

LAB = Lab(
    name="softmax_regression",
    title="Softmax regression by hand",
    files=("softmax_regression.py",),
    parts=(SOFTMAX, FORWARD, STEP),
    template=Path(__file__).parent / "template",
    metrics=METRICS,
    rules=(
        Forbid(
            names=(
                *(f"{place}.{name}" for place in PLACES for name in FUNCTIONS),
                *(f"torch.nn.{name}" for name in LAYERS),
                "scipy.special.softmax",
                "scipy.special.log_softmax",
            ),
            operations=(
                "aten::*softmax*",
                "aten::*cross_entropy_loss*",
                "aten::*scaled_dot_product*",
                "aten::_native_multi_head_attention*",
                "aten::_transformer_encoder_layer_fwd*",
                "call:torch._refs*softmax*",
                "call:torch._decomp*softmax*",
                "call:scipy.special*softmax",
                "call:sklearn.utils.extmath.softmax",
            ),
            part="softmax",
            points=30,
            reason="A built-in softmax or cross-entropy does the work that this lab asks for.",
        ),
        Forbid(
            names=(),
            operations=DERIVATIVES,
            part="softmax",
            points=30,
            within=("softmax",),
            reason="Autograd differentiates something else where the softmax itself is asked for.",
        ),
        Forbid(
            names=(
                "torch.autograd.backward",
                "torch.autograd.grad",
                "torch.func.grad",
                "torch.func.vjp",
                "torch.autograd.functional.jacobian",
                "torch.func.grad_and_value",
                "torch.func.jacrev",
                "torch.func.jacfwd",
                "torch.func.jvp",
                "torch.autograd.forward_ad.make_dual",
            ),
            operations=DERIVATIVES,
            part="manual_backward",
            points=50,
            within=("SoftmaxRegression.manual_backward",),
            reason="Autograd computes the gradient that this part asks you to compute by hand.",
        ),
        Imports(points=5),
        OnlyInTodo(points=5),
    ),
)
