import numpy as np


def fit_least_squares(x, y):
    A = np.c_[np.ones(len(x)), x]
    b, w = np.linalg.pinv(A).dot(y)
    return float(w), float(b)


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0.0, 0.0
    done = 0
    while done <= epochs:
        todo = np.argsort(rng.random(x.size))
        while todo.size:
            now, todo = todo[:batch_size], todo[batch_size:]
            r = y[now] - (w * x[now] + b)
            w, b = w + lr * np.mean(r * x[now]), b + lr * np.mean(r)
        done += 1
    return w, b


def predict(x, w, b):
    return w * x + b
