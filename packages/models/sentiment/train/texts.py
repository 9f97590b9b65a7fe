"""The rated texts of the pinned source, and how they are divided. The texts are not in this repository."""

import hashlib
import io
import tarfile

folder = "vaderSentiment-3.3.2"
sets = ("movieReviewSnippets", "amazonReviewSnippets", "nytEditorialSnippets", "tweets")


def open_sdist(path):
    """Returns a reader of the sdist's files, after its digest was compared."""
    content = open(path, "rb").read()
    digest = hashlib.sha256(content).hexdigest()
    if digest != "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9":
        raise SystemExit(f"{path} is another file than vaderSentiment 3.3.2: sha256 {digest}")
    outer = tarfile.open(fileobj=io.BytesIO(content))
    return lambda name: outer.extractfile(f"{folder}/{name}").read()


def rated_texts(read):
    """Returns by set the texts whose mean rating is at least 0.5 from 0, each (id, is positive, text)."""
    inner = tarfile.open(fileobj=io.BytesIO(read("additional_resources/hutto_ICWSM_2014.tar.gz")))
    texts = {}
    for name in sets:
        lines = inner.extractfile(f"hutto_ICWSM_2014/{name}_GroundTruth.txt").read().decode("utf8")
        rows = [line.split("\t", 2) for line in lines.splitlines()]
        texts[name] = [
            (key, float(rating) > 0, text)
            for key, rating, text in (row for row in rows if len(row) == 3)
            if abs(float(rating)) >= 0.5
        ]
    return texts


def is_test(name, key):
    """A quarter is never trained on: of Amazon's sentences, whole reviews (`1_3` is the third of review 1)."""
    document = key.split("_")[0]
    return hashlib.sha256(f"{name[0]}{document}".encode()).digest()[0] < 64


def lexicon_of(read):
    """Returns VADER's valences by word in lower case; an emoji has the sum of the words that describe it."""
    lexicon = {}
    for line in read("vaderSentiment/vader_lexicon.txt").decode("utf8").splitlines():
        word, valence = line.split("\t")[:2]
        lexicon[word] = float(valence)
    for line in read("vaderSentiment/emoji_utf8_lexicon.txt").decode("utf8").splitlines():
        emoji, words = line.split("\t")[:2]
        valence = round(sum(lexicon.get(word, 0) for word in words.lower().split()), 1)
        if valence != 0 and len(emoji) == 1:
            lexicon[emoji] = valence
    return lexicon
