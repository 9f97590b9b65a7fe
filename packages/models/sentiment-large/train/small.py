"""The small model, trained as ../../sentiment/train/main.py does."""

import math

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from terms import terms_of, words_of

flip, damping = -0.74, 15.0


class Small:
    def __init__(self, lexicon):
        self.lexicon = lexicon
        self.vectorizer = TfidfVectorizer(analyzer=terms_of, max_features=10_000, min_df=2)
        self.regression = LogisticRegression(C=3, max_iter=2000, tol=1e-8)

    def sums(self, words):
        signed = [self.lexicon.get(word, 0) * (flip if negated else 1) for word, negated in words]
        pos, neg = sum(v for v in signed if v > 0), -sum(v for v in signed if v < 0)
        pressed = [v / math.sqrt(v * v + damping) for v in (pos - neg, pos, neg)]
        return [*pressed, (pos - neg) / max(1, len(words))]

    def features(self, words, vectorize):
        return hstack([vectorize(words), csr_matrix(np.array([self.sums(each) for each in words]))]).tocsr()

    def fit(self, texts, labels):
        words = [words_of(text) for text in texts]
        self.regression.fit(self.features(words, self.vectorizer.fit_transform), labels)
        return self

    def positive(self, texts):
        words = [words_of(text) for text in texts]
        return self.regression.predict_proba(self.features(words, self.vectorizer.transform))[:, 1]
