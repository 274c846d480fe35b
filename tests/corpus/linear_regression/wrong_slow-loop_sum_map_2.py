import numpy as np


def fit_least_squares(x, y):
    A = np.stack([x, np.ones_like(x)], axis=-1).astype(np.float64)
    Q, R = np.linalg.qr(A)
    rhs = Q.T @ y
    b = rhs[1] / R[1, 1]
    w = (rhs[0] - R[0, 1] * b) / R[0, 0]
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0.0, 0.0
    done = 0
    while done < epochs:
        todo = np.argsort(rng.random(x.size))
        while todo.size:
            now, todo = todo[:batch_size], todo[batch_size:]
            r = y[now] - (w * x[now] + b)
            w, b = w + lr * sum(map(lambda i, ri: ri * x[i], now, r)) / len(now), b + lr * sum(r) / len(r)
        done += 1
    return w, b


def predict(x, w, b):
    return w * x + b
