import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asynchronous, type Blueprint, idempotent } from '@chorus/blueprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { houses } from './fixed-service.ts';
import { house, post, startServingCloud, type TestCloud } from './test-cloud.ts';

const { functions: later, ...answeredLater } = asynchronous(houses.workflows, { fanOut: true });
const once = idempotent(answeredLater.routes);

/** The models of houses, each asked by a queue of its own for requests that are answered later. */
const service: Blueprint = {
  ...houses,
  ...answeredLater,
  functions: [...houses.functions, ...later],
  machines: [...answeredLater.machines, ...once.machines],
  routes: once.routes,
  tables: [...answeredLater.tables, ...once.tables],
};

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startServingCloud(undefined, service);
});
afterAll(() => cloud.remove());

interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function send(body: unknown): Promise<string> {
  const answer = await post(cloud, '/predict/house-price?async=1', body);
  expect(answer.status).toBe(202);
  return String((answer.body as { readonly id?: unknown }).id);
}

async function get(id: string): Promise<Told> {
  const response = await fetch(`${cloud.url}/predictions/${id}`);
  return { status: response.status, body: (await response.json()) as Told['body'] };
}

/** Waits for the end of a request. */
async function ending(id: string): Promise<Told> {
  await expect.poll(async () => (await get(id)).status, { interval: 100 }).not.toBe(202);
  return get(id);
}

/** Lines of a function's logs about events that it has taken from a queue. */
async function queueLines(name: string): Promise<readonly { readonly messages: number }[]> {
  const folder = join(cloud.directory, 'logs');
  const files = (await readdir(folder)).filter((each) => each.startsWith(`chorus-${name}.`));
  const texts = await Promise.all(files.map((each) => readFile(join(folder, each), 'utf8')));
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.includes('"messages":'))
    .map((line) => JSON.parse(line));
}

const models = ['linear-regression', 'random-forest', 'svr'];
const { parameters: _, ...plain } = { parameters: undefined, ...house };

describe('requests whose models are asked by messages', () => {
  it('are answered as at once, several in one run of each model', async () => {
    const bodies = Array.from({ length: 60 }, (__, index) => ({ ...plain, RM: 4 + index / 20 }));
    const ids: string[] = [];
    // The local cloud takes some requests at once.
    for (let from = 0; from < bodies.length; from += 6)
      ids.push(...(await Promise.all(bodies.slice(from, from + 6).map(send))));
    for (const [index, id] of ids.entries()) {
      const now = await post(cloud, '/predict/house-price', bodies[index]);
      const { status, body } = await ending(id);
      expect(status).toBe(200);
      // A matrix of several rows is summed in another order than one of a single row.
      const [prediction = {}] = body['predictions'] as readonly Readonly<Record<string, number>>[];
      for (const [name, value] of Object.entries(now.body.predictions[0] ?? {}))
        expect(prediction[name]).toBeCloseTo(value, 9);
      expect(body).toMatchObject({ failed: {}, requestId: id });
      expect(Object.keys(body['models'] ?? {})).toEqual(models);
    }
    for (const model of models) {
      const counts = async () => (await queueLines(model)).map(({ messages }) => messages);
      const sum = async () => (await counts()).reduce((total, each) => total + each, 0);
      // A line is written once the answer is out.
      await expect.poll(sum).toBeGreaterThanOrEqual(60);
      expect(Math.max(...(await counts()))).toBeGreaterThan(1);
    }
    // Nothing was run as a whole.
    expect(await queueLines('run-workflow')).toEqual([]);
  });

  it('are run as a whole where question and request are too large for a message', async () => {
    const row = Object.values(plain);
    const instances = Array.from({ length: 1000 }, (__, index) =>
      row.map((value) => Number(value) + index / 1e12),
    );
    const { status, body } = await ending(await send({ instances }));
    expect([status, (body['predictions'] as unknown[]).length]).toEqual([200, 1000]);
    await expect.poll(() => queueLines('run-workflow')).not.toEqual([]);
  });
});
