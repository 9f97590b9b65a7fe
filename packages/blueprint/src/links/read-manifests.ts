import type { Statement } from './needs.ts';

/** Lets a function read what the manifests of models' versions say; not their weights. */
export const readManifests = (models: readonly string[]): Statement => ({
  sid: 'ReadManifests',
  actions: ['s3:GetObject'],
  resources: models.map((name) => ({
    kind: 'objects',
    bucket: 'models',
    keys: `models/${name}/*/manifest.json`,
  })),
  wildcard: 'Versions are added without a deployment; each is a new key',
});
