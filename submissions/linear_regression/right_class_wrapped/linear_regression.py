import numpy as np


class LinearModel:
    """y = w x + b"""

    def __init__(self):
        self.w = 0.0
        self.b = 0.0

    def forward(self, x):
        return self.w * x + self.b

    def backward(self, x, y):
        delta = (self.forward(x) - y) / x.shape[0]
        self.dw = np.dot(delta, x)
        self.db = np.sum(delta)

    def step(self, lr):
        self.w = self.w - lr * self.dw
        self.b = self.b - lr * self.db

    def loss(self, x, y):
        return 0.5 * np.mean((self.forward(x) - y) ** 2)


def fit_least_squares(x, y):
    model = LinearModel()
    xm = x.mean()
    ym = y.mean()
    model.w = ((x - xm) * (y - ym)).sum() / ((x - xm) ** 2).sum()
    model.b = ym - model.w * xm
    return model.w, model.b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    model = LinearModel()
    history = []
    for epoch in range(epochs):
        shuffled = rng.permutation(len(x))
        for first in range(0, len(x), batch_size):
            chosen = shuffled[first:first + batch_size]
            model.backward(x[chosen], y[chosen])
            model.step(lr)
        history.append(model.loss(x, y))
    return model.w, model.b


def predict(x, w, b):
    model = LinearModel()
    model.w, model.b = w, b
    return model.forward(x)
