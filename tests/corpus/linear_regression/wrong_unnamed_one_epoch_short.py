import numpy as np

def fit_least_squares(x, y):
    X = np.ones((len(x), 2))
    X[:, 0] = x
    theta = np.linalg.inv(X.T.dot(X)).dot(X.T).dot(y)
    return theta[0], theta[1]

def fit_sgd(x, y, lr, epochs, batch_size, rng):
    theta = np.zeros(2)
    X = np.column_stack([np.ones(len(x)), x])
    for epoch in range(1, epochs):
        p = rng.permutation(len(x))
        for i in range(0, len(x), batch_size):
            j = p[i:i + batch_size]
            theta = theta - lr * (X[j].T @ (X[j] @ theta - y[j])) / len(j)
    return theta[1], theta[0]

def predict(x, w, b):
    return w * x + b

