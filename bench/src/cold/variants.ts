import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchContext } from '../benchmark.ts';
import { type Peer, peerScript } from '../peer.ts';
import { bundle } from './bundle.ts';
import type { Program } from './launch.ts';

/** What serves a model, in the order of the table. */
export type Kind = 'chorus' | 'naive' | 'python';

/** A function that serves a model. */
export interface FunctionVariant {
  readonly kind: Kind;
  readonly model: string;
  readonly program: Program;
}

/** Programs that serve no model: below them nobody gets. */
export interface Floors {
  readonly node: Program;
  readonly ort: Program;
}

export interface Variants {
  readonly floors: Floors;
  readonly functions: readonly FunctionVariant[];
}

/** Folder for what is bundled: in this package, so that what stays outside a bundle is found in its node_modules. */
const dist = resolve(import.meta.dirname, '../../dist');

/** What Lambda sets, and what a program needs to be found. */
function lambdaEnvironment(endpoint: string, model: string, file: string): Record<string, string> {
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
  const { models, peer } = context;
  await rm(dist, { recursive: true, force: true });
  const source = (name: string) => join(import.meta.dirname, name);
  const naive = await bundle(source('naive.ts'), join(dist, 'naive'), 'npm');
  const functions: FunctionVariant[] = [];
  for (const model of models.keys()) {
    const entry = fileURLToPath(import.meta.resolve(`@chorus/${model}/main`));
    const file = await bundle(entry, join(dist, model), 'add-ons');
    const environment = lambdaEnvironment(endpoint, model, 'model.onnx');
    // The image has the compile cache baked in.
    const cache = { NODE_COMPILE_CACHE: join(dist, model, 'compile-cache') };
    functions.push(
      { kind: 'chorus', model, program: node(file, { ...environment, ...cache }) },
      { kind: 'naive', model, program: node(naive, environment) },
    );
    if (peer !== undefined) {
      const pickled = lambdaEnvironment(endpoint, model, 'model.pkl');
      functions.push({ kind: 'python', model, program: python(peer, pickled) });
    }
  }
  return {
    floors: {
      node: node(await bundle(source('floor-node.ts'), join(dist, 'floor-node'), 'add-ons')),
      ort: node(await bundle(source('floor-ort.ts'), join(dist, 'floor-ort'), 'add-ons')),
    },
    functions,
  };
}
