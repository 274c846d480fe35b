import numpy as np

def corr2d(X, K):  #@save
    """Compute 2D cross-correlation with batch and channels."""
    h, w = K.shape[2], K.shape[3]
    Y = np.zeros((X.shape[0], K.shape[0], X.shape[2] - h + 1, X.shape[3] - w + 1))
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            patch = X[:, None, :, i:i + h, j:j + w]        # (B, 1, I, h, w)
            Y[:, :, i, j] = (patch * K).sum(axis=(2, 3, 4))
    return Y

class Conv2D():
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = np.random.normal(0, 0.01, size=(out_channels, in_channels, kernel_size[0], kernel_size[1]))
        self.bias = np.zeros(out_channels)

    def forward_np(self, X):
        Y = corr2d(X, self.weight)
        Y += self.bias.reshape((-1, 1, 1))
        return Y

class MaxPool2D():
    def __init__(self, pool_size):
        self.pool_size = pool_size

    def forward_np(self, X):
        p, q = self.pool_size
        Y = np.full((X.shape[0], X.shape[1], X.shape[2] // p, X.shape[3] // q), -np.inf)
        for di in range(p):
            for dj in range(q):
                Y = np.maximum(Y, X[:, :, di::p, dj::q][:, :, :Y.shape[2], :Y.shape[3]])
        return Y

class linear():
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.normal(0, 0.01, size=(num_inputs, num_outputs))
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return np.dot(X, self.weight) + self.bias
