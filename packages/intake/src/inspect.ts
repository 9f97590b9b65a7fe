import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import type { InferRequest, Tensor, TensorSpec } from '@chorus/protocol';
import { type GraphProto, type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { declareShapes } from './declare-shapes.ts';
import { type Details, withDetails } from './details.ts';
import { ProbeError, UnsupportedModelError } from './errors.ts';
import { findShapes } from './find-shapes.ts';
import { givenRows } from './given-rows.ts';
import { inlineExternalData } from './inline-external-data.ts';
import { classesIn, knownTexts } from './known-texts.ts';
import { mendLocales } from './mend-locales.ts';
import { mendOutputs } from './mend-outputs.ts';
import { isWorthOptimizing } from './optimize.ts';
import { inputsOf, outputsOf } from './ports.ts';
import { openProbe, type Probe, type ProbeLimits } from './probe.ts';
import { readModel } from './read-model.ts';
import {
  checkSamples,
  type Deviation,
  firstSample,
  type GivenSamples,
  inputsOfSamples,
  placeSamples,
  type Samples,
} from './samples.ts';

/** Options of an inspection. */
export interface InspectOptions extends Details {
  readonly limits?: ProbeLimits;
  /** Rows with the answers that the model gave where it was trained. */
  readonly samples?: GivenSamples;
  /** Opens the model to ask it. @default in a process of its own */
  readonly openProbe?: typeof openProbe;
}

/** A model that can be served: its bytes, perhaps mended, and what was found out about it. */
export interface Inspection {
  readonly bytes: Uint8Array;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  readonly maxBatch: number;
  /** True if ONNX Runtime's optimisations are worth their time at the start. */
  readonly optimize: boolean;
  /** `skl2onnx 1.20.0` */
  readonly producer: string;
  /** `ai.onnx 21, ai.onnx.ml 5` */
  readonly opsets: string;
  /** For people: what was changed in the file and why. */
  readonly changes: readonly string[];
  /** For people: what to know about the model. */
  readonly notes: readonly string[];
  /** A row that the model has answered, and its answer. */
  readonly example: InferRequest;
  readonly answer: readonly Tensor[];
  /** The largest difference from the samples; undefined without any. */
  readonly deviation: Deviation | undefined;
  /** The samples, as tensors. */
  readonly samples: Samples | undefined;
}

/** Largest first dimension that is accepted of a model with open rows. */
const usualBatch = 1000;

const domainName = (domain: string): string => (domain === '' ? 'ai.onnx' : domain);

/** `skl2onnx 1.20.0`; CatBoost gives a report of its build instead of a version, which is left out. */
function producerOf({ producerName, producerVersion }: ModelProto): string {
  const version = producerVersion.includes('\n') ? '' : producerVersion;
  return `${producerName} ${version}`.trim();
}

/** Some exporters name an operator set twice. */
function opsetsOf({ opsetImport }: ModelProto): string {
  const named = opsetImport.map(({ domain, version }) => `${domainName(domain)} ${version}`);
  return [...new Set(named)].join(', ');
}

/** Returns the graph of a model. @throws {UnsupportedModelError} if it is one for training, or has none */
function graphOf({ graph }: ModelProto): GraphProto {
  if (graph === undefined) throw new UnsupportedModelError('The model has no graph');
  return graph;
}

/**
 * Opens a model, lowering its IR version where only that is too new for this ONNX Runtime.
 *
 * @throws {ProbeError} if it does not open
 */
async function open(
  file: string,
  model: ModelProto,
  bytes: Uint8Array,
  options: InspectOptions & { readonly optimize: boolean },
): Promise<{
  readonly probe: Probe;
  readonly bytes: Uint8Array;
  readonly changes: readonly string[];
}> {
  await writeFile(file, bytes);
  const { openProbe: openFile = openProbe } = options;
  const measured = { ...options, bytes: bytes.length };
  try {
    return { probe: await openFile(file, measured), bytes, changes: [] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const newest = /IR version: (\d+), max supported IR version: (\d+)/.exec(why)?.[2];
    if (newest === undefined) throw explained(error, why);
    const from = model.irVersion;
    model.irVersion = BigInt(newest);
    const lowered = toBinary(ModelProtoSchema, model);
    await writeFile(file, lowered);
    const probe = await openFile(file, measured).catch((second: unknown) => {
      throw explained(second, second instanceof Error ? second.message : String(second));
    });
    const change = `IR version ${from}: lowered to ${newest}, the newest that ONNX Runtime reads here`;
    return { probe, bytes: lowered, changes: [change] };
  }
}

/** Says what to do about a model that ONNX Runtime does not open. */
function explained(cause: unknown, why: string): unknown {
  if (!(cause instanceof ProbeError) || why.startsWith('The ')) return cause;
  const remedy = /opset/i.test(why)
    ? 'export it for an older operator set (target_opset in skl2onnx, opset_version in torch.onnx.export)'
    : /locale/i.test(why)
      ? 'export its StringNormalizer with the locale C.UTF-8, or its TfidfVectorizer with lowercase=False'
      : /not a registered function|No Op registered|custom/i.test(why)
        ? 'export it with operators of ONNX itself; custom operators are not there'
        : 'check that Python’s onnxruntime opens it, and export it again';
  return new ProbeError(`ONNX Runtime does not open the model: ${why}. Remedy: ${remedy}`, {
    cause,
  });
}

/**
 * Opens a model file, mends what exporters do by default, and asks it in a process of its own, so that nothing is
 * published that does not answer.
 *
 * @param path an ONNX file, or a folder with one
 * @throws {IntakeError} with what to do about the file
 */
export async function inspectModel(
  path: string,
  options: InspectOptions = {},
): Promise<Inspection> {
  const file = await readModel(path);
  const { model } = file;
  const graph = graphOf(model);
  const external = await inlineExternalData(file, graph);
  const classes = classesIn(graph);
  const mended = mendOutputs(graph);
  const changes = [
    ...external.map((name) => `put the tensors of ${name} into the file`),
    ...mended.changes,
    ...mendLocales(graph),
  ];
  const [inputs, outputs] = [inputsOf(graph), outputsOf(graph)];
  const optimize = isWorthOptimizing(graph);
  const texts = knownTexts(graph);
  const folder = await mkdtemp(join(tmpdir(), 'chorus-intake-'));
  try {
    const bytes = changes.length === 0 ? file.bytes : toBinary(ModelProtoSchema, model);
    const opened = await open(join(folder, 'model.onnx'), model, bytes, { ...options, optimize });
    try {
      const { samples: given } = options;
      const samples = given && placeSamples(given, inputs, outputs);
      const rows = samples && givenRows(inputs, inputsOfSamples(samples));
      const found = await findShapes(opened.probe, inputs, outputs, texts, rows);
      const deviation = samples && (await checkSamples(opened.probe, samples, found.outputs));
      const detailed = withDetails({ ...found, classes, labels: mended.labels, texts }, options);
      const redeclared = [
        declareShapes(graph.input, found.inputs),
        declareShapes(graph.output, found.outputs),
      ].filter((lines) => lines !== undefined);
      const isBatched = found.inputs.some(({ shape }) => shape[0] === -1);
      return {
        ...detailed,
        ...(samples && { example: firstSample(samples, found.inputs) }),
        deviation,
        samples,
        bytes: redeclared.length === 0 ? opened.bytes : toBinary(ModelProtoSchema, model),
        maxBatch: isBatched ? usualBatch : 1,
        optimize,
        producer: producerOf(model),
        opsets: opsetsOf(model),
        changes: [...changes, ...opened.changes, ...redeclared.flat()],
      };
    } finally {
      opened.probe.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
