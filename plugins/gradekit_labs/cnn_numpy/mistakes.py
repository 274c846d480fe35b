"""What students do wrong in cnn_numpy: the reference with one step done otherwise.

Where a mistake makes shapes disagree, code stops in one way or another: `Fails` stands for all.
"""

from __future__ import annotations

import numpy as np

from gradekit.lab import Fails
from gradekit_reference.cnn_numpy import Array, CnnModule, windows

__all__ = [
    "BIAS_AXIS",
    "CHANNELS_NOT_SUMMED",
    "CORR_SWAPPED",
    "KERNEL_FLIPPED",
    "POOL_SQUARE",
    "SQUARE_ONLY",
    "BiasMissing",
    "IntegerOutput",
    "PoolMean",
    "PoolOverlap",
    "PoolSwapped",
    "PoolZeroInit",
]


# the kernel


class KernelFlipped(CnnModule):
    """The kernel is turned by 180 degrees: a convolution in the mathematical sense."""

    def kernel(self, K: Array) -> Array:
        return K[:, :, ::-1, ::-1]


class KernelFlippedRows(CnnModule):
    """The kernel is flipped upside down."""

    def kernel(self, K: Array) -> Array:
        return K[:, :, ::-1]


class KernelFlippedColumns(CnnModule):
    """The kernel is flipped from left to right."""

    def kernel(self, K: Array) -> Array:
        return K[..., ::-1]


KERNEL_FLIPPED = (KernelFlipped, KernelFlippedRows, KernelFlippedColumns)


# channels


class ChannelsKept(CnnModule):
    """The input channels are not summed: the result keeps an axis for them."""

    def summed(self, X: Array, K: Array) -> Array:
        Y: Array = np.einsum("bihwuv,oiuv->boihw", self.seen(X, K), K)
        return Y


class FirstChannelOnly(CnnModule):
    """Only the first input channel enters the result."""

    def summed(self, X: Array, K: Array) -> Array:
        Y: Array = np.einsum("bhwuv,ouv->bohw", self.seen(X, K)[:, 0], K[:, 0])
        return Y


class LastChannelOnly(CnnModule):
    """Only the last input channel enters the result: each one overwrites the one before."""

    def summed(self, X: Array, K: Array) -> Array:
        Y: Array = np.einsum("bhwuv,ouv->bohw", self.seen(X, K)[:, -1], K[:, -1])
        return Y


class ChannelsAveraged(CnnModule):
    """The input channels are averaged instead of summed."""

    def summed(self, X: Array, K: Array) -> Array:
        Y: Array = np.einsum("bihwuv,oiuv->bohw", self.seen(X, K), K) / K.shape[1]
        return Y


CHANNELS_NOT_SUMMED = (ChannelsKept, FirstChannelOnly, LastChannelOnly, ChannelsAveraged)


# height and width


class WidthFirst(CnnModule):
    """The result is put back as (width, height) instead of (height, width)."""

    def arranged(self, Y: Array) -> Array:
        return Y.reshape(*Y.shape[:-2], Y.shape[-1], Y.shape[-2])


class Transposed(CnnModule):
    """Height and width of the result are exchanged."""

    def arranged(self, Y: Array) -> Array:
        return Y.swapaxes(-1, -2)


class KernelTransposed(CnnModule):
    """Height and width of the kernel are exchanged."""

    def kernel(self, K: Array) -> Array:
        return K.swapaxes(2, 3)


class KernelCellsSwapped(CnnModule):
    """The kernel's cells are read column by column, the image's row by row."""

    def kernel(self, K: Array) -> Array:
        return K.swapaxes(2, 3).reshape(K.shape)


class ImageCellsSwapped(CnnModule):
    """The image's cells are read column by column, the kernel's row by row."""

    def kernel(self, K: Array) -> Array:
        outputs, inputs, h, w = K.shape
        return K.reshape(outputs, inputs, w, h).swapaxes(2, 3)


class KernelSizesSwapped(CnnModule):
    """The kernel's height is taken for its width: it only works for square kernels."""

    def seen(self, X: Array, K: Array) -> Array:
        if K.shape[2] != K.shape[3]:
            raise Fails
        return super().seen(X, K)


class ImageSizesSwapped(CnnModule):
    """The image's height is taken for its width: it only works for square images."""

    def seen(self, X: Array, K: Array) -> Array:
        if X.shape[2] != X.shape[3]:
            raise Fails
        return super().seen(X, K)


CORR_SWAPPED = (
    WidthFirst,
    Transposed,
    KernelTransposed,
    KernelCellsSwapped,
    ImageCellsSwapped,
    KernelSizesSwapped,
    ImageSizesSwapped,
)


def _square(kernel_axis: int | None, image_axis: int | None, partly: bool) -> type[CnnModule]:
    """Return a form in which one size of the kernel, or of the result, serves both directions.

    kernel_axis None: the kernel keeps both; image_axis None: the result does. partly: code that
    goes through the kernel's positions, and so takes a part of a kernel that is not square.
    """

    def summed(self: CnnModule, X: Array, K: Array) -> Array:
        h, w = K.shape[2:] if kernel_axis is None else (K.shape[kernel_axis],) * 2
        if (h > K.shape[2] or w > K.shape[3]) or (not partly and (h, w) != K.shape[2:]):
            raise Fails
        if h > X.shape[2] or w > X.shape[3]:
            raise Fails
        seen = windows(X, h, w)
        if image_axis is not None:
            size = X.shape[image_axis] - (h if image_axis == 2 else w) + 1
            whole = partly and kernel_axis is not None and h == w == 1  # one slice, cut at the edge
            if size > min(seen.shape[2:4]) and not whole:
                raise Fails
            seen = seen[:, :, :size, :size]
        Y: Array = np.einsum("bihwuv,oiuv->bohw", seen, K[:, :, :h, :w])
        return Y

    doc = "One size serves both directions: only square images and kernels come out right."
    return type("SquareOnly", (CnnModule,), {"summed": summed, "__doc__": doc})


SQUARE_ONLY = (
    *(
        _square(kernel, image, p)
        for p in (False, True)
        for image in (2, 3, None)
        for kernel in (2, 3)
    ),
    _square(None, 2, True),
    _square(None, 3, True),
)


# numbers


class IntegerOutput(CnnModule):
    """The result is kept in an array of integers: everything after the point is lost."""

    def stored(self, Y: Array) -> Array:
        return np.trunc(Y)


class Rounded(CnnModule):
    """The result is rounded to whole numbers."""

    def stored(self, Y: Array) -> Array:
        return np.rint(Y)


class RoundedLayer(CnnModule):
    """The layer's result is rounded to whole numbers."""

    def stored_layer(self, Y: Array) -> Array:
        return np.rint(Y)


class IntegerLayer(CnnModule):
    """The layer's result is kept in an array of integers: all after the point is lost."""

    def stored_layer(self, Y: Array) -> Array:
        return np.trunc(Y)


# the bias


class BiasMissing(CnnModule):
    """The bias is never added."""

    def with_bias(self, Y: Array, bias: Array) -> Array:
        return Y


def _bias_over(shape: tuple[int, ...], where: str) -> type[CnnModule]:
    """Return a form in which the bias is spread over another axis."""

    def with_bias(self: CnnModule, Y: Array, bias: Array) -> Array:
        try:
            result: Array = Y + bias.reshape(shape)
        except ValueError:
            raise Fails from None
        return result

    doc = f"The bias is added along the {where} instead of the output channels."
    return type("BiasAxis", (CnnModule,), {"with_bias": with_bias, "__doc__": doc})


def _bias_resized(axis: int, where: str) -> type[CnnModule]:
    """Return a form in which the biases are repeated or cut to fill another axis."""

    def with_bias(self: CnnModule, Y: Array, bias: Array) -> Array:
        shape = [1] * Y.ndim
        shape[axis] = Y.shape[axis]
        result: Array = Y + np.resize(bias, Y.shape[axis]).reshape(shape)
        return result

    doc = f"The bias is added along the {where} instead of the output channels."
    return type("BiasAxis", (CnnModule,), {"with_bias": with_bias, "__doc__": doc})


class BiasOverFlatRows(CnnModule):
    """The bias is added to rows of O numbers that don't belong to one position each."""

    def with_bias(self, Y: Array, bias: Array) -> Array:
        return (Y.reshape(-1, len(bias)) + bias).reshape(Y.shape)


BIAS_AXIS = (
    _bias_over((-1,), "width"),
    BiasOverFlatRows,
    _bias_over((-1, 1), "height"),
    _bias_over((-1, 1, 1, 1), "rows of the batch"),
    _bias_resized(-1, "width"),
    _bias_resized(-2, "height"),
    _bias_resized(0, "rows of the batch"),
)
LINEAR_BIAS_AXIS = (
    _bias_over((-1, 1), "rows of the batch"),
    _bias_resized(0, "rows of the batch"),
)


# pooling


class PoolOverlap(CnnModule):
    """The windows move by 1 and overlap."""

    def pool_windows(self, X: Array, size: tuple[int, int]) -> Array:
        return windows(X, *size)


class PoolOverlapCut(CnnModule):
    """The windows move by 1 and overlap, for as many outputs as there should be."""

    def pool_windows(self, X: Array, size: tuple[int, int]) -> Array:
        height, width = X.shape[2] // size[0], X.shape[3] // size[1]
        return windows(X, *size)[:, :, :height, :width]


class PoolMean(CnnModule):
    """Each window's mean is taken instead of its maximum."""

    def reduced(self, seen: Array) -> Array:
        mean: Array = seen.mean((-2, -1))
        return mean


class PoolZeroInit(CnnModule):
    """The maximum starts at 0, so negative numbers become 0."""

    def started(self, Y: Array) -> Array:
        return np.maximum(Y, 0)


class PoolSwapped(CnnModule):
    """The pool's height is taken for its width."""

    def pool_size(self, size: tuple[int, int]) -> tuple[int, int]:
        return size[1], size[0]


class PoolSquareHeight(CnnModule):
    """The pool's height serves both directions: only square windows come out right."""

    def pool_size(self, size: tuple[int, int]) -> tuple[int, int]:
        return size[0], size[0]


class PoolSquareWidth(CnnModule):
    """The pool's width serves both directions: only square windows come out right."""

    def pool_size(self, size: tuple[int, int]) -> tuple[int, int]:
        return size[1], size[1]


POOL_SQUARE = (PoolSquareHeight, PoolSquareWidth)
