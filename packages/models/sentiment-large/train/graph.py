"""What is added to MiniLM: the mean of its tokens, what the small model said, and one probability."""

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, load_from_string, numpy_helper

dimensions = 384
least = 1e-4


def encode_tail(weights, prior_weight, bias):
    """
    Returns bytes that make a whole model when they are appended to MiniLM's file: Protocol Buffers join the parts of a
    message that come one after the other, so that the file before stays as it is.
    """

    def constant(name, values, kind=np.float32):
        return numpy_helper.from_array(np.asarray(values, dtype=kind), f"head_{name}")

    def node(kind, inputs, output, **attributes):
        return helper.make_node(kind, inputs, [output], **attributes)

    nodes = [
        node("Cast", ["attention_mask"], "head_mask", to=TensorProto.FLOAT),
        node("Unsqueeze", ["head_mask", "head_last"], "head_mask3"),
        node("Mul", ["last_hidden_state", "head_mask3"], "head_masked"),
        # The windows of a text are the rows of a batch: the mean is of the tokens of all of them.
        node("ReduceSum", ["head_masked", "head_rows"], "head_sum", keepdims=0),
        node("Mul", ["head_sum", "head_sum"], "head_squares"),
        node("ReduceSum", ["head_squares"], "head_length2", keepdims=0),
        node("Sqrt", ["head_length2"], "head_length"),
        node("Mul", ["head_sum", "head_weights"], "head_weighted"),
        node("ReduceSum", ["head_weighted"], "head_dot", keepdims=0),
        node("Div", ["head_dot", "head_length"], "head_of_text"),
        node("Clip", ["prior", "head_least", "head_most"], "head_prior"),
        node("Sub", ["head_one", "head_prior"], "head_other"),
        node("Div", ["head_prior", "head_other"], "head_odds"),
        node("Log", ["head_odds"], "head_logit"),
        node("Mul", ["head_logit", "head_prior_weight"], "head_of_prior"),
        node("Sum", ["head_of_text", "head_of_prior", "head_bias"], "head_all"),
        node("Sigmoid", ["head_all"], "positive"),
    ]
    constants = [
        constant("weights", weights),
        constant("prior_weight", prior_weight),
        constant("bias", bias),
        constant("least", least),
        constant("most", 1 - least),
        constant("one", 1),
        constant("last", [-1], np.int64),
        constant("rows", [0, 1], np.int64),
    ]
    tail = ModelProto()
    tail.graph.node.extend(nodes)
    tail.graph.initializer.extend(constants)
    tail.graph.input.append(helper.make_tensor_value_info("prior", TensorProto.FLOAT, [1]))
    tail.graph.output.append(helper.make_tensor_value_info("positive", TensorProto.FLOAT, [1]))
    return tail.SerializeToString(deterministic=True)


def encode_stand_in(rows=16):
    """Returns a model with the inputs and outputs of MiniLM that knows nothing, for tests: a few vectors by the token's number."""
    vectors = np.random.default_rng(1).normal(size=(rows, dimensions)).astype(np.float32)
    ids = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"])
           for name in ("input_ids", "attention_mask", "token_type_ids")]
    hidden = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", dimensions])
    graph = helper.make_graph(
        [helper.make_node("Add", ["input_ids", "token_type_ids"], ["both"]),
         helper.make_node("Mod", ["both", "rows"], ["row"]),
         helper.make_node("Gather", ["vectors", "row"], ["last_hidden_state"])],
        "stand-in", ids, [hidden],
        [numpy_helper.from_array(vectors, "vectors"), numpy_helper.from_array(np.array(rows), "rows")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="chorus")
    return model.SerializeToString(deterministic=True)


def join(backbone, tail):
    """Returns the whole model."""
    checker.check_model(load_from_string(backbone + tail))
    return backbone + tail
