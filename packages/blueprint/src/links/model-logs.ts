import { bucketVariable } from '../names.ts';
import type { Named, Needs } from './needs.ts';
import { readManifests } from './read-manifests.ts';

/** The logs of every model of the service. */
export interface ModelLogsLink {
  readonly kind: 'model-logs';
}

/**
 * Lets a function search the logs of every model, and read what the versions' manifests say; not their weights. It finds the log groups in
 * `MODEL_LOGS`, a JSON object, and the manifests in the bucket `MODELS_BUCKET`.
 */
export function modelLogs(): ModelLogsLink {
  return { kind: 'model-logs' };
}

export function needsOfModelLogs({ models: names }: Named): Needs {
  return {
    variables: {
      MODEL_LOGS: {
        kind: 'names',
        of: Object.fromEntries(names.map((name) => [name, { kind: 'log', function: name }])),
      },
      [bucketVariable('models')]: { kind: 'bucket', bucket: 'models' },
    },
    statements: [
      readManifests(names),
      {
        sid: 'SearchLogs',
        actions: ['logs:FilterLogEvents'],
        resources: names.map((name) => ({ kind: 'log', function: name })),
        wildcard: 'Each environment writes a stream of its own',
      },
    ],
  };
}
