"""A small stand-in for the tensors of PyTorch: their names of methods, ``dim``, and no silent way back to NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["Tensor", "kl_div", "tensor"]


class Tensor:
    """An array with the methods of a tensor that the tests use."""

    def __init__(self, values: Any, requires_grad: bool = False) -> None:
        self._values = np.asarray(values)
        self.requires_grad = requires_grad

    def _with(self, values: Any) -> Tensor:
        return Tensor(values, self.requires_grad)

    def __array__(self, *_: Any, **__: Any) -> Any:
        if self.requires_grad:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
        return self._values

    def detach(self) -> Tensor:
        return Tensor(self._values)

    def cpu(self) -> Tensor:
        return self

    def tolist(self) -> Any:
        return self._values.tolist()

    def log(self) -> Tensor:
        return self._with(np.log(self._values))

    def exp(self) -> Tensor:
        return self._with(np.exp(self._values))

    def xlogy(self, other: Tensor) -> Tensor:
        logs = np.log(np.where(self._values == 0, 1, other._values))
        return self._with(self._values * logs)

    def clamp(self, min: float) -> Tensor:
        return self._with(np.maximum(self._values, np.asarray(min, self._values.dtype)))

    def softmax(self, dim: int) -> Tensor:
        powers = np.exp(self._values - self._values.max(axis=dim, keepdims=True))
        return self._with(powers / powers.sum(axis=dim, keepdims=True))

    def sum(self, dim: int | None = None) -> Tensor:
        return self._with(self._values.sum(axis=dim))

    def mean(self, dim: int | None = None) -> Tensor:
        return self._with(self._values.mean(axis=dim))

    def __add__(self, other: Any) -> Tensor:
        return self._with(self._values + _plain(other))

    def __sub__(self, other: Any) -> Tensor:
        return self._with(self._values - _plain(other))

    def __mul__(self, other: Any) -> Tensor:
        return self._with(self._values * _plain(other))

    def __truediv__(self, other: Any) -> Tensor:
        return self._with(self._values / _plain(other))

    __radd__, __rmul__ = __add__, __mul__


def _plain(value: Any) -> Any:
    return value._values if isinstance(value, Tensor) else value


def tensor(values: Any) -> Tensor:
    """Return a tensor that keeps track of gradients, as parameters of a model do."""
    return Tensor(values, requires_grad=True)


def kl_div(input: Tensor, target: Tensor, reduction: str = "mean", log_target: bool = False) -> Tensor:
    """Return what ``torch.nn.functional.kl_div`` does: *input* holds logarithms, and the mean is over all entries."""
    terms = target.exp() * (target - input) if log_target else target.xlogy(target) - target * input
    if reduction == "batchmean":
        return terms.sum() / terms._values.shape[0]
    return {"none": lambda: terms, "sum": terms.sum, "mean": terms.mean}[reduction]()
