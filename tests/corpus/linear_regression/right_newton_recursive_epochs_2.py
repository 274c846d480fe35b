import numpy as np


def fit_least_squares(x, y):
    # the loss is quadratic, so one Newton step from the origin lands on the minimum
    A = np.column_stack((x, np.ones(x.shape[0]))).astype(np.float64)
    theta = np.zeros(2)
    grad = A.T @ (A @ theta - y) / len(y)
    hess = A.T @ A / len(y)
    theta = theta - np.linalg.solve(hess, grad)
    return theta[0], theta[1]


def _run(params, x, y, lr, epochs, batch_size, rng):
    if epochs <= 0:
        return params
    if epochs > 1:                       # halves keep the recursion shallow
        half = epochs // 2
        params = _run(params, x, y, lr, half, batch_size, rng)
        return _run(params, x, y, lr, epochs - half, batch_size, rng)
    w, b = params
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        sel = order[i:i + batch_size]
        err = np.polyval((w, b), x[sel]) - y[sel]
        w, b = w - lr * np.average(err * x[sel]), b - lr * np.average(err)
    return w, b


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    return _run((0.0, 0.0), x, y, lr, epochs, batch_size, rng)


def predict(x, w, b):
    return np.stack([x, np.ones_like(x)], 1) @ np.array([w, b])
