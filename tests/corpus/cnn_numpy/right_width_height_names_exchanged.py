import numpy as np

def corr2d(X, K):
    B, I, W, H = X.shape
    O, I, w, h = K.shape
    out = np.zeros((B, O, W - w + 1, H - h + 1))
    for x in range(W - w + 1):
        for y in range(H - h + 1):
            patch = X[:, :, x:x+w, y:y+h].reshape(B, I*w*h)
            out[:, :, x, y] = np.dot(patch, K.reshape(O, I*w*h).T)
    return out

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        w, h = kernel_size
        self.weight = np.random.rand(out_channels, in_channels, w, h) - 0.5
        self.bias = np.random.rand(out_channels) - 0.5

    def forward_np(self, X):
        out = corr2d(X, self.weight)
        for_broadcast = self.bias[:, np.newaxis, np.newaxis]
        return out + for_broadcast

class MaxPool2D:
    def __init__(self, pool_size):
        self.w, self.h = pool_size

    def forward_np(self, X):
        B, I, W, H = X.shape
        W_new, H_new = W // self.w, H // self.h
        out = np.empty((B, I, W_new, H_new), dtype=X.dtype)
        for x in range(W_new):
            for y in range(H_new):
                out[:, :, x, y] = np.max(X[:, :, x*self.w:x*self.w+self.w, y*self.h:y*self.h+self.h], axis=(-2, -1))
        return out

class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = np.random.rand(num_inputs, num_outputs) - 0.5
        self.bias = np.random.rand(num_outputs) - 0.5

    def forward_np(self, X):
        return (self.weight.T @ X.T).T + self.bias
