import { expect, it } from 'vitest';
import { allowOrigins } from './allow-origins.ts';

const origins = ['https://shop.example', 'https://blog.example'];
const result = {
  statusCode: 429,
  headers: { 'retry-after': '1' },
  body: '',
  isBase64Encoded: false,
};
const context = {
  requestId: 'r-1',
  deadlineMs: Date.now() + 10_000,
  functionArn: 'arn',
  notes: {},
};

const answer = (event: unknown, from: unknown = result, to = origins) =>
  allowOrigins(async () => from, to)(event, context);

it.each([
  ['Origin', 'https://shop.example'],
  ['origin', 'https://blog.example'],
])(
  'lets a page of an allowed origin read the answer and its headers (%s)',
  async (name, origin) => {
    expect(await answer({ headers: { [name]: origin } })).toEqual({
      ...result,
      headers: {
        'retry-after': '1',
        vary: 'origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers':
          'x-request-id, retry-after, traceparent, inference-header-content-length',
      },
    });
  },
);

it.each([
  ['of another origin', { headers: { origin: 'https://evil.example' } }],
  ['of an origin that only begins alike', { headers: { origin: 'https://shop.example.evil' } }],
  ['that is no page', { headers: null }],
  ['without an origin', {}],
])('says nothing of origins to a caller %s', async (_name, event) => {
  expect(await answer(event)).toEqual({
    ...result,
    headers: { 'retry-after': '1', vary: 'origin' },
  });
});

it('keeps what else an answer varies by', async () => {
  const compressed = { ...result, headers: { vary: 'accept-encoding' } };
  expect(await answer({}, compressed)).toMatchObject({
    headers: { vary: 'accept-encoding, origin' },
  });
});

it('leaves answers that are not HTTP as they are, and all where no origin is allowed', async () => {
  const event = { headers: { origin: 'https://shop.example' } };
  expect(await answer(event, { ready: true })).toEqual({ ready: true });
  expect(await answer(event, result, [])).toBe(result);
});
