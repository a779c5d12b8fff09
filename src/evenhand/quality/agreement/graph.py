"""Who can be compared with whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenhand.quality.arrays import Ints


def components(node: Ints, shared: Sequence[Ints]) -> Ints:
    """(K,) the component of each node 0..K-1, where nodes that share a label are joined.

    node: (n,) node of each row. shared: arrays of (n,) labels, 0 and up; each is a kind
    of label of its own. Components are numbered by their lowest node.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = int(node.max()) + 1
    starts = size + np.cumsum([0, *(int(labels.max()) + 1 for labels in shared)])
    rows = np.concatenate([node] * len(shared))
    columns = np.concatenate([labels + start for labels, start in zip(shared, starts[:-1], strict=True)])
    links = coo_array((np.ones(len(rows)), (rows, columns)), shape=(starts[-1], starts[-1]))
    _, label = connected_components(links, directed=False)
    _, first, found = np.unique(label[:size], return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    return np.asarray(order[found], np.int64)
