"""Runs the Python of docs/your-own-model.md in a folder: `python3 .ci/export-models.py FOLDER`."""

import os
import re
import sys
from pathlib import Path

document = Path(__file__).parent.parent / "docs/your-own-model.md"
snippets = re.findall(r"^```python\n(.*?)^```", document.read_text(), re.M | re.S)
os.chdir(sys.argv[1])
for snippet in snippets:
    exec(compile(snippet, document.name, "exec"), {})
