"""The plain alternative: one FastAPI process that serves the three scikit-learn models.

usage: serve.py folder     with the <model>.pkl of train.py; prints its address, serves until killed

The same endpoint twice, for the two ways FastAPI runs one: `def`, in a pool of threads, which its documentation advises
for work that blocks, and `async def`, on the event loop, one request at a time.
"""

import pickle
import socket
import sys
from pathlib import Path
from uuid import uuid4

import numpy as np
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, Field, create_model

NAMES = "CRIM ZN INDUS CHAS NOX RM AGE DIS RAD TAX PTRATIO B LSTAT".split()
PERCENTAGES = {"ZN", "INDUS", "AGE", "LSTAT"}


def feature(name: str):
    most = 100 if name in PERCENTAGES else 1 if name == "CHAS" else None
    return (float, Field(ge=0, le=most, allow_inf_nan=False))


House = create_model("House", **{name: feature(name) for name in NAMES})


class Houses(BaseModel):
    instances: list[House] = Field(min_length=1, max_length=1000)


def application(folder: str) -> FastAPI:
    paths = sorted(Path(folder).glob("*.pkl"))
    models = {path.stem: pickle.loads(path.read_bytes()) for path in paths}

    def answer(body) -> dict:
        houses = body.instances if isinstance(body, Houses) else [body]
        rows = np.array([[getattr(house, name) for name in NAMES] for house in houses])
        prices = np.array([model.predict(rows) for model in models.values()])
        columns = [*models, "ensemble"]
        table = np.vstack([prices, prices.mean(axis=0)]).T.tolist()
        return {
            "predictions": [dict(zip(columns, row)) for row in table],
            "models": {name: {"version": "v1"} for name in models},
            "failed": {},
            "requestId": str(uuid4()),
        }

    app = FastAPI()

    @app.post("/threads/predict/house-price")
    def predict(body: Houses | House) -> dict:
        return answer(body)

    @app.post("/loop/predict/house-price")
    async def predict_on_the_loop(body: Houses | House) -> dict:
        return answer(body)

    return app


def main(folder: str) -> None:
    # Without its protocol named, asyncio leaves a socket's Nagle algorithm on: 40 ms per answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    server = uvicorn.Server(uvicorn.Config(application(folder), log_level="warning", access_log=False))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    server.run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
