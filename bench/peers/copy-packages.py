"""Copies what the peer's model function needs from this Python's packages, compiled files included, and nothing else.

usage: copy-packages.py folder     boto3, scikit-learn and what they require, as `pip install --target folder`
"""

import re
import shutil
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path


def closure(*roots: str) -> dict[str, Distribution]:
    found: dict[str, Distribution] = {}
    names = list(roots)
    while names:
        name = names.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # A requirement of another Python or system.
            continue
        needed = [line for line in found[name].requires or [] if "extra ==" not in line]
        names += [re.match(r"[\w.-]+", line).group() for line in needed]
    return found


def main(folder: str) -> None:
    for package in closure("boto3", "scikit-learn").values():
        for file in package.files or []:
            source = package.locate_file(file)
            if ".." in file.parts or not source.is_file():
                continue
            target = Path(folder, file)
            target.parent.mkdir(parents=True, exist_ok=True)
            # With its date: Python takes a compiled file only beside the source it was made of.
            shutil.copy2(source, target)


if __name__ == "__main__":
    main(sys.argv[1])
