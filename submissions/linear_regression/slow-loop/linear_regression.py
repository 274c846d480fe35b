import numpy as np

def fit_least_squares(x, y):
    A = np.vstack([x, np.ones(len(x))]).T
    w, b = np.linalg.lstsq(A, y, rcond=None)[0]
    return w, b

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = 0.0
    b = 0.0
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start:start + batch_size]
            grad_w = 0.0
            grad_b = 0.0
            for i in batch:
                pred = w * x[i] + b
                grad_w += (pred - y[i]) * x[i]
                grad_b += pred - y[i]
            w -= lr * grad_w / len(batch)
            b -= lr * grad_b / len(batch)
    return w, b

def predict(x, w, b):
    return w * x + b

