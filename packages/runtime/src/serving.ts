import { InternalError, type ModelSchema, type Tensor } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { LoadedModel } from './loaded-model.ts';
import {
  checkProbedSignature,
  checkSignature,
  type Signature,
  smallGraphOptions,
} from './session.ts';
import { fromOrtTensor, toOrtTensor } from './tensors.ts';

/** One request, checked against the schema, and the time there is for it. */
export interface PredictRequest {
  readonly schema: ModelSchema;
  readonly inputs: readonly Tensor[];
  /** Epoch milliseconds, the earlier of the caller's deadline and Lambda's. */
  readonly deadlineMs: number;
  /** Between the parts of a long request. @throws DeadlineExceededError when the deadline is past */
  readonly checkDeadline: () => void;
}

/** The values that a graph is compared with when it is loaded. */
export interface SignatureCheck {
  readonly schema: ModelSchema;
  readonly manifest: Manifest;
  /** The name of the weights in messages, e.g. `s3://bucket/key`. */
  readonly place: string;
}

/** The way from a request's tensors through a graph to the answer's; a package whose tensors are not the graph's own brings one. */
export interface Serving {
  /** Where the manifest does not say how the graph is opened. */
  readonly sessionOptions: InferenceSession.SessionOptions;
  /** @throws ModelLoadError `schema-mismatch`, so that such weights are refused before anyone is sent there */
  readonly checkSignature: (session: Signature, check: SignatureCheck) => void;
  /** All outputs of the schema, in its order. @throws ProtocolError */
  readonly predict: (model: LoadedModel, request: PredictRequest) => Promise<readonly Tensor[]>;
}

/** The request's tensors are the graph's: how tables are served. */
export const tensorServing: Serving = {
  sessionOptions: smallGraphOptions,
  checkSignature(session, { schema, place }) {
    checkSignature(session, schema, place);
  },
  async predict(model, { schema, inputs }) {
    const feeds: Record<string, OrtTensor> = {};
    for (const input of inputs) {
      feeds[input.name] = toOrtTensor(model.ort, input);
    }
    const names = schema.outputs.map(({ name }) => name);
    const fetched = await runGraph(model, feeds, names);
    return schema.outputs.map((spec) =>
      fromOrtTensor(spec.name, spec.datatype, outputOf(model, fetched, spec.name)),
    );
  },
};

/**
 * How a model without a schema of its own is served: as its manifest says. That was written by looking at the graph and
 * asking it, so a graph that declares less of its shapes than it answers is taken as it is.
 */
const manifestServing: Serving = {
  ...tensorServing,
  // No warning in every answer that a shape is another than the graph declares.
  sessionOptions: { ...smallGraphOptions, logSeverityLevel: 3 },
  checkSignature(session, { schema, place }) {
    checkProbedSignature(session, schema, place);
  },
};

/** How tables are served, by a package's schema or by the manifest's. */
export function servingOf(schema: ModelSchema | undefined): Serving {
  return schema === undefined ? manifestServing : tensorServing;
}

/**
 * Runs the graph.
 * @param names the outputs to compute; what else it has may be sequences or maps, which ONNX Runtime cannot hand over
 * @throws InternalError, cause kept: what goes in here was checked, so it is our fault
 */
export async function runGraph(
  { session, manifest }: LoadedModel,
  feeds: Readonly<Record<string, OrtTensor>>,
  names: readonly string[],
): Promise<InferenceSession.ReturnType> {
  try {
    return await session.run(feeds, names);
  } catch (error) {
    throw new InternalError(`the model ${manifest.name} failed on a valid input`, { cause: error });
  }
}

/** One output of a run. @throws InternalError when it is not there */
export function outputOf(
  { manifest }: LoadedModel,
  fetched: InferenceSession.ReturnType,
  name: string,
): OrtTensor {
  const output = fetched[name];
  if (output === undefined) {
    throw new InternalError(`the model ${manifest.name} gave no output ${name}`);
  }
  return output as OrtTensor;
}
