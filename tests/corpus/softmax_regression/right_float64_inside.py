import torch
from torch import nn

def softmax(X):
    D = X.double()
    D = D - D.amax(dim=1, keepdim=True)
    E = D.exp()
    return (E / E.sum(dim=1, keepdim=True)).to(X.dtype)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            P = y_hat.double()
            T = torch.eye(P.shape[1], dtype=torch.float64)[y]
            G = (P - T) / P.shape[0]
            dW = G.T @ X.double()
            db = G.sum(0)
            self.linear.weight -= (self.lr * dW).to(self.linear.weight.dtype)
            self.linear.bias -= (self.lr * db).to(self.linear.bias.dtype)
