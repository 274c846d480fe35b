import numpy as np

def fit_least_squares(x, y):
    Q, R = np.linalg.qr(np.column_stack((x, np.ones(x.shape[0]))))
    sol = np.linalg.solve(R, Q.T @ y)
    return sol[0], sol[1]

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    n_full, rest = divmod(len(x), batch_size)
    w = np.float64(0); b = np.float64(0)
    for e in range(epochs):
        idx = rng.permutation(len(x))
        groups = []
        if n_full:
            groups += np.array_split(idx[:n_full * batch_size], n_full)   # all of equal size
        if rest:
            groups.append(idx[-rest:])
        for g in groups:
            err = w * x[g] + b - y[g]
            step = lr / len(g) * np.array([err @ x[g], err.sum()])
            w -= step[0]
            b -= step[1]
    return w, b

predict = lambda x, w, b: w * x + b
