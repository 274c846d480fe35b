import torch
import torch.nn as nn


def softmax(X):
    """Row-wise softmax, numerically stable."""
    m = X.max(dim=1).values.unsqueeze(1)
    num = torch.exp(X - m)
    den = num.sum(dim=1).unsqueeze(1)
    return num / den


class SoftmaxRegression(nn.Module):
    """Multinomial logistic regression."""

    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 1e-1

    def forward(self, X):
        logits = self.linear(X)
        probs = softmax(logits)
        return probs

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            truth = (y.view(-1, 1) == torch.arange(y_hat.shape[1])).to(y_hat.dtype)
            grad_logits = (y_hat - truth) / y.shape[0]
            new_w = self.linear.weight - self.lr * (grad_logits.transpose(0, 1) @ X)
            new_b = self.linear.bias - self.lr * grad_logits.sum(0)
            self.linear.weight.copy_(new_w)
            self.linear.bias.copy_(new_b)
