import numpy as np
from typing import Iterator, Tuple


class LineFitter:
    def __init__(self, x: np.ndarray, y: np.ndarray):
        self.x = np.array(x, dtype=np.float64, copy=True)
        self.y = np.array(y, dtype=np.float64, copy=True)
        self.coef = np.zeros(2)

    @property
    def design(self):
        return np.vander(self.x, N=2)

    def batches(self, size: int, rng: np.random.Generator) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
        A = self.design
        order = rng.choice(self.x.size, size=self.x.size, replace=False)
        lo = 0
        while lo < order.size:
            hi = min(lo + size, order.size)
            yield A[order[lo:hi]], self.y[order[lo:hi]]
            lo = hi

    def sgd(self, lr, epochs, size, rng):
        for _ in range(epochs):
            for A, t in self.batches(size, rng):
                self.coef = self.coef - lr * np.mean(A * np.expand_dims(A @ self.coef - t, 1), axis=0)
        return self

    def exact(self):
        self.coef = np.linalg.inv(self.design.T @ self.design) @ self.design.T @ self.y
        # one step of iterative refinement
        res = self.y - self.design @ self.coef
        self.coef = self.coef + np.linalg.lstsq(self.design, res, rcond=None)[0]
        return self

    def result(self):
        return self.coef[0].item(), self.coef[1].item()


def fit_least_squares(x, y):
    return LineFitter(x, y).exact().result()


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    return LineFitter(x, y).sgd(lr, epochs, batch_size, rng).result()


def predict(x, w, b):
    f = np.poly1d([w, b])
    return f(x)
