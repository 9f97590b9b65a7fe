"""Makes ../weights and ../fixtures/parity.json from the sdist of vaderSentiment that is named as the argument."""

import hashlib
import json
import math
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from examples import examples
from graph import damping, encode, flip
from terms import terms_of, words_of
from texts import is_test, lexicon_of, open_sdist, rated_texts

package = Path(__file__).resolve().parent.parent
most_terms = 10_000
sure = 0.7

read = open_sdist(sys.argv[1])
texts, lexicon = rated_texts(read), lexicon_of(read)
trained_on = ("movieReviewSnippets", "amazonReviewSnippets")
train = [row for name in trained_on for row in texts[name] if not is_test(name, row[0])]
tests = {
    "movie": [row for row in texts["movieReviewSnippets"] if is_test("movieReviewSnippets", row[0])],
    "amazon": [row for row in texts["amazonReviewSnippets"] if is_test("amazonReviewSnippets", row[0])],
    "nyt": texts["nytEditorialSnippets"],
    "tweets": texts["tweets"],
}


def lexicon_features(words):
    """Sums of what the lexicon says, each pressed into -1..1 as VADER does, and the mean over the words."""
    signed = [lexicon.get(word, 0) * (flip if negated else 1) for word, negated in words]
    pos, neg = sum(v for v in signed if v > 0), -sum(v for v in signed if v < 0)
    return [*(v / math.sqrt(v * v + damping) for v in (pos - neg, pos, neg)), (pos - neg) / max(1, len(words))]


vectorizer = TfidfVectorizer(analyzer=lambda words: terms_of(words), max_features=most_terms, min_df=2)


def features(words, vectorize):
    return hstack([vectorize(words), csr_matrix(np.array([lexicon_features(each) for each in words]))]).tocsr()


train_words = [words_of(text) for _, _, text in train]
regression = LogisticRegression(C=3, max_iter=2000, tol=1e-8)
regression.fit(features(train_words, vectorizer.fit_transform), [positive for _, positive, _ in train])


def probabilities(some):
    return regression.predict_proba(features([words_of(text) for text in some], vectorizer.transform))[:, 1]


vocabulary = vectorizer.get_feature_names_out().tolist()
weights = regression.coef_[0]
model = encode(vocabulary, vectorizer.idf_, weights[: len(vocabulary)], lexicon, weights[len(vocabulary) :],
               regression.intercept_[0])

metrics = {}
for name, rows in tests.items():
    p = probabilities([text for _, _, text in rows])
    right = (p > 0.5) == np.array([positive for _, positive, _ in rows])
    is_sure = np.maximum(p, 1 - p) >= sure
    measured = {"accuracy": right.mean(), "accuracy_sure": right[is_sure].mean(), "share_sure": is_sure.mean()}
    for what, value in measured.items():
        metrics[f"{name}_{what}"] = {"value": round(float(value), 4), "better": "higher"}
    metrics[f"{name}_rows"] = {"value": len(rows), "better": "higher"}
    majority = np.mean([positive for _, positive, _ in rows])
    print(name, len(rows), {what: round(float(value), 4) for what, value in measured.items()},
          "unsure:", round(float(right[~is_sure].mean()), 4), "majority:", round(float(max(majority, 1 - majority)), 4))

manifest = {
    "format": 1,
    "name": "sentiment",
    "version": "v1",
    "file": {"name": "model.onnx", "bytes": len(model), "sha256": hashlib.sha256(model).hexdigest()},
    "schema": {
        "name": "sentiment",
        "inputs": [{"name": "text", "datatype": "BYTES", "shape": [-1]}],
        "outputs": [
            {"name": "label", "datatype": "BYTES", "shape": [-1]},
            {"name": "probability", "datatype": "FP32", "shape": [-1]},
        ],
        "maxBatch": 64,
    },
    "training": {
        "dataset": {
            "name": "movie and Amazon review sentences rated by 20 people each (vaderSentiment 3.3.2)",
            "rows": len(train) + len(tests["movie"]) + len(tests["amazon"]),
            "sha256": "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
        },
        "trainer": "logistic regression of tf-idf terms and lexicon sums",
        "options": {"c": 3, "terms": len(vocabulary), "negationScope": 3},
        "split": {"trainRows": len(train), "testRows": len(tests["movie"]) + len(tests["amazon"])},
        "metrics": metrics,
    },
    "source": {
        "title": "VADER's rated texts and lexicon (vaderSentiment-3.3.2.tar.gz of PyPI)",
        "url": "https://github.com/cjhutto/vaderSentiment",
        "licence": "MIT",
        "sha256": "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
    },
    "example": {
        "inputs": [{"name": "text", "datatype": "BYTES", "shape": [1],
                    "data": ["The plot is thin, but the actors are a delight."]}]
    },
}
(package / "weights").mkdir(exist_ok=True)
(package / "weights/model.onnx").write_bytes(model)
(package / "weights/manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
fixtures = [
    {"text": text, "terms": terms_of(words_of(text)), "positive": float(p)}
    for text, p in zip(examples, probabilities(examples))
]
(package / "fixtures/parity.json").write_text(json.dumps(fixtures, indent=1) + "\n")
print(f"{len(train)} rows, {len(vocabulary)} terms, {len(lexicon)} words, {len(model)} bytes")
