import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { getBytes, putNew, type RegistryLocation, unavailable } from './s3.ts';

// Test files share modules: these are loaded anew, before and after, so that they see what is mocked and no other file does.
vi.hoisted(() => vi.resetModules());
afterAll(() => {
  vi.resetModules();
});

const pauses: number[] = [];
// What is between two attempts takes no time here.
vi.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number) => void pauses.push(milliseconds),
}));
beforeEach(() => {
  pauses.length = 0;
});

const failure = (name: string) => Object.assign(new Error('why'), { name });

/** A registry whose S3 fails by these names, one request after the other, and then does what it is told. */
function failing(...names: readonly string[]): RegistryLocation & { readonly asked: () => number } {
  let asked = 0;
  const send = async (): Promise<object> => {
    const name = names[asked];
    asked += 1;
    if (name !== undefined) throw failure(name);
    return {};
  };
  return { client: { send } as unknown as S3Client, bucket: 'b', asked: () => asked };
}

const object = { key: 'k', body: new Uint8Array([1]), contentType: 'text/plain' };
const conflict = 'ConditionalRequestConflict';

describe('an object that is written where there is none', () => {
  it.each([
    [[], true, []],
    [['PreconditionFailed'], false, []],
    [[conflict], true, [100]],
    [[conflict, conflict, 'PreconditionFailed'], false, [100, 200]],
    [Array(4).fill(conflict), true, [100, 200, 300, 400]],
  ])('after %j: %s', async (names, isWritten, waited) => {
    const registry = failing(...names);
    expect(await putNew(registry, object)).toBe(isWritten);
    expect(pauses).toEqual(waited);
  });

  it.each([
    [['AccessDenied'], 1],
    [[conflict, 'SlowDown'], 2],
    [Array(5).fill(conflict), 5],
  ])('is not when S3 fails by %j', async (names, attempts) => {
    const registry = failing(...names);
    await expect(putNew(registry, object)).rejects.toMatchObject({
      name: 'RegistryUnavailableError',
      cause: { name: names.at(-1) },
    });
    expect(registry.asked()).toBe(attempts);
  });
});

it('an object that is not there is undefined; any other failure is one', async () => {
  expect(await getBytes(failing('NoSuchKey'), 'k')).toBeUndefined();
  expect(await getBytes(failing(), 'k')).toEqual(new Uint8Array());
  await expect(getBytes(failing('NoSuchBucket'), 'k')).rejects.toThrow(
    'the registry s3://b does not exist',
  );
});

it.each([
  ['NoSuchBucket', 'create the bucket'],
  ['AccessDenied', 'check AWS_PROFILE'],
  ['ExpiredToken', 'check AWS_PROFILE'],
  ['SlowDown', 'try again in a moment'],
  ['TimeoutError', 'start the local cloud'],
])('%s says what to do: %s', (name, remedy) => {
  const cause = failure(name);
  expect(unavailable('b', cause)).toMatchObject({
    message: expect.stringContaining(remedy),
    cause,
  });
});
