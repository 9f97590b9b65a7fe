import { type Blueprint, physicalName } from '@chorus/blueprint';
import { stateMachineArn } from '@chorus/emulator-aws';
import { encodeInferRequest, type InferRequest } from '@chorus/protocol';

/**
 * The addresses and names that requests can have, by the blueprint: nothing here knows a model or a workflow by name.
 */
export interface Targets {
  /** `127.0.0.1:8787` */
  readonly host: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly workflows: readonly WorkflowTarget[];
  /** Models and workflows, as `/v2/models` names them. */
  readonly models: readonly string[];
  /** Physical names. */
  readonly functions: readonly string[];
  readonly machines: readonly string[];
  readonly buckets: readonly string[];
  /** Paths that take a POST of JSON. */
  readonly jsonPaths: readonly string[];
}

export interface WorkflowTarget {
  /** `/predict/…` */
  readonly path: string;
  readonly name: string;
  readonly takesPhoto: boolean;
  /** A right body for `path`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The same for `/v2/models/…/infer`. */
  readonly infer: InferRequest;
}

/** @param credentials that requests to AWS are signed with */
export function targetsOf(
  blueprint: Blueprint,
  url: string,
  credentials: Targets['credentials'],
): Targets {
  const workflows = blueprint.workflows.flatMap((spec) =>
    blueprint.routes
      .filter((route) => 'workflow' in route && route.workflow === spec.name)
      .map(({ path }) => ({
        path,
        name: spec.name,
        takesPhoto: 'image' in spec.request.members,
        body: spec.example,
        infer: spec.request.inferOf(spec.example),
      })),
  );
  const models = blueprint.functions.filter(({ kind }) => kind === 'model').map(({ name }) => name);
  const all = [...workflows.map(({ name }) => name), ...models];
  return {
    host: new URL(url).host,
    credentials,
    workflows,
    models: all,
    functions: blueprint.functions.map(({ name }) => physicalName(name)),
    machines: blueprint.workflows.map(({ name }) => stateMachineArn(physicalName(name))),
    buckets: blueprint.buckets.map(({ name }) => physicalName(name)),
    jsonPaths: [
      ...blueprint.routes.filter(({ method }) => method === 'POST').map(({ path }) => path),
      ...all.map((name) => `/v2/models/${name}/infer`),
      '/v2/repository/index',
    ],
  };
}

/** A right request to the Open Inference Protocol whose tensors are bytes. */
export function binaryOf(infer: InferRequest): {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
} {
  const { headers, body } = encodeInferRequest(infer, { binary: true });
  return { headers, body: Buffer.from(body) };
}
