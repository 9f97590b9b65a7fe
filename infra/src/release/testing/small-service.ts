import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Blueprint, FunctionSpec } from '@chorus/blueprint';
import { blueprint as service } from '@chorus/service';

/** Of each function: as many as two versions keep ready. */
export const concurrency = 4;

const size = { memoryMb: 128, timeoutSeconds: 5, concurrency } as const;
const model = (name: string): FunctionSpec => ({
  name,
  kind: 'model',
  source: `packages/models/${name}`,
  ...size,
});

const [workflow] = service.workflows;
if (workflow === undefined) throw new Error('the service has no workflow to take after');
const functions: readonly FunctionSpec[] = [
  { ...model('one'), provisionedConcurrency: 2 },
  model('two'),
  { name: 'store', kind: 'task', source: 'packages/functions/store', ...size },
];

/** A service of two models, a feature store, one workflow and a page: as much as each step of a release needs. */
export const smallService: Blueprint = {
  functions,
  workflows: [{ ...workflow, name: 'both', functions }],
  routes: [{ method: 'POST', path: '/predict/both', workflow: 'both' }],
  buckets: [],
  featureStore: { source: 'packages/functions/store', maxConnections: 10 },
  pages: [{ path: '/', source: 'apps/page', settings: {}, calls: ['POST /predict/both'] }],
  publicPages: true,
};

const weights = (name: string) => ({
  format: 1,
  name,
  version: 'v1',
  file: { name: 'model.onnx', bytes: 3, sha256: 'ab'.repeat(32) },
  schema: {
    name,
    maxBatch: 1,
    inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 1] }],
    outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 1] }],
  },
});

/** Makes the repository that the small service is of. @returns its root */
export function smallRepository(
  migrations: readonly object[] = [{ name: '0001-features', sql: 'CREATE TABLE a (x int)' }],
): { readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'chorus-small-'));
  const files: Readonly<Record<string, string>> = {
    'packages/functions/store/src/migrations.ts': `export const migrations = ${JSON.stringify(migrations)};`,
    ...Object.fromEntries(
      ['one', 'two'].flatMap((name) => [
        [`packages/models/${name}/weights/manifest.json`, JSON.stringify(weights(name))],
        [`packages/models/${name}/weights/model.onnx`, 'abc'],
      ]),
    ),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true }) };
}
