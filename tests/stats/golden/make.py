"""Computes the golden values beside this file with SciPy, which the tests hold our statistics against.

    python3 -m pip install scipy && python3 tests/stats/golden/make.py > tests/stats/golden/values.json
"""

import json
import random
import sys

import numpy
import scipy
from scipy import stats

def signed_rank(seed: int) -> dict:
    """Differences with many ties and zeros, and the exact probability of a rank sum at least as large."""
    source = random.Random(seed)
    count = source.randint(4, 12)
    differences = [source.randint(-4, 6) for _ in range(count)]
    nonzero = numpy.array([value for value in differences if value != 0], dtype=float)
    if len(nonzero) == 0:
        return {"differences": differences, "p": 1}
    ranks = stats.rankdata(abs(nonzero))
    signs = (numpy.arange(2 ** len(nonzero))[:, None] >> numpy.arange(len(nonzero))) & 1
    sums = signs @ ranks
    p = float((sums >= ranks[nonzero > 0].sum() - 1e-9).mean())
    return {"differences": differences, "p": p}


def untied(seed: int) -> dict:
    source = random.Random(seed)
    differences = [round(source.gauss(0.3, 1), 6) for _ in range(source.randint(5, 40))]
    return {"differences": differences, "p": float(stats.wilcoxon(differences, alternative="greater", method="exact").pvalue)}


def fisher(seed: int) -> dict:
    source = random.Random(seed)
    ofs = [source.randint(1, 40), source.randint(1, 40)]
    counts = [source.randint(0, of) for of in ofs]
    table = [[counts[0], ofs[0] - counts[0]], [counts[1], ofs[1] - counts[1]]]
    return {"counts": counts, "ofs": ofs, "p": float(stats.fisher_exact(table).pvalue)}


json.dump(
    {
        "scipy": scipy.__version__,
        "tied": [signed_rank(seed) for seed in range(1000)],
        "untied": [untied(seed) for seed in range(200)],
        "fisher": [fisher(seed) for seed in range(200)],
    },
    sys.stdout,
)
