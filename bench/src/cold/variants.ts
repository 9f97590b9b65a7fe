import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BenchContext } from '../benchmark.ts';
import { type Peer, peerScript } from '../peer.ts';
import { bundleModel, compileProgram } from './bundle.ts';
import type { Program } from './launch.ts';

/** The kinds of servers of a model, in the order of the table. */
export type Kind = 'chorus' | 'added' | 'naive' | 'python';

/** A function that serves a model. */
export interface FunctionVariant {
  readonly kind: Kind;
  readonly model: string;
  readonly program: Program;
}

/** Programs that serve no model: no function can start faster. */
export interface Floors {
  readonly node: Program;
  readonly ort: Program;
}

export interface Variants {
  readonly floors: Floors;
  readonly functions: readonly FunctionVariant[];
}

/** Folder for the rivals: in this package, so that what stays outside of them is found in its node_modules. */
const dist = resolve(import.meta.dirname, '../../dist');

/** Returns the variables that Lambda sets, and those of the weights: `file` of version 1 of a model. */
export function lambdaEnvironment(
  endpoint: string,
  model: string,
  file: string,
): Record<string, string> {
  return {
    TZ: 'UTC',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: `chorus-${model}`,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    MODEL_BUCKET: 'chorus-models',
    MODEL_KEY: `models/${model}/v1/${file}`,
  };
}

const node = (file: string, environment: Record<string, string> = {}): Program => ({
  command: process.execPath,
  arguments: [file],
  environment: { TZ: 'UTC', ...environment },
});

function python(peer: Peer, environment: Record<string, string>): Program {
  return {
    command: peer.python,
    arguments: [peerScript('cold.py')],
    environment: { ...peer.environment, ...environment },
  };
}

/** Bundles everything, and says how to start it against the S3 at `endpoint`. */
export async function buildVariants(context: BenchContext, endpoint: string): Promise<Variants> {
  const { models, peer, directory } = context;
  await rm(dist, { recursive: true, force: true });
  const compiled = (name: string, packages: 'inside' | 'outside') =>
    compileProgram(join(import.meta.dirname, `${name}.ts`), join(dist, name), packages);
  const naive = await compiled('naive', 'outside');
  const functions: FunctionVariant[] = [];
  const shared = await bundleModel('onnx-model', directory);
  for (const model of models.keys()) {
    const { file, compileCache } = await bundleModel(model, directory);
    const environment = lambdaEnvironment(endpoint, model, 'model.onnx');
    const cached = { ...environment, NODE_COMPILE_CACHE: compileCache };
    functions.push(
      { kind: 'chorus', model, program: node(file, cached) },
      {
        kind: 'added',
        model,
        program: node(shared.file, { ...environment, NODE_COMPILE_CACHE: shared.compileCache }),
      },
      { kind: 'naive', model, program: node(naive, environment) },
    );
    if (peer !== undefined) {
      const pickled = lambdaEnvironment(endpoint, model, 'model.pkl');
      functions.push({ kind: 'python', model, program: python(peer, pickled) });
    }
  }
  return {
    floors: {
      node: node(await compiled('floor-node', 'inside')),
      ort: node(await compiled('floor-ort', 'inside')),
    },
    functions,
  };
}
