import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { narrow } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { region } from '../src/index.ts';
import { chorus } from './chorus.ts';
import { onlyTheFirst } from './only-the-first.ts';
import { post, startServingCloud, startTestCloud, type TestCloud } from './test-cloud.ts';
import { withoutWeights } from './without-weights.ts';

// Generous: what is waited for must happen, how soon is not what these tests are about.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const { service, remove } = await withoutWeights(
  narrow(blueprint, { workflows: ['review'] }),
  'sentiment-large',
);
const path = '/predict/review';
const steps = ['preprocess', 'sentiment', 'summarise', 'store-review'] as const;
const text = 'Dr. Smith is a delight. I loved every minute of it!';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startServingCloud(undefined, service);
});
afterAll(() => cloud.remove());
afterAll(remove);
afterEach(() => chaos('stop'));

async function chaos(...argv: readonly string[]): Promise<void> {
  const { code, err } = await chorus(cloud, ['chaos', ...argv]);
  expect(code, err).toBe(0);
}

interface Review {
  readonly id: string;
  readonly label: string | null;
  readonly probability: number | null;
  readonly summary: readonly string[];
  readonly storedAt: string;
}

/** Asks about a text. */
async function ask(body: unknown) {
  const { status, body: answer } = await post(cloud, path, body);
  return { status, ...answer, review: answer.predictions?.[0] as Review | undefined };
}

async function read(id: string): Promise<{ status: number; body: Review & { error: string } }> {
  const response = await fetch(`${cloud.url}${path}/${id}`);
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** Returns how many reviews are kept under an id. */
async function countOf(id: string): Promise<number> {
  const { url: endpoint, credentials } = cloud;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'chorus-reviews' }));
  client.destroy();
  return Items.filter((item) => item['id']?.S === id).length;
}

describe('a review', () => {
  it('is judged, shortened, kept and read again', async () => {
    const asked = await ask({ text: `<p>${text}</p>`, id: 'order-17' });
    expect(asked).toMatchObject({
      status: 200,
      review: {
        id: 'order-17',
        label: 'positive',
        summary: ['Dr. Smith is a delight.', 'I loved every minute of it!'],
      },
      models: { sentiment: { version: 'v1', attempts: 1 } },
      failed: {},
    });
    expect(asked.review?.probability).toBeGreaterThan(0.9);
    expect(await read('order-17')).toEqual({ status: 200, body: asked.review });
  });

  it('without an id is kept under that of its request', async () => {
    const { review, requestId } = await ask({ text });
    expect(review?.id).toBe(requestId);
    expect((await read(requestId)).body).toEqual(review);
  });

  it('of the same id and text is the same answer, also of many at once, and kept once', async () => {
    const body = { text, id: 'twice' };
    const all = await Promise.all(Array.from({ length: 6 }, () => ask(body)));
    expect(new Set(all.map(({ review }) => JSON.stringify(review))).size).toBe(1);
    expect(await countOf('twice')).toBe(1);
  });

  it('of the same id and another text is a conflict that says what stands, and changes nothing', async () => {
    const { review } = await ask({ text, id: 'taken' });
    expect(await ask({ text: 'A bore.', id: 'taken' })).toMatchObject({
      status: 409,
      error: `id: taken is that of another text, kept at ${review?.storedAt}: choose another, or leave it out`,
    });
    expect((await read('taken')).body).toEqual(review);
  });

  it('is one by the Open Inference Protocol too, with an id as a parameter', async () => {
    const infer = (id: string | undefined) =>
      post(cloud, '/v2/models/review/infer', {
        id: '1',
        ...(id !== undefined && { parameters: { id } }),
        inputs: [{ name: 'text', datatype: 'BYTES', shape: [1], data: [text] }],
      });
    const { status, body } = await infer('by-tensor');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      parameters: { chorus_id: 'by-tensor' },
      outputs: [
        { name: 'label', data: ['positive'] },
        { name: 'probability', data: [expect.any(Number)] },
        { name: 'summary', shape: [2] },
      ],
    });
    expect((await read('by-tensor')).body.label).toBe('positive');
    // Clients number their requests from one: that is no id of a text.
    expect((await infer(undefined)).status).toBe(200);
    expect((await read('1')).status).toBe(404);
  });

  it('is asked for and shown by the command line', async () => {
    const { code, out } = await chorus(cloud, ['predict', 'review', 'A dull and lifeless mess.']);
    expect(code).toBe(0);
    expect(out).toContain('negative, 9');
    expect(out).toContain('A dull and lifeless mess.');
    const id = /GET \/predict\/review\/(?<id>[\w-]+)/.exec(out)?.groups?.['id'] ?? '';
    expect((await read(id)).status).toBe(200);
  });
});

describe('a step', () => {
  it.each(steps)(
    'whose worker dies once, %s, is tried again, and the review kept once',
    async (name) => {
      await chaos('kill', name, ...onlyTheFirst('kill', name));
      const id = `killed-${name}`;
      expect(await ask({ text, id })).toMatchObject({ status: 200, review: { id }, failed: {} });
      expect(await countOf(id)).toBe(1);
    },
  );

  it.each(steps)(
    'that fails, %s, fails the review, which names it; nothing is kept',
    async (name) => {
      await chaos('fail', name);
      const id = `failed-${name}`;
      const { status, failed, review } = await ask({ text, id });
      expect([status, review]).toEqual([503, undefined]);
      expect(failed).toMatchObject({ [name]: { error: 'ChaosError' } });
      expect((await read(id)).status).toBe(404);
      await chaos('stop');
      expect((await ask({ text, id })).status).toBe(200);
    },
  );

  it.each(steps)('that is slow, %s, is not waited for beyond the deadline', async (name) => {
    // The worker that a step before this left hanging has a successor.
    expect((await ask({ text })).status).toBe(200);
    await chaos('slow', name, '--by', '10m');
    const { status, failed } = await ask({ text, parameters: { timeout: 4_000_000 } });
    // Where the small model fails the large one is asked, of which there are no weights here.
    expect([status, Object.keys(failed)]).toEqual(
      name === 'sentiment' ? [503, [name, 'sentiment-large']] : [504, [name]],
    );
  });
});

it('a table that cannot be written is 503; the review is kept when it is sent again', async () => {
  await chaos('throttle', 'table:reviews');
  const body = { text, id: 'later' };
  expect(await ask({ ...body, parameters: { timeout: 3_000_000 } })).toMatchObject({ status: 503 });
  await chaos('stop');
  expect((await ask(body)).review?.id).toBe('later');
});

it('a request that a restart cuts off is done once when it is sent again', async () => {
  const kept = await ask({ text, id: 'before-restart' });
  await chaos('slow', 'store-review', '--by', '10m');
  const body = { text, id: 'cut-off' };
  const asked = ask(body).then(
    ({ status }) => status,
    () => 'cut off',
  );
  // The last step has the event: everything before it is done.
  const hits = async (): Promise<number> => {
    const { out } = await chorus(cloud, ['chaos', 'list', '--json']);
    return JSON.parse(out).running[0].hit;
  };
  await vi.waitFor(async () => expect(await hits()).toBe(1), { timeout: 60_000 });
  await cloud.close(0);
  expect(await asked).not.toBe(200);
  cloud = await startTestCloud(service, cloud.directory);
  // Whether the step was done by then its caller cannot know, and need not.
  const again = await ask(body);
  expect(again.review?.id).toBe('cut-off');
  expect((await read('cut-off')).body).toEqual(again.review);
  expect(await countOf('cut-off')).toBe(1);
  expect((await read('before-restart')).body).toEqual(kept.review);
});

const most = 40_000;

describe('a text', () => {
  it.each<[string, string]>([
    ['emoji', '😍😍😍'],
    ['emoji that are joined', '👩‍👩‍👧‍👦 loved it'],
    ['right to left', 'فيلم رائع جدا. لم أشعر بالملل.'],
    ['marks of direction', '\u202egood\u202c'],
    ['control characters', '\u0000good\u0007\u001b[31m'],
    ['no spaces', 'これは素晴らしい映画です。'],
    ['markup', '<b>good</b><script>bad()</script>'],
    ['the largest size', 'good '.repeat(most / 5)],
    ['as many sentences as there can be', 'A. '.repeat(most / 3)],
    ['nothing but quotes', '"'.repeat(most)],
    ['nothing but backslashes', '\\'.repeat(most)],
    ['characters that grow when they are normalised', '\u{1d160}'.repeat(most / 8)],
  ])('with %s is answered and kept', async (_, given) => {
    const { status, review, error } = await ask({ text: given });
    expect(status, error).toBe(200);
    expect((await read(review?.id ?? '')).body).toEqual(review);
  });

  it.each<[string, unknown, number, string]>([
    ['nothing', {}, 400, 'missing text'],
    ['an empty text', { text: '' }, 400, 'an empty one'],
    ['only spaces', { text: ' \n ' }, 400, 'without a character to read'],
    ['only control characters', { text: '\u0000\u0007' }, 400, 'without a character to read'],
    ['the most control characters', { text: '\u0001'.repeat(most) }, 400, 'to read'],
    ['only markup', { text: '<p></p>' }, 400, 'without a character to read'],
    ['half of a pair', '{"text":"a\\ud83d"}', 400, 'half of a surrogate pair'],
    ['the other half', '{"text":"\\ude0da"}', 400, 'half of a surrogate pair'],
    ['a number', { text: 5 }, 400, 'text: expected a text, got number'],
    ['a byte too many', { text: 'a'.repeat(most + 1) }, 413, `at most ${most}`],
    ['two bytes a letter', { text: 'é'.repeat(most / 2 + 1) }, 413, `at most ${most}`],
    ['more than a state machine takes', { text: 'a'.repeat(300_000) }, 413, 'the body is larger'],
    ['another member', { text, tone: 1 }, 400, 'unknown tone'],
    ['an id that is a path', { text, id: '../a' }, 400, 'id: expected'],
    ['an empty id', { text, id: '' }, 400, 'id: expected'],
    ['a long id', { text, id: 'a'.repeat(81) }, 400, 'id: expected'],
  ])('that is %s is refused', async (_, body, status, error) => {
    expect(await ask(body)).toMatchObject({ status, error: expect.stringContaining(error) });
  });

  it('of any characters is answered, or refused by name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (given) => {
        const { status, error } = await ask({ text: given });
        if (status !== 200)
          expect([status, error]).toEqual([400, expect.stringMatching(/^text: /)]);
      }),
      { numRuns: 40 },
    );
  });

  it('is read by no id that is none', async () => {
    expect((await read('no%20id')).status).toBe(400);
    expect((await read('never-kept')).status).toBe(404);
    const put = await fetch(`${cloud.url}${path}/never-kept`, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET']);
  });
});
