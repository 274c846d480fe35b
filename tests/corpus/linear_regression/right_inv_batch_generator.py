from typing import Iterator, Tuple

import numpy as np


def batches(n: int, size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield index arrays that together visit each of the n samples once."""
    remaining = rng.permutation(n)
    while remaining.size:
        yield remaining[:size]
        remaining = remaining[size:]


def fit_least_squares(x: np.ndarray, y: np.ndarray) -> Tuple[float, float]:
    X = np.stack((np.ones(x.shape, dtype=np.float64), x.astype(np.float64)), axis=1)
    beta = np.linalg.inv(X.T.dot(X)).dot(X.T).dot(y)
    intercept, slope = beta
    return float(slope), float(intercept)


def fit_sgd(x: np.ndarray, y: np.ndarray, lr: float, epochs: int, batch_size: int,
            rng: np.random.Generator) -> Tuple[float, float]:
    slope = intercept = 0.0
    for _ in range(epochs):
        for idx in batches(len(x), batch_size, rng):
            residual = slope * x[idx] + intercept - y[idx]
            slope, intercept = (slope - lr * float((residual * x[idx]).mean()),
                                intercept - lr * float(residual.mean()))
    return slope, intercept


def predict(x: np.ndarray, w: float, b: float) -> np.ndarray:
    return np.add(np.multiply(w, x), b)
