import type { Named, Needs } from './needs.ts';

/** Models whose versions a function publishes and makes live. */
export interface ReleasesLink {
  readonly kind: 'releases';
  readonly models: readonly string[];
}

/**
 * Lets a function publish versions of models and make them live, as `@chorus/promotion` does it. It finds their functions in
 * `RELEASE_FUNCTIONS`, a JSON object, and their versions in `MODELS_BUCKET`. Models that a part of the service leaves out are none of it.
 */
export function releases(...models: readonly [string, ...string[]]): ReleasesLink {
  return { kind: 'releases', models };
}

const reason =
  'Versions are added without a deployment; each is a new key, and a new version of the function';

export function needsOfReleases({ models: wanted }: ReleasesLink, { models }: Named): Needs {
  const names = wanted.filter((name) => models.includes(name));
  const objects = (keys: (name: string) => string) =>
    names.map((name) => ({ kind: 'objects', bucket: 'models', keys: keys(name) }) as const);
  const versions = objects((name) => `models/${name}/*`);
  // One changes what a model serves at a time; what was live when is kept beside it.
  const locks = objects((name) => `locks/${name}.json`);
  const histories = objects((name) => `promotions/${name}.json`);
  const functions = names.flatMap((name) => [
    { kind: 'function', name, which: 'itself' } as const,
    { kind: 'function', name, which: 'any' } as const,
  ]);
  return {
    variables: {
      MODELS_BUCKET: { kind: 'bucket', bucket: 'models' },
      RELEASE_FUNCTIONS: {
        kind: 'names',
        of: Object.fromEntries(names.map((name) => [name, { kind: 'function', name }])),
      },
    },
    statements: [
      {
        sid: 'ReadVersions',
        actions: ['s3:GetObject'],
        resources: [...versions, ...locks, ...histories],
        wildcard: reason,
      },
      {
        sid: 'ListVersions',
        actions: ['s3:ListBucket'],
        resources: [{ kind: 'bucket', bucket: 'models' }],
      },
      {
        sid: 'PublishVersions',
        actions: ['s3:PutObject'],
        resources: [...versions, ...locks, ...histories],
        wildcard: reason,
      },
      { sid: 'Unlock', actions: ['s3:DeleteObject'], resources: locks },
      {
        sid: 'MakeLive',
        actions: [
          'lambda:CreateAlias',
          'lambda:GetAlias',
          'lambda:GetFunctionConfiguration',
          'lambda:InvokeFunction',
          'lambda:ListVersionsByFunction',
          'lambda:PublishVersion',
          'lambda:UpdateAlias',
          'lambda:UpdateFunctionConfiguration',
        ],
        resources: functions,
        wildcard: reason,
      },
    ],
  };
}
