import numpy as np

def fit_least_squares(x, y):
    mu_x, mu_y = x.mean(dtype=np.float64), y.mean(dtype=np.float64)
    coef, *_ = np.linalg.lstsq((x - mu_x)[:, np.newaxis], y - mu_y, rcond=None)
    return coef.item(), (mu_y - coef * mu_x).item()

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = b = 0.0
    for _ in range(epochs):
        q = rng.permutation(len(x)).tolist()
        while q:
            now, q = q[:batch_size], q[batch_size:]
            weight = np.full(len(now), 1.0 / len(now))
            e = w * x[now] + b - y[now]
            w, b = w - lr * np.sum(weight * e * x[now]), b - lr * np.sum(weight * e)
    return w, b

def predict(x, w, b):
    return w * x + b
