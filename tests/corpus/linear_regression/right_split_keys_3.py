import numpy as np
def fit_least_squares(x, y):
    A = np.stack([np.ones_like(x), x]); b, w = np.linalg.solve(A @ A.T, A @ y); return w, b
def fit_sgd(x, y, lr, epochs, batch_size, rng):
    n = len(x); p = np.zeros(2)
    for e in range(epochs):
        keys = rng.standard_normal(n); o = np.argsort(keys)
        for part in np.split(o, range(batch_size, n, batch_size)):
            r = p[0] * x[part] + p[1] - y[part]
            p = p - lr * np.array([np.dot(r, x[part]), r.sum()]) / part.size
    return p[0], p[1]
def predict(x, w, b):
    return np.polyval([w, b], x)
