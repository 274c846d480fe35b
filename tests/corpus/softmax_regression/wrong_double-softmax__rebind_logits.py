import torch
import torch.nn as nn

def softmax(X):
    Y = X - X.max(dim=1, keepdim=True).values
    Y = torch.exp(Y)
    Y = Y / Y.sum(dim=1, keepdim=True)
    return Y

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.activation = softmax
        self.lr = 0.1

    def forward(self, X):
        out = self.linear(X)
        out = self.activation(out)
        # on normalise pour obtenir des probabilités
        return softmax(out)

    def manual_backward(self, X, y, y_hat):
        cible = torch.eye(y_hat.shape[1], dtype=y_hat.dtype)[y]
        erreur = y_hat.detach() - cible
        self.linear.weight.data.sub_(erreur.T @ X / X.shape[0], alpha=self.lr)
        self.linear.bias.data.sub_(erreur.mean(0), alpha=self.lr)
