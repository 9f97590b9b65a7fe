import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One operation of a TensorFlow.js graph model (tensorflow/core/framework/node_def.proto as JSON). */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, Attribute>>;
}

interface Attribute {
  readonly s?: string;
  readonly f?: number;
  readonly b?: boolean;
  readonly list?: { readonly i?: readonly string[] };
  readonly shape?: { readonly dim: readonly { readonly size: string }[] };
}

/** A constant of the graph. */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

export interface TfjsGraph {
  readonly nodes: readonly GraphNode[];
  readonly weights: ReadonlyMap<string, Weight>;
}

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string };
}

interface ModelFile {
  readonly format: string;
  readonly modelTopology: { readonly node: readonly GraphNode[] };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly WeightSpec[];
  }[];
}

/**
 * Reads a graph model as tfjs-converter writes it: a JSON file and, beside it, the constants end to
 * end in the order of its manifest, float32 optionally stored as float16. Throws on any other kind.
 */
export async function readTfjsGraph(file: string): Promise<TfjsGraph> {
  const model: ModelFile = JSON.parse(await readFile(file, 'utf8'));
  if (model.format !== 'graph-model') throw new Error(`${file} is no tfjs graph model`);
  const weights = new Map<string, Weight>();
  for (const group of model.weightsManifest) {
    const shards = group.paths.map((path) => readFile(join(dirname(file), path)));
    const bytes = new Uint8Array(Buffer.concat(await Promise.all(shards)));
    let offset = 0;
    for (const spec of group.weights) {
      const [values, size] = decode(spec, bytes, offset);
      weights.set(spec.name, { shape: spec.shape, values });
      offset += size;
    }
    if (offset !== bytes.length) throw new Error(`${bytes.length - offset} bytes are left over`);
  }
  return { nodes: model.modelTopology.node, weights };
}

function decode(spec: WeightSpec, bytes: Uint8Array<ArrayBuffer>, offset: number) {
  const count = spec.shape.reduce((product, size) => product * size, 1);
  const stored = spec.quantization?.dtype ?? spec.dtype;
  const size = count * (stored === 'float16' ? 2 : 4);
  const { buffer } = bytes.slice(offset, offset + size);
  if (stored === 'float16') return [Float32Array.from(new Float16Array(buffer)), size] as const;
  if (stored === 'float32') return [new Float32Array(buffer), size] as const;
  if (stored === 'int32') return [new Int32Array(buffer), size] as const;
  throw new Error(`weights stored as ${stored} are not known here`);
}
