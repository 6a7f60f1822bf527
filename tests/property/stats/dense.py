"""A twin of the value-added models that writes out the covariance of all pupils as one matrix: slow, and plain to see."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Pupils:
    outcome: np.ndarray
    covariates: dict[str, np.ndarray]
    school: np.ndarray
    weights: np.ndarray
    area_of: dict[int, int]

    @property
    def design(self):
        return np.column_stack([np.ones(len(self.outcome)), *self.covariates.values()])

    def effects_design(self, slope):
        """One column a school, or two with a slope, school by school."""
        own = (self.school[:, None] == np.unique(self.school)[None, :]).astype(float)
        if slope is None:
            return own
        return np.stack([own, own * self.covariates[slope][:, None]], axis=2).reshape(len(own), -1)

    def areas_design(self):
        area = np.array([self.area_of[code] for code in self.school.tolist()])
        return (area[:, None] == np.unique(area)[None, :]).astype(float)


@dataclass
class Dense:
    criterion: float
    coefficients: np.ndarray
    covariance: np.ndarray
    effects: np.ndarray
    comparative: np.ndarray
    with_coefficients: np.ndarray


def dense(pupils: Pupils, residual, between, area=None, slope=None, restricted=True) -> Dense:
    """Everything at given variances; `between` is the (q, q) covariance of a school's effects, `area` a variance or none."""
    x, y, z = pupils.design, pupils.outcome, pupils.effects_design(slope)
    spread = np.kron(np.eye(z.shape[1] // len(between)), between)
    if area is not None:
        blocks = pupils.areas_design()
        z = np.hstack([z, blocks])
        spread = np.block(
            [[spread, np.zeros((len(spread), blocks.shape[1]))], [np.zeros((blocks.shape[1], len(spread))), area * np.eye(blocks.shape[1])]]
        )
    v = np.diag(residual / pupils.weights) + z @ spread @ z.T
    inverse = np.linalg.inv(v)
    information = x.T @ inverse @ x
    covariance = np.linalg.inv(information)
    beta = covariance @ x.T @ inverse @ y
    left = y - x @ beta
    n, p = x.shape
    value = np.linalg.slogdet(v)[1] + left @ inverse @ left + (n - p if restricted else n) * np.log(2 * np.pi)
    if restricted:
        value += np.linalg.slogdet(information)[1]
    pull = spread @ z.T @ inverse
    posterior = spread - pull @ z @ spread
    return Dense(value, beta, covariance, pull @ left, posterior, posterior + pull @ x @ covariance @ x.T @ pull.T)
