import numpy as np

# dL/dw = w E[x^2] + b E[x] - E[xy] ,   dL/db = w E[x] + b - E[y]

def fit_least_squares(x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    xc = x - np.mean(x)
    w = np.dot(xc, y) / np.dot(xc, xc)     # sum xc = 0, so centring y is not needed
    return w, np.mean(y - w * x)

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    n = y.shape[0]
    w = b = 0.0
    for _ in range(epochs):
        k = rng.permutation(n)
        for s in range(0, n, batch_size):
            u = x[k][s:s+batch_size]
            v = y[k][s:s+batch_size]
            mx, my, mxx, mxy = u.mean(), v.mean(), (u*u).mean(), (u*v).mean()
            gw = w*mxx + b*mx - mxy
            gb = w*mx + b - my
            w, b = w - lr*gw, b - lr*gb
    return w, b

def predict(x, w, b):
    return w*x + b
