import numpy as np


def fit_least_squares(x, y):
    """design matrix [x, 1] from the Vandermonde matrix of degree one"""
    V = np.vander(np.asarray(x, dtype=np.float64), 2)
    sol, *_ = np.linalg.lstsq(V, np.asarray(y, dtype=np.float64), rcond=None)
    w, b = sol
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0.0, 0.0
    done = 0
    while done < epochs:
        todo = np.argsort(rng.random(x.size))
        while todo.size:
            now, todo = todo[:batch_size], todo[batch_size:]
            r = y[now] - (w * x[now] + b)
            w, b = w + lr * np.mean(r * x[now]), b + lr * np.mean(r)
        done += 1
    return w, b


def predict(x, w, b):
    return np.polyval([w, b], x)
