import numpy as np


def fit_least_squares(x, y):
    A = np.c_[np.ones(len(x)), x]
    b, w = np.linalg.pinv(A).dot(y)
    return float(w), float(b)


def fit_sgd(x, y, lr, epochs, batch_size, rng):
    n = x.shape[0]
    # every epoch's order drawn at once, one row each
    orders = rng.permuted(np.repeat(np.arange(n)[None], epochs, axis=0), axis=1)
    A = np.column_stack([x, np.ones(n)])
    theta = np.zeros(2)
    for order in orders:
        for k in np.split(order, np.arange(batch_size, n, batch_size)):
            theta = theta - lr / k.size * (A[k].T @ (A[k] @ theta - y[k]) + (A[k] @ theta - y[k]) @ A[k])
    return tuple(theta)


def predict(x, w, b):
    feats = np.vander(x, 2, increasing=True)
    return np.tensordot(feats, np.asarray([b, w]), axes=1)
