import numpy as np

def mean(values):
    return sum(values) / len(values)

def fit_least_squares(x, y):
    mx, my = mean(x), mean(y)
    num = sum((xi - mx) * (yi - my) for xi, yi in zip(x, y))
    den = sum((xi - mx) ** 2 for xi in x)
    w = num / den
    return w, my - w * mx

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0.0, 0.0
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            i = order[start:start + batch_size]
            error = w * x[i] + b - y[i]
            dw, db = np.mean(error * x[i]), np.mean(error)
            w, b = w - lr * dw, b - lr * db
    return w, b

def predict(x, w, b):
    return np.array([w * xi + b for xi in x])
