import numpy as np

def fit_least_squares(x, y):
    Q, R = np.linalg.qr(np.column_stack([x, np.ones(len(x))]))
    theta = np.linalg.solve(R, Q.T @ y)
    return theta[0], theta[1]

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w, b = 0.0, 0.0
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        for s in range(0, len(x), batch_size):
            idx = order[s:s + batch_size]
            m = len(idx)
            y_pred = w * x[idx] + b
            dw = (2 / m) * np.sum((y_pred - y[idx]) * x[idx])
            db = (2 / m) * np.sum(y_pred - y[idx])
            w = w - lr * dw
            b = b - lr * db
    return w, b

def predict(x, w, b):
    return w * x + b

