"""Trains the three house-price models with scikit-learn, by the hyper-parameters of packages/models/*/src/recipe.ts.

usage: train.py boston.csv folder     writes folder/<model>.pkl and prints the versions used, a line of JSON
"""

import json
import pickle
import platform
import sys
from pathlib import Path

import numpy as np
import sklearn
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR

MODELS = {
    "linear-regression": LinearRegression(),
    "random-forest": RandomForestRegressor(100, max_features=1 / 3, min_samples_leaf=1, random_state=0),
    "svr": make_pipeline(StandardScaler(), SVR(C=100, epsilon=0.1, tol=1e-3)),
}


def main(csv: str, folder: str) -> None:
    table = np.loadtxt(csv, delimiter=",", skiprows=1)
    # As many rows as ours are trained on: the size of a forest depends on it.
    rows, _, prices, _ = train_test_split(table[:, :13], table[:, 13], test_size=0.2, random_state=0)
    for name, model in MODELS.items():
        model.fit(rows, prices)
        Path(folder, f"{name}.pkl").write_bytes(pickle.dumps(model, protocol=pickle.HIGHEST_PROTOCOL))
    print(json.dumps({"python": platform.python_version(), "scikit-learn": sklearn.__version__}))


if __name__ == "__main__":
    main(*sys.argv[1:])
