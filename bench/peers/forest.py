"""The alternative to a forest of many rows: one Python process reads a Parquet file and trains scikit-learn's.

usage: forest.py train.parquet test.parquet target options.json     prints seconds, peak memory and RMSE, a line of JSON
"""

import json
import resource
import sys
import time

import numpy as np
import pyarrow.parquet as pq
from sklearn.ensemble import RandomForestRegressor


def load(path: str, target: str) -> tuple[np.ndarray, np.ndarray]:
    """Trees of scikit-learn take float32: as such columns are read, one at a time, to need no memory twice."""
    file = pq.ParquetFile(path)
    names = [name for name in file.schema_arrow.names if name != target]
    rows = np.empty((file.metadata.num_rows, len(names)), dtype=np.float32)
    for place, name in enumerate(names):
        rows[:, place] = pq.read_table(path, columns=[name])[name].to_numpy()
    return rows, pq.read_table(path, columns=[target])[target].to_numpy()


def main(train: str, test: str, target: str, options: str) -> None:
    given = json.loads(options)
    started, used = time.perf_counter(), time.process_time()
    rows, prices = load(train, target)
    read, read_cpu = time.perf_counter(), time.process_time()
    forest = RandomForestRegressor(
        given["trees"], max_features=given["maxFeatures"], min_samples_leaf=given["minLeaf"], random_state=0, n_jobs=1
    )
    forest.fit(rows, prices)
    fitted, fitted_cpu = time.perf_counter(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    del rows, prices
    rows, prices = load(test, target)
    rmse = float(np.sqrt(np.mean((forest.predict(rows) - prices) ** 2)))
    print(
        json.dumps(
            {
                "rmse": rmse,
                "leaves": int(sum(tree.tree_.n_leaves for tree in forest.estimators_)),
                "readCpu": read_cpu - used,
                "cpu": fitted_cpu - used,
                "seconds": fitted - started,
                "peakMb": peak,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
