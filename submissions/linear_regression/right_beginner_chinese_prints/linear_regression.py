import numpy as np

# 最小二乘法
def fit_least_squares(x, y):
    x_mean = np.mean(x)   # x 的均值
    y_mean = np.mean(y)   # y 的均值
    fenzi = np.sum((x - x_mean) * (y - y_mean))
    fenmu = np.sum((x - x_mean) * (x - x_mean))
    w = fenzi / fenmu
    b = y_mean - w * x_mean
    print("least squares: w =", w, "b =", b)
    return float(w), float(b)

# 小批量随机梯度下降
def fit_sgd(x, y, lr, epochs, batch_size, rng):
    w = 0.0
    b = 0.0
    num = len(x)
    for epoch in range(epochs):
        # 打乱顺序
        idx = np.array(range(num))
        rng.shuffle(idx)
        start = 0
        while start < num:
            end = start + batch_size
            if end > num:
                end = num
            x_batch = x[idx[start:end]]
            y_batch = y[idx[start:end]]
            y_pred = predict(x_batch, w, b)
            d_w = np.sum((y_pred - y_batch) * x_batch) / (end - start)
            d_b = np.sum(y_pred - y_batch) / (end - start)
            w = w - lr * d_w
            b = b - lr * d_b
            start = end
        loss = 0.5 * np.mean((predict(x, w, b) - y) ** 2)
        if epoch % 100 == 0:
            print("epoch %d, loss %f" % (epoch, loss))
    return w, b

def predict(x, w, b):
    return w * x + b
