"""Data for metrics: what ships with scikit-learn, and what is generated from fixed seeds."""

from __future__ import annotations

from functools import cache

import torch
from torch import Tensor

__all__ = ["diabetes", "digits", "lyrics", "sequences"]

Split = tuple[Tensor, Tensor, Tensor, Tensor]

SINGERS = ("the moon", "my heart", "a river", "the rain", "your name", "the road")
DOINGS = ("is calling", "runs away", "comes back", "is gone", "sings along", "will stay")
WHENS = ("tonight", "again", "for you", "all alone", "in the dark", "oh baby")


def _split(inputs: Tensor, targets: Tensor, share: float = 2 / 3) -> Split:
    """Return training inputs and targets, then those for testing, in a fixed order."""
    order = torch.randperm(len(inputs), generator=torch.Generator().manual_seed(0))
    cut = int(share * len(inputs))
    train, test = order[:cut], order[cut:]
    return inputs[train], targets[train], inputs[test], targets[test]


@cache
def diabetes() -> Split:
    """Return body-mass index against progress of diabetes, standardised, as (n,) float64.

    Source: Efron et al. 2004, as scikit-learn ships it; 442 patients.
    """
    from sklearn.datasets import load_diabetes  # type: ignore[import-untyped]  # it has no types

    data = load_diabetes()
    x = torch.from_numpy(data.data[:, 2].copy()).double()
    y = torch.from_numpy(data.target.copy()).double()
    return _split((x - x.mean()) / x.std(), (y - y.mean()) / y.std())


@cache
def digits() -> Split:
    """Return 8x8 images of handwritten digits in [0, 1] as (n, 64) float32, and labels int64.

    Source: Alpaydin and Kaynak 1998, as scikit-learn ships it; 1,797 images.
    """
    from sklearn.datasets import load_digits

    data = load_digits()
    images = torch.from_numpy(data.data.copy()).float() / 16
    return _split(images, torch.from_numpy(data.target.copy()).long())


@cache
def lyrics(steps: int, windows: int) -> tuple[Tensor, Tensor, int]:
    """Return windows of generated lyrics for training and testing, and the number of characters.

    Shapes: (windows, steps + 1) int64 each; a text is drawn line by line from a small grammar.
    """
    generator = torch.Generator().manual_seed(1)

    def pick(words: tuple[str, ...]) -> str:
        return words[int(torch.randint(len(words), (), generator=generator))]

    text = "".join(f"{pick(SINGERS)} {pick(DOINGS)} {pick(WHENS)}\n" for _ in range(900))
    letters = sorted(set(text))
    codes = torch.tensor([letters.index(letter) for letter in text])
    halves = codes[: len(codes) // 2], codes[len(codes) // 2 :]
    cut = [
        half[
            torch.randint(len(half) - steps - 1, (windows, 1), generator=generator)
            + torch.arange(steps + 1)
        ]
        for half in halves
    ]
    return cut[0], cut[1], len(letters)


@cache
def sequences(count: int, length: int, vocabulary: int) -> Tensor:
    """Return random sequences (count, length) of tokens above 0, which starts a decoder."""
    generator = torch.Generator().manual_seed(2)
    return torch.randint(1, vocabulary, (count, length), generator=generator)
