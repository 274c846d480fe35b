# ============================================================
#  Laboratorio 2: regresión softmax
#  Autor: (anónimo)
# ============================================================
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

DEBUG = True


def softmax(X):
    """
    Calcula softmax por filas.

    Paso 1: restar el máximo de cada fila (estabilidad)
    Paso 2: exponencial
    Paso 3: dividir por la suma de la fila
    """
    # Paso 1
    row_max, row_argmax = torch.max(X, dim=1)
    row_max = row_max.reshape(-1, 1)
    X_stable = X - row_max

    # Paso 2
    X_exp = torch.exp(X_stable)

    # Paso 3
    row_sum = torch.sum(X_exp, dim=1)
    row_sum = row_sum.reshape(-1, 1)
    result = X_exp / row_sum
    return result


class SoftmaxRegression(nn.Module):

    def __init__(self, num_inputs, num_outputs):
        super(SoftmaxRegression, self).__init__()
        # una sola capa lineal
        self.linear = nn.Linear(num_inputs, num_outputs)
        # tasa de aprendizaje
        self.lr = 0.1

    def forward(self, X):
        # logits -> probabilidades
        logits = self.linear(X)
        y_hat = softmax(logits)
        return y_hat

    def manual_backward(self, X, y, y_hat):
        # ---- tamaños ----
        batch_size, num_classes = y_hat.shape
        # ---- one hot ----
        y_one_hot = torch.zeros((batch_size, num_classes), dtype=y_hat.dtype)
        for n in range(batch_size):
            y_one_hot[n, y[n].item()] = 1.0
        # ---- dL/dz ----
        dL_dz = (y_hat.detach() - y_one_hot) / batch_size
        # ---- dL/dW, dL/db ----
        dL_dW = torch.matmul(dL_dz.transpose(0, 1), X.detach())
        dL_db = torch.sum(dL_dz, dim=0)
        if DEBUG:
            loss = -(y_hat.detach()[torch.arange(batch_size), y] + 1e-12).log().mean()
            print("perplejidad:", math.exp(min(loss.item(), 50)))
            print("|dW| =", dL_dW.norm().item(), "|db| =", dL_db.norm().item())
        # ---- actualización ----
        self.linear.weight.data = self.linear.weight.data.sub_(self.lr * dL_dW)
        self.linear.bias.data = self.linear.bias.data.sub_(self.lr * dL_db)
