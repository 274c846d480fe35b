"""The layers of a convolutional network with numpy: `cnn_hard_version.py`.

Four parts: cross-correlation, Conv2D, MaxPool2D and linear. Arrays and tensors are both
accepted; work is counted in bytecodes, which may not grow with rows or channels.
"""
