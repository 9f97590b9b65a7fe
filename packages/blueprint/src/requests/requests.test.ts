import { type InferRequest, InternalError, PayloadTooLargeError } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import {
  ask,
  first,
  model,
  photo,
  type Request,
  rows,
  text,
  type WorkflowSpec,
  workflow,
} from '../index.ts';
import { maxInputBytes } from '../limits.ts';
import { answers, type Event, machineOf, run } from '../testing/run-workflow.ts';
import type { InputMeans, Terminal } from './request.ts';

const columns = ['A', 'B'].map((name) => ({ name, description: name }));

/** Every kind of request, with bodies of it, and the elements that a model then gets. */
const kinds: readonly {
  readonly title: string;
  readonly request: Request;
  readonly bodies: readonly (readonly [Readonly<Record<string, unknown>>, readonly unknown[]])[];
}[] = [
  {
    title: 'rows',
    request: rows({ columns }),
    bodies: [
      [{ B: 2, A: 1 }, [1, 2]],
      [{ instances: [{ B: 2, A: 1 }] }, [1, 2]],
      [{ instances: [[3, 4]] }, [3, 4]],
    ],
  },
  { title: 'a text', request: text({ maxBytes: 99 }), bodies: [[{ text: 'ü "q"' }, ['ü "q"']]] },
  ...[true, false].map((location) => ({
    title: location ? 'a photo with a place' : 'a photo',
    request: photo({ location }),
    bodies: [
      [{ image: 'aGk=' }, ['aGk=']],
      [{ key: 'in/1.jpg' }, ['in/1.jpg']],
      ...(location ? ([[{ image: 'aGk=', location: { lat: 1, lon: 2 } }, ['aGk=']]] as const) : []),
    ] as const,
  })),
];

const workflowOf = (request: Request): WorkflowSpec =>
  workflow({
    name: 'any',
    request,
    steps: ask(model('a'), {
      inputs: request.inputs,
      outputs: [{ name: 'y', datatype: 'BYTES', shape: [1] }],
    }),
    answer: first('y'),
    example: {},
  });

/** Means that put nothing away; `microseconds` are left. */
const means = (microseconds = 5_000_000): InputMeans => ({
  putAway: () => Promise.reject(new Error('put away')),
  timeout: () => microseconds,
  requestId: 'r-1',
});

describe.each(kinds)('$title', ({ request, bodies }) => {
  const machine = machineOf(workflowOf(request));

  it.each(bodies)('as tensors are what the body %j is', async (body, elements) => {
    const asked: unknown[] = [];
    const deadlines: number[] = [];
    const functions = {
      a: ({ inputs, parameters }: Event) => {
        asked.push(inputs[0]?.data);
        deadlines.push(parameters.chorus_deadline_ms);
        return answers('y', ['z']);
      },
    };
    const input: unknown = JSON.parse(await request.inputOf(request.inferOf(body), means()));
    for (const each of [body, input])
      expect(await run(machine, each, functions)).toMatchObject({ statusCode: 200 });
    expect(asked.map((data) => [data].flat(2))).toEqual([elements, elements]);
    expect(deadlines).toEqual([25_000, 5000]);
  });
});

const terminal = (place?: Readonly<Record<string, unknown>>): Terminal => ({
  json: async () => ({ A: 1, B: 2 }),
  photo: async (maxInlineBytes) => ({ image: `${maxInlineBytes}` }),
  text: async () => ({ text: 'hi' }),
  place: () => place,
});

describe('a command line', () => {
  it.each([
    ['rows', rows({ columns }), { A: 1, B: 2 }, ['set']],
    ['a text', text({ maxBytes: 9 }), { text: 'hi' }, []],
    ['a photo', photo({ location: false }), { image: '180000' }, []],
    ['a photo with a place', photo({ location: true }), { image: '180000' }, ['at']],
  ])('asks about %s', async (_, request, body, options) => {
    expect(await request.bodyOf(terminal())).toEqual(body);
    expect(request.options).toEqual(options);
    expect(request.invitation({ url: 'http://h', workflow: 'w', example: { one: 1 } })).toMatch(
      /http:\/\/h\/predict\/w .*'\{"one":1\}'|predict w photo\.jpg/,
    );
  });

  it('puts the place beside the photo', async () => {
    const place = { lat: 1, lon: 2 };
    expect(await photo({ location: true }).bodyOf(terminal(place))).toEqual({
      image: '180000',
      location: place,
    });
  });
});

describe('the largest input', () => {
  /** How many letters fit into an input of one element. */
  const room = async (request: Request): Promise<number> =>
    maxInputBytes - Buffer.byteLength(await request.inputOf(requestOf([''], [1, 1]), means(1)));
  const tensor = (data: readonly (string | number)[], shape: readonly number[]) => ({
    name: 'x',
    datatype: 'BYTES' as const,
    shape: [...shape],
    data: [...data] as string[],
  });
  const requestOf = (data: readonly (string | number)[], shape: readonly number[]) =>
    ({ inputs: [tensor(data, shape)] }) as InferRequest;

  it('is a text of as many bytes as a state machine takes; one more is refused', async () => {
    const request = text({ maxBytes: 1e6 });
    const letters = await room(request);
    const input = await request.inputOf(requestOf(['x'.repeat(letters)], [1]), means(1));
    expect(Buffer.byteLength(input)).toBe(maxInputBytes);
    for (const tooLong of ['x'.repeat(letters + 1), `${'x'.repeat(letters - 1)}ü`])
      await expect(request.inputOf(requestOf([tooLong], [1]), means(1))).rejects.toThrow(
        new PayloadTooLargeError(
          `the text makes ${maxInputBytes + 1} bytes; a workflow takes at most ${maxInputBytes}`,
        ),
      );
  });

  it('is rows of as many bytes as a state machine takes; one more is refused, with how many fit', async () => {
    const request = rows({ columns: columns.slice(0, 1), maxBatch: 1e6 });
    // A letter of a text is a byte, which makes the input as long as wanted.
    const letters = (await room(request)) - ',[1]'.length;
    const of = (length: number) => requestOf(['x'.repeat(length), 1], [2, 1]);
    const input = await request.inputOf(of(letters), means(1));
    expect(Buffer.byteLength(input)).toBe(maxInputBytes);
    expect(JSON.parse(input)).toMatchObject({ instances: [[expect.any(String)], [1]] });
    await expect(request.inputOf(of(letters + 1), means(1))).rejects.toThrow(
      expect.objectContaining({
        name: 'PayloadTooLargeError',
        message: expect.stringMatching(/^2 rows make 262145 bytes; .* send about 1 rows/),
      }),
    );
  });

  it.each([[[]], [[1]]])('is one table: a shape %j is an error of its own', async (shape) => {
    const request = rows({ columns });
    await expect(request.inputOf(requestOf([], shape), means())).rejects.toThrow(InternalError);
    await expect(request.inputOf({ inputs: [] }, means())).rejects.toThrow(InternalError);
  });
});

describe('the tensor of a photo', () => {
  const request = photo({ location: true });
  const putAway: Uint8Array[] = [];
  const keeping: InputMeans = {
    async putAway(bytes) {
      putAway.push(bytes);
      return `key/${putAway.length}`;
    },
    timeout: () => 7,
    requestId: 'r-1',
  };
  const inputOf = async (element: unknown, type?: string, parameters = {}): Promise<unknown> =>
    JSON.parse(
      await request.inputOf(
        {
          parameters,
          inputs: [
            {
              name: 'image',
              datatype: 'BYTES',
              shape: [1],
              data: [element] as string[],
              ...(type !== undefined && { parameters: { content_type: type } }),
            },
          ],
        },
        keeping,
      ),
    );

  it('holds base64, a key, or bytes that are a text', async () => {
    expect(await inputOf('aGk=', 'base64')).toMatchObject({ image: 'aGk=' });
    expect(await inputOf('in/1', 'key')).toMatchObject({ key: 'in/1' });
    expect(await inputOf('<svg/>')).toMatchObject({
      image: Buffer.from('<svg/>').toString('base64'),
    });
    expect(await inputOf('')).toMatchObject({ image: '' });
    expect(await inputOf('', 'base64')).toMatchObject({ image: '' });
  });

  it.each([
    ['base64 that is not said to be', 'aGk=', undefined],
    ['what is no base64', '<svg/>', 'base64'],
    ['a number', 5, 'base64'],
    ['a number as a key', 5, 'key'],
    ['nothing', undefined, undefined],
  ])('is refused when it holds %s', async (_, element, type) => {
    await expect(inputOf(element, type)).rejects.toThrow(
      expect.objectContaining({
        name: 'InvalidRequestError',
        message: expect.stringContaining('input "image": expected the bytes of a photo'),
      }),
    );
    await expect(request.inputOf({ inputs: [] }, keeping)).rejects.toThrow('expected the bytes');
  });

  it('is put away when a state machine cannot take it, and not before', async () => {
    const largest = Buffer.alloc(180_000, 1);
    const larger = Buffer.alloc(180_001, 1);
    putAway.length = 0;
    expect(await inputOf(largest.toString('base64'), 'base64')).toMatchObject({
      image: largest.toString('base64'),
    });
    expect(putAway).toEqual([]);
    expect(await inputOf(larger.toString('base64'), 'base64')).toEqual({
      key: 'key/1',
      parameters: { timeout: 7 },
    });
    expect(putAway.map(({ length }) => length)).toEqual([180_001]);
  });

  it('has a place when one of its parameters names one; the workflow judges a half of it', async () => {
    for (const [parameters, location] of [
      [
        { lat: 1, lon: 2 },
        { lat: 1, lon: 2 },
      ],
      [{ lat: 1 }, { lat: 1 }],
      [{ lon: 2 }, { lon: 2 }],
    ])
      expect(await inputOf('in/1', 'key', parameters)).toEqual({
        key: 'in/1',
        location,
        parameters: { timeout: 7 },
      });
    expect(await inputOf('in/1', 'key', { other: 1 })).not.toHaveProperty('location');
  });
});

describe('what may be said of a photo', () => {
  const request = photo({ location: true, flags: { zoo: 'taken in a zoo', night: 'in the dark' } });

  it('is in the description of the body', () => {
    expect(request.bodySchema).toMatchObject({
      properties: { zoo: { type: ['boolean', 'null'], description: 'taken in a zoo' } },
    });
    expect(request.members).toMatchObject({ night: { types: ['boolean', 'null'] } });
  });

  it('is said by parameters of Open Inference, beside a place, and is there only if it is said', () => {
    expect(
      request.inferOf({ image: 'aGk=', location: { lat: 1, lon: 2 }, zoo: true, night: null }),
    ).toMatchObject({ parameters: { lat: 1, lon: 2, zoo: true } });
    expect(request.inferOf({ image: 'aGk=', zoo: null })).not.toHaveProperty('parameters');
    expect(request.inferOf({ image: 'aGk=', night: false, other: true })).toMatchObject({
      parameters: { night: false },
    });
  });
});
