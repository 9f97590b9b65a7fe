"""A model function in Python: boto3 reads the pickle, scikit-learn predicts.

Written to start quickly: one GET without transfer threads, nothing on disk, no import that is not needed. Speaks the Lambda Runtime API itself (http.client), which is quicker to start than any framework. Takes and gives Open
Inference Protocol JSON, like ours.
"""

import http.client
import json
import os
import pickle
import time

import boto3
import numpy as np


def load():
    weights = boto3.client("s3").get_object(Bucket=os.environ["MODEL_BUCKET"], Key=os.environ["MODEL_KEY"])
    return pickle.loads(weights["Body"].read())


def infer(model, event: dict) -> dict:
    started = time.perf_counter()
    (tensor,) = event["inputs"]
    rows = np.asarray(tensor["data"], dtype=np.float64).reshape(tensor["shape"])
    prices = model.predict(rows).tolist()
    return {
        "model_name": os.environ["AWS_LAMBDA_FUNCTION_NAME"],
        "model_version": "v1",
        "parameters": {"chorus_duration_ms": (time.perf_counter() - started) * 1000},
        "outputs": [{"name": "price", "datatype": "FP64", "shape": [len(prices)], "data": prices}],
    }


def main() -> None:
    host, _, prefix = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
    base = f"/{prefix}/2018-06-01/runtime/invocation/"
    model = load()
    connection = http.client.HTTPConnection(host)
    while True:
        connection.request("GET", base + "next")
        response = connection.getresponse()
        event = json.loads(response.read())
        answer = json.dumps(infer(model, event))
        request_id = response.headers["lambda-runtime-aws-request-id"]
        connection.request("POST", f"{base}{request_id}/response", answer, {"content-type": "application/json"})
        connection.getresponse().read()


if __name__ == "__main__":
    main()
