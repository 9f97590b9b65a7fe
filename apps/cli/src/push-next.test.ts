import { bostonSchema } from '@chorus/training/boston';
import { expect, it } from 'vitest';
import { pushNext } from './push-next.ts';

const manifest = {
  format: 1,
  name: 'svr',
  file: { name: 'model.onnx', bytes: 1, sha256: '0'.repeat(64) },
  schema: bostonSchema('svr'),
} as const;

/** Returns a registry in which another client takes the next number just before each of the first pushes. */
function contested(rivals: number) {
  let highest = 0;
  return {
    nextVersion: async () => `v${highest + 1}`,
    async pushVersion({ version }: { version: string }): Promise<'created'> {
      if (rivals-- > 0) highest++;
      if (version !== `v${highest + 1}`) {
        throw Object.assign(new Error(`${version} is taken`), { name: 'VersionExistsError' });
      }
      highest++;
      return 'created';
    },
  };
}

it('takes the number after when somebody else was faster', async () => {
  expect(await pushNext(contested(2), manifest, new Uint8Array(1))).toBe('v3');
});

it('gives up when somebody else is always faster', async () => {
  await expect(pushNext(contested(9), manifest, new Uint8Array(1))).rejects.toThrow('is taken');
});
