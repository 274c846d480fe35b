import torch
import torch.nn as nn

def softmax(X):
    e = torch.exp(X - X.max(dim=1, keepdim=True)[0])
    return e / e.sum(dim=1, keepdim=True)

class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        from sklearn.preprocessing import OneHotEncoder
        V = y_hat.shape[1]
        enc = OneHotEncoder(categories=[list(range(V))])
        T = torch.from_numpy(enc.fit_transform(y.numpy().reshape(-1, 1)).toarray()).type_as(y_hat)
        d = (y_hat.detach() - T) / len(y)
        self.linear.weight.data -= self.lr * d.T @ X
        self.linear.bias.data -= self.lr * d.sum(0)
