import type { InferResponse, ModelSchema, Tensor } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import type { FakeAws, Reply } from './fake-aws.ts';

/** The event that a model's function gets. */
export interface ModelEvent {
  readonly id: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Tensor[];
}

/** What a model without a package is and does. */
export interface AddedModel {
  readonly schema: Omit<ModelSchema, 'name' | 'maxBatch'>;
  readonly version?: string;
  readonly more?: Partial<Manifest>;
  /** The outputs for an event, or how the function fails. */
  readonly answer: (event: ModelEvent) => readonly unknown[] | { readonly fails: Reply };
}

/** Deploys the model `churn`: its manifest, a version of its function, and the alias `live`. At most 3 rows. */
export function addModel(
  aws: FakeAws,
  { schema, version = 'v1', more = {}, answer }: AddedModel,
): void {
  const key = `models/churn/${version}`;
  const manifest = {
    format: 1,
    name: 'churn',
    version,
    file: { name: 'model.onnx', bytes: 1, sha256: 'a'.repeat(64) },
    schema: { name: 'churn', maxBatch: 3, ...schema },
    ...more,
  };
  aws.objects.set(`chorus-models/${key}/manifest.json`, JSON.stringify(manifest));
  for (const qualifier of [version.slice(1), 'live']) {
    aws.functions.set(`chorus-churn:${qualifier}`, {
      configuration: {
        State: 'Active',
        Environment: {
          Variables: { MODEL_BUCKET: 'chorus-models', MODEL_KEY: `${key}/model.onnx` },
        },
      },
      invoke: (event) => respond(version, answer(event as unknown as ModelEvent)),
    });
  }
}

function respond(version: string, answer: ReturnType<AddedModel['answer']>): Reply {
  if ('fails' in answer) {
    return answer.fails;
  }
  const response: InferResponse = {
    model_name: 'churn',
    model_version: version,
    id: 'x',
    parameters: { chorus_cold_start: true, chorus_duration_ms: 0.25 },
    outputs: answer as readonly Tensor[],
  };
  return { payload: response };
}
