import torch

def corr2d(X, K):
    B, I, H, W = X.size()
    O, I, h, w = K.size()
    Ho, Wo = H - h + 1, W - w + 1
    Y = X.new_zeros(B, O, Ho * Wo)
    for m in range(h):
        for n in range(w):
            Y = Y + torch.matmul(K[:, :, m, n], X[:, :, m:m+Ho, n:n+Wo].reshape(B, I, Ho * Wo))
    return Y.view(B, O, Ho, Wo)

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = torch.randn(out_channels, in_channels, kernel_size[0], kernel_size[1], requires_grad=True)
        self.bias = torch.zeros(out_channels, requires_grad=True)
    def forward_np(self, X):
        return corr2d(X, self.weight) + self.bias[:, None, None]

class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_size = pool_size
    def forward_np(self, X):
        p, q = self.pool_size
        Ho, Wo = X.size(2) // p, X.size(3) // q
        X = X[:, :, :Ho * p, :Wo * q]
        return X.reshape(X.size(0), X.size(1), Ho, p, Wo, q).amax(5).amax(3)

class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = torch.randn(num_inputs, num_outputs, requires_grad=True)
        self.bias = torch.zeros(num_outputs, requires_grad=True)
    def forward_np(self, X):
        return torch.addmm(self.bias, X, self.weight)
