"""A linear support vector machine: squared hinge loss, its bias held small as a weight is.

The same optimum as LIBLINEAR's L2-regularised L2-loss machine (Fan et al. 2008, JMLR 9:1871),
found by Newton steps on the records that are not yet on the right side by a margin (Chapelle
2007, doi:10.1162/neco.2007.19.5.1155). It goes on until nothing but rounding is left, so that what
comes out follows from the labels and not from the way to them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scopingreview.long_array import Numbers

STEPS = 60
ROUNDS = 1_000
SOLVED = 1e-9  # so that an order follows from its labels, whatever the way to it
NO_WORSE = 1e-12  # by how much rounding may make a loss larger


def train(
    products: Callable[[Numbers], Numbers],
    signs: Numbers,
    costs: Numbers,
    *,
    begin: Numbers | None = None,
    solved: float = SOLVED,
) -> Numbers:
    """How much each record adds to the plane with the least of length and shortfalls together.

    The plane is the sum of the records, each times its number here, and its bias the sum of the
    numbers; half its squared length, and costs times squared shortfalls from the margin, are the
    least that they can be. `products` gives, for a number for each record, every record's product
    with their sum; `signs` are 1 for a relevant record and -1. `begin` are numbers to set out
    from: they save time and change nothing. `solved` is what may be left of an equation,
    as a share of what it asks.
    """
    roots = np.sqrt(2 * costs)
    dual = np.zeros(len(signs)) if begin is None else begin
    image = _with_bias(products, dual) if dual.any() else np.zeros(len(signs))
    short = signs * image < 1
    for _ in range(STEPS):
        wanted = _solved(products, np.where(short, roots, 0.0), signs, dual, solved)
        ahead = _with_bias(products, wanted)
        step = _step(dual, image, wanted, ahead, signs, costs)
        dual = dual + step * (wanted - dual)
        image = image + step * (ahead - image)
        now_short = signs * image < 1
        if step == 1 and np.array_equal(now_short, short):
            break
        short = now_short
    return dual


def _with_bias(products: Callable[[Numbers], Numbers], numbers: Numbers) -> Numbers:
    image: Numbers = products(numbers) + numbers.sum()
    return image


def _solved(
    products: Callable[[Numbers], Numbers],
    roots: Numbers,
    signs: Numbers,
    begin: Numbers,
    solved: float,
) -> Numbers:
    """The numbers if just the records with a root fell short.

    Conjugate gradients on (1 + R K R) z = R signs, where K are the records' products with each
    other: no eigenvalue is below 1, so that few rounds are enough. Its diagonal, with rows of
    length 1 and their bias, saves a third of them.
    """
    z = np.divide(begin, roots, out=np.zeros_like(begin), where=roots > 0)

    def applied(vector: Numbers) -> Numbers:
        image: Numbers = vector + roots * _with_bias(products, roots * vector)
        return image

    eased = 1 / (1 + 2 * roots**2)
    target = roots * signs
    rest = target - applied(z) if z.any() else target.copy()
    direction = eased * rest
    left = float(rest @ direction)
    enough = solved**2 * float(target @ target)
    for _ in range(ROUNDS):
        if rest @ rest <= enough:
            break
        image = applied(direction)
        length = left / float(direction @ image)
        z += length * direction
        rest -= length * image
        eased_rest = eased * rest
        before, left = left, float(rest @ eased_rest)
        direction = eased_rest + (left / before) * direction
    dual: Numbers = roots * z
    return dual


def _step(
    dual: Numbers,
    image: Numbers,
    wanted: Numbers,
    ahead: Numbers,
    signs: Numbers,
    costs: Numbers,
) -> float:
    """How far to go: all the way, or half and half again until it is no worse than here."""

    def loss(share: float) -> float:
        at, seen = dual + share * (wanted - dual), image + share * (ahead - image)
        short = np.maximum(0.0, 1 - signs * seen)
        return float(at @ seen) / 2 + float(costs @ short**2)

    here, step = loss(0.0), 1.0
    while step > 1e-4 and loss(step) > here * (1 + NO_WORSE):
        step /= 2
    return step
