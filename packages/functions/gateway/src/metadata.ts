/** Metadata of the server and its models. */

import {
  decodeJson,
  type ModelMetadata,
  onnxPlatform,
  type ServerMetadata,
  toModelMetadata,
} from '@chorus/protocol';
import { asRecord } from '@chorus/runtime/proxy-event';
import type { Call, Service } from './call.ts';
import { ascending } from './model-versions.ts';
import {
  checkWorkflowVersion,
  type ServedModel,
  type ServedWorkflow,
  workflowVersion,
} from './served.ts';

/**
 * `GET /v2`. Of the schedule policy the timeout counts; priorities do not, as in a Triton model with no levels.
 */
export const serverMetadata: ServerMetadata = {
  name: 'chorus',
  version: '1.0.0',
  extensions: ['binary_tensor_data', 'schedule_policy'],
};

/** `GET /v2/models/{m}[/versions/{v}]`. @throws NotFoundError for a version that is not published. */
export async function modelMetadata(
  { configurations, modelVersions }: Service,
  served: ServedModel | ServedWorkflow,
  { version, deadlineMs }: Call,
): Promise<ModelMetadata> {
  if (served.kind === 'workflow') {
    checkWorkflowVersion(served.name, version);
    return toModelMetadata(served.schema, [workflowVersion], 'chorus_workflow');
  }
  const [configuration, published] = await Promise.all([
    modelVersions
      .find(served, version, deadlineMs)
      .then((model) => configurations.read(model, deadlineMs)),
    modelVersions.list(served, deadlineMs),
  ]);
  const { schema } = await configurations.manifest(served, configuration, deadlineMs);
  const versions = ascending(new Set([...published, configuration.version]));
  return toModelMetadata(schema, versions, onnxPlatform);
}

/** One entry of `POST /v2/repository/index`; Triton, `docs/protocol/extension_model_repository.md`. */
export interface IndexEntry {
  readonly name: string;
  readonly version?: string;
  readonly state: 'READY' | 'UNAVAILABLE';
  /** Empty when it is ready. */
  readonly reason: string;
}

/**
 * The repository's index: what is deployed, without asking the models themselves. With `{"ready": true}` in the
 * body, only what is ready.
 */
export async function repositoryIndex(
  service: Service,
  { request, deadlineMs }: Call,
): Promise<readonly IndexEntry[]> {
  const asked = request.body.length === 0 ? {} : decodeJson(request.body);
  const entries = await Promise.all(
    service.served.values().map((served) => indexEntry(service, served, deadlineMs)),
  );
  return asRecord(asked)['ready'] === true
    ? entries.filter(({ state }) => state === 'READY')
    : entries;
}

async function indexEntry(
  { configurations }: Service,
  served: ServedModel | ServedWorkflow,
  deadlineMs: number,
): Promise<IndexEntry> {
  const { name } = served;
  if (served.kind === 'workflow') {
    return { name, version: workflowVersion, state: 'READY', reason: '' };
  }
  try {
    const { version, notReady } = await configurations.read(served, deadlineMs);
    return notReady === undefined
      ? { name, version, state: 'READY', reason: '' }
      : { name, version, state: 'UNAVAILABLE', reason: notReady };
  } catch (error) {
    // The entry says it; one model that is gone must not hide the others.
    const reason = error instanceof Error ? error.message : String(error);
    return { name, state: 'UNAVAILABLE', reason };
  }
}
