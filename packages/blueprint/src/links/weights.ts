import type { Needs } from './needs.ts';

/**
 * The needs that every model's function has: its own versions, and which of them it serves. It finds them in
 * `MODEL_BUCKET`, `MODEL_KEY` and `MODEL_SHA256`.
 */
export function needsOfWeights(model: string): Needs {
  return {
    variables: {
      MODEL_BUCKET: { kind: 'bucket', bucket: 'models' },
      MODEL_KEY: { kind: 'weights', model, part: 'key' },
      MODEL_SHA256: { kind: 'weights', model, part: 'sha256' },
    },
    statements: [
      {
        sid: 'ReadModelVersions',
        actions: ['s3:GetObject'],
        resources: [{ kind: 'objects', bucket: 'models', keys: `models/${model}/*` }],
        wildcard: 'Versions are added without a deployment; each is a new key',
      },
    ],
  };
}
