import numpy as np

# 作业三：用 numpy 实现卷积神经网络的前向传播

def im2col(input_data, filter_h, filter_w):
    """把输入展开成二维矩阵"""
    N, C, H, W = input_data.shape
    out_h = H - filter_h + 1
    out_w = W - filter_w + 1
    col = np.zeros((N, C, filter_h, filter_w, out_h, out_w))
    for y in range(filter_h):
        y_max = y + out_h
        for x in range(filter_w):
            x_max = x + out_w
            col[:, :, y, x, :, :] = input_data[:, :, y:y_max, x:x_max]
    col = col.transpose(0, 4, 5, 1, 2, 3).reshape(N * out_h * out_w, -1)
    return col

def corr2d(X, K):
    FN, C, FH, FW = K.shape          # 卷积核的形状
    N, C, H, W = X.shape
    out_h = H - FH + 1
    out_w = W - FW + 1
    col = im2col(X, FH, FW)
    col_W = K.reshape(FN, -1).T      # 卷积核展开
    out = np.dot(col, col_W)
    out = out.reshape(N, out_h, out_w, -1).transpose(0, 3, 1, 2)
    return out

class Conv2D:
    def __init__(self, out_channels, in_channels, kernel_size):
        self.weight = 0.01 * np.random.randn(out_channels, in_channels, kernel_size[0], kernel_size[1])
        self.bias = np.zeros(out_channels)   # 偏置

    def forward_np(self, X):
        N = X.shape[0]
        out = corr2d(X, self.weight)
        # 转置以后最后一维是通道，再加偏置
        out = out.transpose(0, 2, 3, 1) + self.bias
        return out.transpose(0, 3, 1, 2)

class MaxPool2D:
    def __init__(self, pool_size):
        self.pool_h = pool_size[0]
        self.pool_w = pool_size[1]

    def forward_np(self, X):
        N, C, H, W = X.shape
        out_h = int(H / self.pool_h)
        out_w = int(W / self.pool_w)
        out = np.zeros((N, C, out_h, out_w))
        for i in range(out_h):
            for j in range(out_w):
                h_start = i * self.pool_h
                w_start = j * self.pool_w
                out[:, :, i, j] = np.amax(X[:, :, h_start:h_start + self.pool_h, w_start:w_start + self.pool_w], axis=(2, 3))
        return out

class linear:
    def __init__(self, num_outputs, num_inputs):
        self.weight = 0.01 * np.random.randn(num_inputs, num_outputs)
        self.bias = np.zeros(num_outputs)

    def forward_np(self, X):
        return np.dot(X, self.weight) + self.bias
