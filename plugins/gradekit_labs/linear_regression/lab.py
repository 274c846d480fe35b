"""The lab linear_regression: its parts, cases, mistakes, rules and points."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from gradekit.lab import Cost, Imports, Lab, Mistake, OnlyInTodo, Part, Property, Symptom
from gradekit_labs.linear_regression import mistakes as m
from gradekit_labs.linear_regression import properties as p
from gradekit_labs.linear_regression.drives import (
    LineCase,
    PredictCase,
    SgdCase,
    run_least_squares,
    run_predict,
    run_sgd,
)
from gradekit_labs.linear_regression.metrics import METRICS
from gradekit_reference.linear_regression import LinearModule

__all__ = ["LAB"]

SEEDS = st.integers(0, 2**31 - 1)

SLOW_LOOP = Symptom(
    "slow-loop",
    10,
    "A Python loop goes over the samples, where one product does them all.",
    hint="x * error multiplies all samples at once; .sum() and .mean() add them up.",
)
BROADCAST_HINT = "Keep x and y both (n,), or both (n, 1); print (pred - y).shape."
ONLY_ONE = "Only one of the two methods is there: {} is left out, or handed to the other."

LEAST_SQUARES = Part(
    "least_squares",
    title="Least squares",
    points=35,
    requires=("fit_least_squares",),
    drive=run_least_squares,
    case_count=8,
    cases=st.builds(
        LineCase,
        samples=st.integers(3, 12),
        seed=SEEDS,
        spread=st.sampled_from([0.5, 1.0, 4.0]),
        away=st.sampled_from([0.0, 2.0, -3.0]),
    ),
    examples=(LineCase(5, seed=11), LineCase(8, seed=12, away=3.0), LineCase(3, seed=13, spread=4)),
    reference=LinearModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.LINE_PROPERTIES.items()),
    mistakes=(
        Mistake(
            m.NoIntercept,
            m.NoInterceptInSlope,
            m.InterceptDropped,
            points=20,
            hint="Give the design matrix a column of ones, or centre x and y first.",
        ),
        Mistake(m.BroadcastSquare, points=15, hint=BROADCAST_HINT),
    ),
    symptoms=(
        Symptom(
            "only-one-method",
            35,
            ONLY_ONE.format("least squares"),
            check=p.sgd_does_the_work,
            hint="Solve the normal equations: w = cov(x, y) / var(x), b = mean(y) - w mean(x).",
            explains=("*", "agreement"),
        ),
    ),
    absent="only-one-method",
    costs=(
        Cost(
            "bytecodes",
            {"samples": (LineCase(64, seed=14), LineCase(256, seed=15))},
            SLOW_LOOP,
        ),
    ),
)

SGD = Part(
    "sgd",
    title="Stochastic gradient descent",
    points=50,
    requires=("fit_sgd",),
    drive=run_sgd,
    case_count=9,
    cases=st.one_of(
        st.integers(3, 9).flatmap(
            lambda samples: st.builds(
                SgdCase,
                kind=st.just("whole"),
                samples=st.just(samples),
                batch_size=st.sampled_from([samples, samples, samples + 4]),
                seed=SEEDS,
                lr=st.sampled_from([0.05, 0.2, 0.5]),
                epochs=st.integers(2, 3),
            )
        ),
        st.builds(
            SgdCase,
            kind=st.just("alike"),
            samples=st.sampled_from([5, 7, 8, 10]),
            batch_size=st.sampled_from([1, 3, 4]),
            seed=SEEDS,
            lr=st.sampled_from([0.05, 0.1]),
            epochs=st.integers(1, 2),
        ),
    ),
    examples=(
        SgdCase("order", 5, 1, seed=25, lr=0.3),
        SgdCase("whole", 5, 5, seed=21, epochs=2),
        SgdCase("whole", 7, 20, seed=22, lr=0.1, epochs=2),
        SgdCase("alike", 7, 3, seed=23, lr=0.1),
        SgdCase("alike", 6, 3, seed=24, lr=0.1, epochs=2),
    ),
    reference=LinearModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.SGD_PROPERTIES.items()),
    mistakes=(
        Mistake(
            m.GradientNotAveraged,
            m.WeightGradientNotAveraged,
            m.BiasGradientNotAveraged,
            points=15,
            hint="The loss is a mean over the batch: divide by the number of its samples.",
        ),
        Mistake(
            m.BiasNotUpdated,
            points=15,
            hint="b has a gradient too, mean(error): b = b - lr * db.",
        ),
        Mistake(
            m.StepSign,
            m.WeightStepSign,
            m.BiasStepSign,
            points=20,
            hint="Descent subtracts lr times the gradient of mean((prediction - y)^2) / 2.",
        ),
        Mistake(
            m.SequentialUpdate,
            m.SequentialUpdateOfWeight,
            points=10,
            hint="Compute both gradients first, then change w and b.",
        ),
        Mistake(
            m.FactorTwo,
            m.WeightFactorTwo,
            m.BiasFactorTwo,
            points=10,
            hint="The half in the loss takes away the two of the derivative.",
        ),
        Mistake(
            m.LastBatchDropped,
            points=10,
            hint="range(0, n, batch_size) reaches the short last batch too.",
        ),
        Mistake(*m.BROADCAST_SQUARE, points=15, id="broadcast-square", hint=BROADCAST_HINT),
    ),
    symptoms=(
        Symptom(
            "no-shuffle",
            10,
            "Every epoch visits the samples in the same order.",
            check=p.same_order_every_epoch,
            hint="Draw a new order inside the loop over epochs: order = rng.permutation(n).",
            explains=("order_comes_from_rng", "order_changes_every_epoch"),
        ),
        Symptom(
            "only-one-method",
            50,
            ONLY_ONE.format("SGD"),
            check=p.least_squares_does_the_work,
            hint="Start from w = b = 0 and take a gradient step for each batch.",
            explains=("*", "agreement"),
        ),
    ),
    absent="only-one-method",
    costs=(
        Cost(
            "bytecodes",
            {
                "samples": (
                    SgdCase("whole", 64, 1000, seed=26, epochs=2),
                    SgdCase("whole", 256, 1000, seed=27, epochs=2),
                )
            },
            SLOW_LOOP,
        ),
    ),
)

PREDICT = Part(
    "predict",
    title="Prediction",
    points=15,
    requires=("predict",),
    drive=run_predict,
    case_count=4,
    cases=st.builds(PredictCase, samples=st.integers(1, 6), seed=SEEDS),
    examples=(PredictCase(4, seed=31), PredictCase(1, seed=32)),
    reference=LinearModule,
    tolerance=p.tolerance,
    properties=tuple(Property(*item) for item in p.PREDICT_PROPERTIES.items()),
    costs=(
        Cost(
            "bytecodes",
            {"samples": (PredictCase(64, seed=33), PredictCase(256, seed=34))},
            SLOW_LOOP,
        ),
    ),
)

LAB = Lab(
    name="linear_regression",
    title="Linear regression by least squares and by SGD",
    files=("linear_regression.py",),
    parts=(LEAST_SQUARES, SGD, PREDICT),
    template=Path(__file__).parent / "template",
    metrics=METRICS,
    rules=(Imports(points=5), OnlyInTodo(points=5)),
)
