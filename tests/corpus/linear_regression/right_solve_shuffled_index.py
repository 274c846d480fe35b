import numpy as np

def fit_least_squares(x, y):
    # normal equations  (A^T A) p = A^T y
    A = np.ones((len(x), 2))
    A[:, 0] = x
    p = np.linalg.solve(A.T @ A, A.T @ y)
    return p[0], p[1]

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    m = len(x)
    indices = np.arange(m)
    w = 0.
    b = 0.
    for ep in range(epochs):
        rng.shuffle(indices)          # in place, but only my own index array
        xs, ys = x[indices], y[indices]
        for i in range(0, m, batch_size):
            xb = xs[i:i+batch_size]
            yb = ys[i:i+batch_size]
            k = len(xb)
            yhat = w*xb + b
            dw = np.sum((yhat - yb)*xb)/k
            db = np.sum(yhat - yb)/k
            w -= lr*dw
            b -= lr*db
    return w, b

def predict(x, w, b):
    y_hat = w*x + b
    return y_hat
