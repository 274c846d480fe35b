"""Fit a reference's weights to a layer whose own weights map to them by no linear map.

Normalised or factored weights are legitimate, and no alignment finds them. But with its weights
held still, such a layer is one function of its inputs, and if it is right then the reference
computes that function with some weights. Those are searched for by Levenberg-Marquardt from
several starts. Found: the layer agrees there. Not found from any start, for any of several
weights of the layer: the nearest distance is the evidence that none exist. Small weights keep
the search out of local minima, and so a layer that errs at great weights alone may agree.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from gradekit.judge.model import Model

__all__ = ["REACHED", "nearest"]

STARTS = 9  # per model and observation; one or two suffice for nearly all right layers
STEPS = 80
REACHED = 1e-8  # greatest difference at which the weights are found


def nearest(model: Model, case: Any, observed: Tensor) -> float:
    """Return how near the model comes to an observation, over all its weights.

    The greatest difference in any outcome; at most REACHED when the weights were found.
    """
    generator = torch.Generator().manual_seed(17)
    best = float("inf")
    for start in range(STARTS):
        scale = (0.1, 0.2, 0.4)[start % 3]
        phi = scale * torch.randn(model.size, generator=generator, dtype=torch.float64)
        best = min(best, float(_descend(model, case, observed, phi).abs().max()))
        if best <= REACHED:
            break
    return best


def _descend(model: Model, case: Any, observed: Tensor, phi: Tensor) -> Tensor:
    """Return what is left between model and observation after Levenberg-Marquardt."""
    residual, damping = model.observe(phi, case) - observed, 1e-2
    for _ in range(STEPS):
        slope = model.jacobian(phi, case, 1e-4, 2)
        normal, right = slope.T @ slope, -slope.T @ residual
        better = False
        for _ in range(8):
            eye = damping * torch.eye(model.size, dtype=torch.float64)
            trial = phi + torch.linalg.lstsq(normal + eye, right.unsqueeze(1)).solution[:, 0]
            new = model.observe(trial, case) - observed
            if bool(new.norm() < residual.norm()):
                better = True
                break
            damping *= 4
        if not better:
            break
        gain = 1 - float(new.norm() / residual.norm())
        phi, residual, damping = trial, new, max(damping / 6, 1e-12)
        if float(residual.abs().max()) <= REACHED or gain < 1e-5:
            break
    return residual
