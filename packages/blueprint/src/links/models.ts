import type { Named, Needs } from './needs.ts';
import { readManifests } from './read-manifests.ts';

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
      readManifests(names),
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
