"""The model as an ONNX graph that takes terms and words: the vocabulary and the lexicon are inside."""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

flip = -0.74
damping = 15.0


def encode(vocabulary, idf, weights, lexicon, lexicon_weights, bias):
    """
    Returns the graph's bytes. `terms` (distinct) with their `counts` give tf-idf of length 1, `words` with their
    `signs` the sums of the lexicon; `positive` is the probability, `known` how many of both the model knows.
    """

    def constant(name, values):
        return numpy_helper.from_array(np.asarray(values, dtype=np.float32), name)

    def node(kind, inputs, output, **attributes):
        return helper.make_node(kind, inputs, [output], **attributes)

    def lookup(inputs, output, **attributes):
        return node("LabelEncoder", inputs, output, domain="ai.onnx.ml", **attributes)

    entries = sorted(lexicon.items())
    nodes = [
        lookup(["terms"], "index", keys_strings=vocabulary,
               values_int64s=list(range(1, len(vocabulary) + 1)), default_int64=0),
        node("Gather", ["idf", "index"], "rarity"),
        node("Mul", ["counts", "rarity"], "x"),
        node("Mul", ["x", "x"], "xx"),
        node("ReduceSum", ["xx"], "length2", keepdims=0),
        node("Max", ["length2", "tiny"], "length2_safe"),
        node("Sqrt", ["length2_safe"], "length"),
        node("Gather", ["weights", "index"], "weight"),
        node("Mul", ["x", "weight"], "weighted"),
        node("ReduceSum", ["weighted"], "sum", keepdims=0),
        node("Div", ["sum", "length"], "of_terms"),
        lookup(["words"], "valence", keys_strings=[key for key, _ in entries],
               values_floats=[value for _, value in entries], default_float=0.0),
        node("Mul", ["valence", "signs"], "signed"),
        node("Neg", ["signed"], "opposite"),
        node("Relu", ["signed"], "good"),
        node("Relu", ["opposite"], "bad"),
        node("ReduceSum", ["good"], "pos", keepdims=0),
        node("ReduceSum", ["bad"], "neg", keepdims=0),
        node("Sub", ["pos", "neg"], "both"),
        node("Size", ["words"], "size"),
        node("Cast", ["size"], "size_float", to=TensorProto.FLOAT),
        node("Div", ["both", "size_float"], "mean"),
    ]
    features = []
    for name in ("both", "pos", "neg"):
        nodes += [
            node("Mul", [name, name], f"{name}2"),
            node("Add", [f"{name}2", "damping"], f"{name}2_damped"),
            node("Sqrt", [f"{name}2_damped"], f"{name}_scale"),
            node("Div", [name, f"{name}_scale"], f"{name}_feature"),
        ]
        features.append(f"{name}_feature")
    features.append("mean")
    for name in features:
        nodes.append(node("Mul", [name, f"{name}_weight"], f"{name}_part"))
    nodes += [
        node("Sum", ["of_terms", *(f"{name}_part" for name in features), "bias"], "logit"),
        node("Sigmoid", ["logit"], "probability"),
        node("Reshape", ["probability", "one"], "positive"),
        node("Cast", ["index"], "index_float", to=TensorProto.FLOAT),
        node("Sign", ["index_float"], "is_term"),
        node("Abs", ["valence"], "strength"),
        node("Sign", ["strength"], "is_word"),
        node("ReduceSum", ["is_term"], "known_terms", keepdims=0),
        node("ReduceSum", ["is_word"], "known_words", keepdims=0),
        node("Add", ["known_terms", "known_words"], "known_count"),
        node("Reshape", ["known_count", "one"], "known"),
    ]
    constants = [
        constant("idf", [0, *idf]),
        constant("weights", [0, *weights]),
        constant("tiny", 1e-30),
        constant("damping", damping),
        constant("bias", bias),
        *(constant(f"{name}_weight", value) for name, value in zip(features, lexicon_weights)),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "one"),
    ]

    def value(name, kind, size):
        return helper.make_tensor_value_info(name, kind, [size])

    graph = helper.make_graph(
        nodes, "sentiment",
        [value("terms", TensorProto.STRING, "terms"), value("counts", TensorProto.FLOAT, "terms"),
         value("words", TensorProto.STRING, "words"), value("signs", TensorProto.FLOAT, "words")],
        [value("positive", TensorProto.FLOAT, 1), value("known", TensorProto.FLOAT, 1)],
        constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 2)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="chorus")
    checker.check_model(model)
    return model.SerializeToString(deterministic=True)
