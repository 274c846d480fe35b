import torch

def corr2d(X, K):
    X, K = torch.as_tensor(X), torch.as_tensor(K)
    B, I, H, W = X.shape
    O, _, h, w = K.shape
    rows = torch.arange(H - h + 1).unsqueeze(1) + torch.arange(h)
    cols = torch.arange(W - w + 1).unsqueeze(1) + torch.arange(w)
    patches = X[:, :, rows][..., cols]                      # B I Ho h Wo w
    patches = patches.permute(0, 2, 4, 1, 3, 5).flatten(3)  # B Ho Wo Ihw
    return (patches @ K.to(X.dtype).flatten(1).t()).permute(0, 3, 1, 2)

class Conv2D(torch.nn.Module):
    def __init__(self, out_channels, in_channels, kernel_size):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.randn(out_channels, in_channels, *kernel_size))
        self.bias = torch.nn.Parameter(torch.randn(out_channels))

    def forward_np(self, X):
        Y = corr2d(X, self.weight)
        return Y + self.bias.to(Y.dtype).reshape(-1, 1, 1)

class MaxPool2D(torch.nn.Module):
    def __init__(self, pool_size):
        super().__init__()
        self.pool_size = pool_size

    def forward_np(self, X):
        X = torch.as_tensor(X)
        p, q = self.pool_size
        X = X[:, :, :X.shape[2] // p * p, :X.shape[3] // q * q]
        X = X.unflatten(3, (-1, q)).max(dim=-1).values
        return X.unflatten(2, (-1, p)).max(dim=3).values

class linear(torch.nn.Module):
    def __init__(self, num_outputs, num_inputs):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.randn(num_inputs, num_outputs))
        self.bias = torch.nn.Parameter(torch.randn(num_outputs))

    def forward_np(self, X):
        return torch.as_tensor(X) @ self.weight.to(torch.as_tensor(X).dtype) + self.bias.to(torch.as_tensor(X).dtype)
