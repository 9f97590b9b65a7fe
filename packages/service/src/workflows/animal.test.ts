import { compile, execute, type StateMachine, StatesError, virtualClock } from '@chorus/asl';
import { substitutionKey } from '@chorus/blueprint';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { animal } from './animal.ts';

const machine: StateMachine = compile(animal.definition, {
  name: 'animal',
  substitutions: Object.fromEntries(
    animal.functions.map(({ name }) => [substitutionKey(name), name]),
  ),
});

interface Candidate {
  readonly label: string | null;
  readonly probability: number | null;
  readonly visual: number | null;
  readonly prior: number | null;
  readonly outOfRange: boolean;
}

interface Output {
  readonly statusCode: number;
  readonly body: {
    readonly error?: string;
    readonly predictions: readonly [
      Candidate & {
        readonly other: unknown;
        readonly animals: unknown;
        readonly top: readonly Candidate[];
      },
    ];
    readonly location: unknown;
    readonly models: Readonly<Record<string, unknown>>;
    readonly failed: Readonly<Record<string, { readonly error: string; readonly message: string }>>;
  };
}

type Payload = Readonly<Record<string, unknown>>;
type Answers = Readonly<Record<string, (payload: Payload) => unknown>>;

/** Returns the classifier's answer for probabilities by label, most probable first, and of another animal. */
const sees = (
  probabilities: Readonly<Record<string, number>>,
  found = true,
  other = { name: '', probability: 0 },
) => {
  const sorted = Object.entries(probabilities).toSorted(([, a], [, b]) => b - a);
  const output = (name: string, data: readonly unknown[], shape = [1]) => ({ name, shape, data });
  return () => ({
    model_version: 'v1',
    parameters: { chorus_duration_ms: 80, chorus_cold_start: false },
    outputs: [
      output('label', [found && other.name === '' ? sorted[0]?.[0] : '']),
      output(
        'labels',
        sorted.map(([label]) => label),
        [1, sorted.length],
      ),
      output(
        'probabilities',
        sorted.map(([, probability]) => probability),
        [1, sorted.length],
      ),
      output('detection', [found ? 0.8 : 0.05]),
      output('other', [other.name]),
      output('other_probability', [other.probability]),
      output('box_labels', ['zebra', 'bear', ''], [1, 3]),
      output('box_probabilities', [0.91234, 0.5, 0], [1, 3]),
      output('boxes', [0.1, 0.2, 0.35, 0.40004, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0], [1, 3, 4]),
    ],
  });
};

const kenya = { country: 'KE', abundance: { dog: 3, zebra: 3, bear: 0 }, source: 'cache' };
const good: Answers = {
  'image-classifier': sees({ bear: 0.5, zebra: 0.4, dog: 0.1 }),
  locate: () => ({ location: { lat: -1.29, lon: 36.8 } }),
  features: () => kenya,
};

const failing = (name: string, message: string) => () => {
  throw new StatesError(name, JSON.stringify({ errorType: name, errorMessage: message }));
};

async function ask(input: unknown, answers: Answers = good): Promise<Output> {
  const result = await execute(machine, input, {
    clock: virtualClock(0),
    async runTask(each) {
      const { FunctionName, Payload } = each.arguments as {
        FunctionName: string;
        Payload: Payload;
      };
      return { Payload: answers[FunctionName]?.(Payload) };
    },
  });
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
  return result.output as Output;
}

const key = 'uploads/2026-11-22/cat.jpg';

describe('an answer', () => {
  it('shows what is seen, what lives there, and both together', async () => {
    const { statusCode, body } = await ask({ key });
    expect(statusCode).toBe(200);
    expect(body).toEqual({
      predictions: [
        {
          label: 'zebra',
          probability: 0.5333,
          visual: 0.4,
          prior: 0.4,
          outOfRange: false,
          detection: 0.8,
          other: null,
          animals: [
            { label: 'zebra', probability: 0.9123, box: [0.1, 0.2, 0.35, 0.4] },
            { label: 'bear', probability: 0.5, box: [0.5, 0.5, 0.5, 0.5] },
          ],
          top: [
            { label: 'zebra', probability: 0.5333, visual: 0.4, prior: 0.4, outOfRange: false },
            { label: 'bear', probability: 0.3333, visual: 0.5, prior: 0.2, outOfRange: true },
            { label: 'dog', probability: 0.1333, visual: 0.1, prior: 0.4, outOfRange: false },
          ],
        },
      ],
      location: { lat: -1.29, lon: 36.8, source: 'exif', country: 'KE' },
      models: {
        'image-classifier': { version: 'v1', durationMs: 80, coldStart: false, attempts: 1 },
      },
      failed: {},
      requestId: expect.any(String),
    });
  });

  it('believes the photo when it is sure, and says that the animal does not live there', async () => {
    const { body } = await ask(
      { key },
      { ...good, 'image-classifier': sees({ bear: 0.9, zebra: 0.1 }) },
    );
    expect(body.predictions[0]).toMatchObject({
      label: 'bear',
      probability: 0.9,
      visual: 0.9,
      outOfRange: true,
    });
  });

  it('names no animal when none was found, but what came nearest', async () => {
    const { body } = await ask(
      { key },
      { ...good, 'image-classifier': sees({ bear: 0.5, zebra: 0.5 }, false) },
    );
    expect(body.predictions[0]).toMatchObject({
      label: null,
      probability: null,
      visual: null,
      other: null,
    });
    expect(body.predictions[0].top).toHaveLength(2);
  });

  it('names another animal instead, whatever lives there', async () => {
    const lion = { name: 'lion', probability: 0.62 };
    const { body } = await ask(
      { key },
      { ...good, 'image-classifier': sees({ bear: 0.2, zebra: 0.18 }, true, lion) },
    );
    const [{ top, animals, ...best }] = body.predictions;
    expect(animals).toHaveLength(2);
    expect(best).toEqual({
      label: null,
      probability: null,
      visual: null,
      prior: null,
      outOfRange: false,
      detection: 0.8,
      other: lion,
    });
    // Where bears do not live half of theirs goes to the zebra, and nothing of what is another animal's.
    expect(top).toMatchObject([
      { label: 'zebra', probability: 0.2443 },
      { label: 'bear', probability: 0.1357 },
    ]);
  });

  it('does not let the place name a photo that may show another animal', async () => {
    const other = { name: '', probability: 0.3 };
    const { body } = await ask(
      { key },
      { ...good, 'image-classifier': sees({ zebra: 0.4, bear: 0.3 }, true, other) },
    );
    expect(body.predictions[0]).toMatchObject({ label: 'zebra', probability: 0.5091, other: null });
  });

  it('takes a single label for a list of one', async () => {
    const { body } = await ask({ key }, { ...good, 'image-classifier': sees({ zebra: 1 }) });
    expect(body.predictions[0].top).toEqual([
      { label: 'zebra', probability: 1, visual: 1, prior: 1, outOfRange: false },
    ]);
  });

  it('never moves an animal down by its place where it lives', async () => {
    const abundance = fc.record({
      dog: fc.integer({ min: 0, max: 3 }),
      zebra: fc.integer({ min: 0, max: 3 }),
      bear: fc.integer({ min: 0, max: 3 }),
    });
    const weights = fc.record({
      dog: fc.integer({ min: 1, max: 100 }),
      zebra: fc.integer({ min: 1, max: 100 }),
      bear: fc.integer({ min: 1, max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(weights, abundance, async ({ dog, zebra, bear }, living) => {
        const sum = dog + zebra + bear;
        const seen = sees({ dog: dog / sum, zebra: zebra / sum, bear: bear / sum });
        const { body } = await ask(
          { key },
          {
            ...good,
            'image-classifier': seen,
            features: () => ({ country: 'XX', abundance: living }),
          },
        );
        const [{ top }] = body.predictions;
        const rank = (of: 'probability' | 'visual', label: string) => {
          const own = top.find((each) => each.label === label)?.[of] ?? 0;
          return top.filter((each) => (each[of] ?? 0) > own + 1e-4).length;
        };
        for (const label of ['dog', 'zebra', 'bear'] as const)
          if (living[label] > 0)
            expect(rank('probability', label)).toBeLessThanOrEqual(rank('visual', label));
        expect(top.reduce((total, each) => total + (each.probability ?? 0), 0)).toBeCloseTo(1, 3);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the place', () => {
  it('is the one the caller names, and the photo is not asked', async () => {
    const { body } = await ask(
      { key, location: { lat: 52.5, lon: 13.4 } },
      {
        ...good,
        locate: failing('Error', 'not to be asked'),
        features: (at) => ({ ...kenya, at }),
      },
    );
    expect(body.location).toEqual({ lat: 52.5, lon: 13.4, source: 'request', country: 'KE' });
    expect(body.failed).toEqual({});
  });

  it.each([
    ['the photo has none', { locate: () => ({ location: null }) }, null],
    [
      'nobody knows what lives there',
      { features: () => ({ country: null, abundance: null }) },
      { lat: -1.29, lon: 36.8, source: 'exif', country: null },
    ],
  ])('is left out of the probabilities when %s', async (_, answers, location) => {
    const { body } = await ask({ key }, { ...good, ...answers });
    expect(body.location).toEqual(location);
    expect(body.predictions[0]).toMatchObject({
      label: 'bear',
      probability: 0.5,
      visual: 0.5,
      prior: null,
      outOfRange: false,
    });
    expect(body.failed).toEqual({});
  });

  it.each([
    ['the photo', { key, zoo: true }, 'exif'],
    ['the request', { key, zoo: true, location: { lat: -1.29, lon: 36.8 } }, 'request'],
  ])('of %s is told but does not count in a zoo', async (_, request, source) => {
    const { body } = await ask(request);
    expect(body.location).toEqual({ lat: -1.29, lon: 36.8, source, country: 'KE' });
    expect(body.predictions[0]).toMatchObject({
      label: 'bear',
      probability: 0.5,
      prior: null,
      outOfRange: false,
    });
  });

  it.each([false, null])('counts when zoo is %j', async (zoo) => {
    const { body } = await ask({ key, zoo });
    expect(body.predictions[0]).toMatchObject({ label: 'zebra', prior: 0.4 });
  });

  it.each(['locate', 'features'])('is left out, and said so, when %s fails', async (name) => {
    const { statusCode, body } = await ask(
      { key },
      { ...good, [name]: failing('FeaturesUnavailableError', 'the database is away') },
    );
    expect(statusCode).toBe(200);
    expect(body.predictions[0]).toMatchObject({ label: 'bear', probability: 0.5, prior: null });
    expect(body.failed).toEqual({
      [name]: { error: 'FeaturesUnavailableError', message: 'the database is away' },
    });
  });

  it('is asked for again when its function is busy', async () => {
    let asked = 0;
    const features = () => {
      asked += 1;
      if (asked < 5) throw new StatesError('Lambda.TooManyRequestsException', 'busy');
      return kenya;
    };
    const { body } = await ask({ key }, { ...good, features });
    expect(body.failed).toEqual({});
    expect(asked).toBe(5);
  });
});

describe('a request', () => {
  it('hands the photo to both who look at it', async () => {
    const payloads: Record<string, Payload> = {};
    const note = (name: string) => (payload: Payload) => {
      payloads[name] = payload;
      return good[name]?.(payload);
    };
    const answers = {
      'image-classifier': note('image-classifier'),
      locate: note('locate'),
      features: note('features'),
    };
    await ask({ image: 'aGVsbG8=', parameters: { timeout: 3_000_000 } }, answers);
    expect(payloads['image-classifier']).toMatchObject({
      parameters: { chorus_deadline_ms: 3000 },
      inputs: [
        {
          name: 'image',
          datatype: 'BYTES',
          shape: [1],
          parameters: { content_type: 'base64' },
          data: ['aGVsbG8='],
        },
      ],
    });
    expect(payloads['locate']).toEqual({ image: 'aGVsbG8=', deadlineMs: 3000 });
    expect(payloads['features']).toEqual({ lat: -1.29, lon: 36.8, deadlineMs: 3000 });

    await ask({ key }, answers);
    expect(payloads['image-classifier']).toMatchObject({
      inputs: [{ parameters: { content_type: 'key' }, data: [key] }],
    });
    expect(payloads['locate']).toEqual({ key, deadlineMs: 25_000 });
  });

  it('may hold a photo of 180,000 bytes, which fits the limits of a state', async () => {
    const image = Buffer.alloc(180_000, 1).toString('base64');
    expect(await ask({ image })).toMatchObject({ statusCode: 200 });
  });

  it.each([
    [400, 'expected a JSON object', 'text'],
    [400, 'expected a JSON object', null],
    [400, 'expected either key', {}],
    [400, 'got both', { key, image: 'aGk=' }],
    [400, 'got neither', { key: null }],
    [400, 'key: expected a text, got number 7', { key: 7 }],
    [400, 'image: expected', { image: '' }],
    [400, 'image: expected', { image: ['aGk='] }],
    [413, 'POST /uploads', { image: 'A'.repeat(240_004) }],
    [400, 'unknown picture; there are', { key, picture: 1 }],
    [400, 'location: expected', { key, location: 'Berlin' }],
    [400, 'location: unknown lng', { key, location: { lat: 1, lng: 2 } }],
    [400, 'location.lon', { key, location: { lat: 1 } }],
    [400, 'location.lat', { key, location: { lat: '1', lon: 1 } }],
    [422, 'location.lat: 91', { key, location: { lat: 91, lon: 1 } }],
    [422, 'location.lon: -181', { key, location: { lat: 1, lon: -181 } }],
    [400, 'zoo: expected true or false, got string yes', { key, zoo: 'yes' }],
    [400, 'zoo: expected true or false, got number 1', { key, zoo: 1 }],
    [400, 'parameters', { key, parameters: 3 }],
    [400, 'timeout', { key, parameters: { timeout: 0 } }],
  ])('is refused with %i, saying %s', async (status, said, input) => {
    const { statusCode, body } = await ask(input, {});
    expect(statusCode).toBe(status);
    expect(body.error).toContain(said);
  });

  it('may leave its options null', async () => {
    const { statusCode, body } = await ask({ key, image: null, location: null, parameters: null });
    expect({ statusCode, location: body.location }).toMatchObject({
      statusCode: 200,
      location: { source: 'exif' },
    });
  });

  it.each([
    ['InvalidRequestError', 400],
    ['NotFoundError', 404],
    ['PayloadTooLargeError', 413],
    ['UnsupportedMediaTypeError', 415],
    ['Lambda.TooManyRequestsException', 429],
    ['Sandbox.Timedout', 504],
    ['ModelLoadError', 503],
  ])('whose photo fails with %s is answered with %i', async (name, status) => {
    const { statusCode, body } = await ask(
      { key },
      { ...good, 'image-classifier': failing(name, 'why') },
    );
    expect(statusCode).toBe(status);
    expect(body.error).toContain('why');
    expect(body.failed).toEqual({ 'image-classifier': { error: name, message: 'why' } });
  });
});
