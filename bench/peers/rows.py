"""The plain alternative to a batch: one process reads a CSV, asks the three scikit-learn models, and writes JSON Lines.

usage: rows.py folder rows.csv answers.jsonl     with the <model>.pkl of train.py; prints seconds and peak memory, a line of JSON
"""

import csv
import json
import pickle
import resource
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np

NAMES = "CRIM ZN INDUS CHAS NOX RM AGE DIS RAD TAX PTRATIO B LSTAT".split()
# As many rows at once as fit a processor's caches; all of them at once are slower, and need memory for a million rows.
CHUNK = 10_000


def main(folder: str, source: str, target: str) -> None:
    models = {path.stem: pickle.loads(path.read_bytes()) for path in sorted(Path(folder).glob("*.pkl"))}
    columns = [*models, "ensemble"]
    started = time.perf_counter()
    count = 0
    with open(source, newline="", encoding="utf-8-sig") as file, open(target, "w") as out:
        rows = csv.reader(file)
        header = next(rows)
        places = [header.index(name) for name in NAMES]
        while chunk := list(islice(rows, CHUNK)):
            table = np.array([[float(row[place]) for place in places] for row in chunk])
            prices = np.array([model.predict(table) for model in models.values()])
            answers = np.vstack([prices, prices.mean(axis=0)]).T.tolist()
            for answer in answers:
                out.write(json.dumps({"row": count, **dict(zip(columns, answer))}) + "\n")
                count += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": count, "seconds": time.perf_counter() - started, "peakMb": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
