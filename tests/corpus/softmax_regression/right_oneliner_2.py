import torch as T, torch.nn as N
softmax = lambda X: (lambda E: E / E.sum(-1, keepdim=True))((X - X.amax(-1, keepdim=True)).exp())
class SoftmaxRegression(N.Module):
    def __init__(s, num_inputs, num_outputs, lr=.1): super().__init__(); s.linear, s.lr = N.Linear(num_inputs, num_outputs), lr
    def forward(s, X): return softmax(s.linear(X))
    @T.no_grad()
    def manual_backward(s, X, y, y_hat): g = (y_hat - T.eye(y_hat.shape[1]).to(y_hat)[y]) * (s.lr / len(y)); s.linear.weight.sub_(g.T @ X); s.linear.bias.sub_(g.sum(0))
