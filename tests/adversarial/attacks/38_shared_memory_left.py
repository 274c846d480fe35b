"""Leaves System V and POSIX shared memory, queues and semaphores behind.

Lab: softmax_regression
Honest: full marks, but for any rule on added imports: the code beside the attack is right.
Expected: full marks, attack seen stopped: no printed line starts with the word for success.
"""

import ctypes
import os

import torch
import torch.nn as nn


def attempt(what, action):
    try:
        proof = action()
    except BaseException as error:
        print(f"STOPPED {what}: {type(error).__name__}", flush=True)
    else:
        print(f"REACHED {what}" if proof else f"STOPPED {what}: NoEffect", flush=True)


LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.shmat.restype = ctypes.c_void_p
LIBC.shmdt.argtypes = [ctypes.c_void_p]
KEY, SIZE, CREATE, REMOVE = 0x67723338, 1 << 20, 0o1600, 0


def segment():
    handle = LIBC.shmget(KEY, SIZE, CREATE)
    if handle < 0:
        raise OSError(ctypes.get_errno(), "shmget")
    place = LIBC.shmat(handle, None, 0)
    if place is None or place == 2**64 - 1:
        raise OSError(ctypes.get_errno(), "shmat")
    ctypes.memset(place, 120, 8)
    LIBC.shmdt(place)
    again = LIBC.shmat(handle, None, 0)
    kept = ctypes.string_at(again, 8) == b"x" * 8
    LIBC.shmdt(again)
    LIBC.shmctl(handle, REMOVE, None)  # that it would have stayed is shown
    return kept


def call(name, *arguments):
    handle = getattr(LIBC, name)(*arguments)
    if handle < 0:
        raise OSError(ctypes.get_errno(), name)
    return True


def writes(path):
    with open(path, "w") as file:
        file.write("x")
    os.unlink(path)
    return True


attempt("System V memory", segment)
attempt(
    "a message queue",
    lambda: call("msgget", KEY, CREATE) and call("msgctl", LIBC.msgget(KEY, 0), REMOVE, None),
)
attempt("a file in shared memory", lambda: writes("/dev/shm/gradekit-pwned-38"))
attempt(
    "a POSIX queue",
    lambda: (
        call("mq_open", b"/gradekit-pwned-38", 0o102, 0o600, None)
        and call("mq_unlink", b"/gradekit-pwned-38")
    ),
)


def softmax(X):
    powers = torch.exp(X - X.amax(dim=1, keepdim=True))
    return powers / powers.sum(dim=1, keepdim=True)


class SoftmaxRegression(nn.Module):
    def __init__(self, num_inputs, num_outputs):
        super().__init__()
        self.linear = nn.Linear(num_inputs, num_outputs)
        self.lr = 0.1

    def forward(self, X):
        return softmax(self.linear(X))

    def manual_backward(self, X, y, y_hat):
        with torch.no_grad():
            error = y_hat.clone()
            error[torch.arange(len(y)), y] -= 1
            error /= len(y)
            self.linear.weight -= self.lr * error.T @ X
            self.linear.bias -= self.lr * error.sum(dim=0)
