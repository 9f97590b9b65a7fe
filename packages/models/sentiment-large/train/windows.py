"""How a text becomes the tensors of MiniLM; src/windows.ts does the same, and fixtures/parity.json compares them."""

import numpy as np
from tokenizers import Tokenizer

tokens_of_window = 126
most_windows = 8
start, end = 101, 102


def open_tokenizer(path):
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def windows_of(ids):
    """Returns rows of at most 128 tokens, each with [CLS] and [SEP]: of a longer text the first eight."""
    starts = range(0, max(1, len(ids)), tokens_of_window)
    return [[start, *ids[at : at + tokens_of_window], end] for at in starts][:most_windows]


def feeds_of(windows):
    length = max(map(len, windows))
    ids = np.zeros((len(windows), length), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window
        mask[row, : len(window)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
