import type { Named, Needs } from './needs.ts';

/** Every model of the service, in any of its versions. */
export interface ModelsLink {
  readonly kind: 'models';
}

/**
 * Lets a function call every model in any published version, and read what the versions' manifests say; not their
 * weights. It finds the functions in `MODEL_FUNCTIONS`, a JSON object.
 */
export function models(): ModelsLink {
  return { kind: 'models' };
}

export function needsOfModels({ models: names }: Named): Needs {
  const inVersion = (which: 'itself' | 'any') =>
    names.map((name) => ({ kind: 'function', name, which }) as const);
  return {
    variables: {
      MODEL_FUNCTIONS: {
        kind: 'names',
        of: Object.fromEntries(names.map((name) => [name, { kind: 'function', name }])),
      },
    },
    statements: [
      {
        sid: 'ReadManifests',
        actions: ['s3:GetObject'],
        resources: names.map((name) => ({
          kind: 'objects',
          bucket: 'models',
          keys: `models/${name}/*/manifest.json`,
        })),
        wildcard: 'Versions are added without a deployment; each is a new key',
      },
      {
        sid: 'AskModels',
        actions: ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'],
        resources: inVersion('any'),
        wildcard: 'Versions are published without a deployment; a caller may name any',
      },
      {
        sid: 'FindVersions',
        actions: ['lambda:ListVersionsByFunction'],
        resources: inVersion('itself'),
      },
    ],
  };
}
