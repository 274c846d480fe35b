import torch
import torch.nn as nn
import torch.nn.functional as F

def softmax(X):
    return torch.exp(X - torch.logsumexp(X, dim=1, keepdim=True))

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    @torch.no_grad()
    def manual_backward(self, X, y, y_hat):
        error = y_hat - F.one_hot(y, y_hat.shape[1]).to(y_hat.dtype)
        grad_weight = torch.einsum('nk,nd->kd', error, X)
        grad_bias = error.mean(dim=0)
        self.linear.weight.sub_(grad_weight, alpha=self.lr)
        self.linear.bias.sub_(grad_bias, alpha=self.lr)
