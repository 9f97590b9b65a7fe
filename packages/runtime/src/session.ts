import type { ModelSchema, TensorSpec } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import type { InferenceSession } from 'onnxruntime-node';
import { declineTelemetry } from './env.ts';
import { ModelLoadError } from './errors.ts';
import { type Ort, ortTypes } from './tensors.ts';

/**
 * One thread (a function has one or two cores, and pinning more fails in containers), and nothing that costs
 * start-up: for small graphs neither optimisation nor arenas pay back.
 */
export const smallGraphOptions: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'disabled',
  enableCpuMemArena: false,
  enableMemPattern: false,
};

/** Returns the options for a graph whose manifest says how it is opened, else those of the package. */
export function sessionOptionsOf(
  { session }: Pick<Manifest, 'session'>,
  options: InferenceSession.SessionOptions,
): InferenceSession.SessionOptions {
  return session?.optimize === true
    ? {
        ...options,
        graphOptimizationLevel: 'all',
        enableCpuMemArena: true,
        enableMemPattern: true,
      }
    : options;
}

/** An ONNX graph `y = Identity(x)`, float32[1]: all that is needed to make ONNX Runtime initialise itself. */
const tinyModel =
  'CAg6NwoQCgF4EgF5IghJZGVudGl0eVoPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAESAWdCAhAR';

/**
 * Loads ONNX Runtime and opens a graph of a few bytes, so that its own initialisation (some 15 ms) is done
 * by the time the weights arrive.
 */
export async function startOrt(): Promise<Ort> {
  declineTelemetry();
  const ort = await import('onnxruntime-node');
  await ort.InferenceSession.create(Buffer.from(tinyModel, 'base64'), smallGraphOptions);
  return ort;
}

/**
 * Opens weights as a session.
 * @param place what to call them in messages, e.g. `s3://bucket/key`
 * @throws ModelLoadError `not-onnx`
 */
export async function openSession(
  ort: Ort,
  weights: Uint8Array,
  place: string,
  options: InferenceSession.SessionOptions = smallGraphOptions,
): Promise<InferenceSession> {
  try {
    return await ort.InferenceSession.create(weights, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelLoadError(
      'not-onnx',
      `ONNX Runtime cannot open ${place} (${reason}): export the model to ONNX and push it as a new version`,
      { cause: error },
    );
  }
}

/** The part of a session that describes the tensors it takes and gives. */
export type Signature = Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>;

/** Tells whether a graph's dimensions (symbolic ones are strings) take every shape the specification allows. */
function isShapeTaken(spec: readonly number[], graph: readonly (number | string)[]): boolean {
  return (
    spec.length === graph.length &&
    graph.every((dimension, axis) => typeof dimension === 'string' || dimension === spec[axis])
  );
}

function describeTensor(name: string, type: string, shape: readonly (number | string)[]): string {
  return `${name} ${type} [${shape.map((dimension) => (dimension === '' ? '?' : dimension)).join(',')}]`;
}

/** How the shape of a tensor in the schema is compared with what the graph declares. */
type ShapeTest = (spec: readonly number[], graph: readonly (number | string)[]) => boolean;

/** A graph that declares no rank, or that of a scalar, may still take another; of every other the rank has to be the same. */
const isRankTaken: ShapeTest = (spec, graph) => graph.length === 0 || spec.length === graph.length;

/** Returns the faults of one side (inputs or outputs) of a graph, as seen by the schema. */
function differences(
  side: 'input' | 'output',
  specs: readonly TensorSpec[],
  graph: readonly InferenceSession.ValueMetadata[],
  isTaken: ShapeTest,
): string[] {
  const missing = specs.flatMap((spec) => {
    const type = ortTypes[spec.datatype];
    const wanted = `${side} ${describeTensor(spec.name, type, spec.shape)}`;
    const found = graph.find((value) => value.name === spec.name);
    if (found === undefined) {
      return [`no ${wanted}`];
    }
    if (!found.isTensor) {
      return [`${side} ${spec.name} is no tensor`];
    }
    return found.type === type && isTaken(spec.shape, found.shape)
      ? []
      : [`${wanted} is ${describeTensor(found.name, found.type, found.shape)}`];
  });
  // An output that the schema does not name is simply not asked for; an input has to come from somewhere.
  const extra =
    side === 'output'
      ? []
      : graph.filter((value) => !specs.some((spec) => spec.name === value.name));
  return [...missing, ...extra.map((value) => `${side} ${value.name} is not in the schema`)];
}

/**
 * Compares a session with the schema of the package that wants to serve it.
 * @throws ModelLoadError `schema-mismatch`, naming each tensor that differs
 */
export function checkSignature(session: Signature, schema: ModelSchema, place: string): void {
  refuse(schema, place, [
    ...differences('input', schema.inputs, session.inputMetadata, isShapeTaken),
    ...differences('output', schema.outputs, session.outputMetadata, isShapeTaken),
  ]);
}

/**
 * Compares a session with the schema of its own manifest: names, datatypes, and the ranks of inputs. The rest was proven
 * when the graph was asked and the manifest written: a graph may well declare `[1]` and answer `[N]`.
 * @throws ModelLoadError `schema-mismatch`, naming each tensor that differs
 */
export function checkProbedSignature(session: Signature, schema: ModelSchema, place: string): void {
  refuse(schema, place, [
    ...differences('input', schema.inputs, session.inputMetadata, isRankTaken),
    ...differences('output', schema.outputs, session.outputMetadata, () => true),
  ]);
}

function refuse(schema: ModelSchema, place: string, wrong: readonly string[]): void {
  if (wrong.length > 0) {
    throw new ModelLoadError(
      'schema-mismatch',
      `${place} does not fit the model ${schema.name}: ${wrong.join('; ')}`,
    );
  }
}
