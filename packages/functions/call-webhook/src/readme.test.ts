import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecret, signedHeaders } from '@chorus/webhooks';
import { beforeAll, describe, expect, it } from 'vitest';

type IsGenuine = (
  headers: Readonly<Record<string, string>>,
  body: string,
  secret: string,
) => boolean;

let isGenuine: IsGenuine;
beforeAll(async () => {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  const [, code = ''] = /```js\n(.*?)```/s.exec(readme) ?? [];
  const module: { isGenuine: IsGenuine } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  );
  ({ isGenuine } = module);
});

const secret = createSecret();
const body = '{"predictions":[{"price":0.1}]}';
const now = () => Math.floor(Date.now() / 1000);
const signed = (timestamp = now()) => signedHeaders({ id: 'a', timestamp, body }, secret);

describe('the lines of the README', () => {
  it('take what is signed', () => {
    expect(isGenuine(signed(), body, secret)).toBe(true);
  });

  it.each<[string, () => boolean]>([
    ['another body', () => isGenuine(signed(), `${body} `, secret)],
    ['another secret', () => isGenuine(signed(), body, createSecret())],
    ['another id', () => isGenuine({ ...signed(), 'webhook-id': 'b' }, body, secret)],
    ['an old call', () => isGenuine(signed(now() - 600), body, secret)],
    [
      'a call without a time',
      () => isGenuine({ ...signed(), 'webhook-timestamp': '' }, body, secret),
    ],
    ['a call without a signature', () => isGenuine({}, body, secret)],
  ])('refuse %s', (_, check) => {
    expect(check()).toBe(false);
  });
});
