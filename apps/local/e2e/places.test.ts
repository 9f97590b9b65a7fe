import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identify, photo } from './photos.ts';
import { startServingCloud, startTestCloud, type TestCloud } from './test-cloud.ts';

/** Returns a port of this machine on which no server listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('without a database', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    const databaseUrl = `postgres://nobody:nothing@127.0.0.1:${await closedPort()}/none`;
    cloud = await startServingCloud(undefined, blueprint, { databaseUrl });
  });
  afterAll(() => cloud.remove());

  it('a photo is judged by itself, and the answer says what is missing and why', async () => {
    const { status, body } = await identify(cloud, {
      image: (await photo('cat-chelsea.jpg')).toString('base64'),
      location: { lat: -1.29, lon: 36.82 },
    });
    expect(status).toBe(200);
    expect(body.predictions[0]).toMatchObject({ label: 'cat', prior: null, outOfRange: false });
    expect(body.location).toEqual({ lat: -1.29, lon: 36.82, source: 'request', country: null });
    expect(body.failed).toEqual({
      features: { error: 'FeaturesUnavailableError', message: expect.stringMatching(/\w/) },
    });
  });
});

describe('a spike over few places', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startTestCloud({
      functions: blueprint.functions.filter(({ name }) => name === 'features'),
      workflows: [],
      routes: [],
      buckets: [],
      ...(blueprint.featureStore && { featureStore: blueprint.featureStore }),
    });
  });
  afterAll(() => cloud.remove());

  it('asks the database about each place once', async () => {
    const ask = async (place: number) => {
      const event = { lat: 5 * (place % 10), lon: 20 * Math.floor(place / 10) };
      const { payload } = await cloud.lambda.invoke({
        functionName: 'chorus-features:live',
        payload: Buffer.from(JSON.stringify(event)),
        requestId: randomUUID(),
      });
      return JSON.parse(Buffer.from(payload).toString());
    };
    const places = 50;
    let next = 0;
    const answers: { cell: string; source: string }[] = [];
    const caller = async () => {
      for (let index = next++; index < 500; index = next++) answers.push(await ask(index % places));
    };
    // Several environments, and not so many that the cache answers late on a busy machine: the bench has them.
    await Promise.all(Array.from({ length: 8 }, caller));

    expect(answers.filter(({ cell }) => cell === undefined)).toEqual([]);
    expect(new Set(answers.map(({ cell }) => cell)).size).toBe(places);
    const fromDatabase = answers.filter(({ source }) => source === 'database');
    expect(fromDatabase.length).toBeLessThanOrEqual(places);
  });
});
