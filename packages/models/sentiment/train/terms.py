"""How a text becomes terms; src/terms.ts does the same, and fixtures/parity.json compares them."""

import re

letter = "A-Za-zÀ-ÖØ-öø-ÿ"
token = re.compile(
    r"https?://[!-~]+"
    rf"|[:;=]['-]?[()DP/|\\](?![{letter}])"
    rf"|[{letter}]+(?:'[{letter}]+)*"
    r"|[0-9]+|[!?]+|[.,;:]"
    "|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
negations = set(
    "no not never none nobody nothing neither nor nowhere hardly barely scarcely without cannot cant dont doesnt"
    " didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt hasnt havent hadnt aint lack lacks lacking".split()
)
scope = 3


def words_of(text):
    """Returns the words of a text in lower case, each with whether one of the three words before it negates it."""
    words, left = [], 0
    for match in token.finditer(text.replace("’", "'")):
        word = match.group().lower()
        if word.startswith("http") and "://" in word:
            continue
        if re.fullmatch(r"[.,;:!?]+", word):
            left = 0
            if word[0] in "!?":
                words.append((word[0], False))
            continue
        words.append((word, left > 0))
        left -= 1
        if word in negations or word.endswith("n't"):
            left = scope
    return words


def terms_of(words):
    """Returns the terms: each word, `NOT_` before a negated one, and each two that follow each other."""
    single = [f"NOT_{word}" if negated else word for word, negated in words]
    return single + [f"{a} {b}" for a, b in zip(single, single[1:])]
