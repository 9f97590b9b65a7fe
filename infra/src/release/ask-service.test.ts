import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { blueprint } from '@chorus/service';
import { afterEach, describe, expect, it } from 'vitest';
import { SmokeTestError } from '../errors.ts';
import { smokeTest } from './ask-service.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Asked {
  readonly asked: (readonly [method: string | undefined, url: string | undefined])[];
  readonly keys: (string | string[] | undefined)[];
  readonly url: string;
}

/** A service that answers /v2 with 200, its workflows with this, and that takes uploads itself, with `putStatus`. */
async function serviceThat(
  status: number,
  answer: unknown,
  putStatus = 200,
  uploadUrl?: unknown,
): Promise<Asked> {
  const asked: Asked['asked'] = [];
  const keys: Asked['keys'] = [];
  const server = createServer((request, response) => {
    asked.push([request.method, request.url]);
    keys.push(request.headers['x-api-key']);
    request.resume();
    const [, , first = ''] = request.url?.split('/') ?? [];
    const { port } = server.address() as AddressInfo;
    const answers: Readonly<Record<string, readonly [number, unknown]>> = {
      predict: [status, answer],
      uploads: [
        200,
        {
          url: uploadUrl ?? `http://127.0.0.1:${port}/bucket/key`,
          headers: { 'content-type': 'image/jpeg' },
        },
      ],
      key: [
        putStatus,
        { type: request.headers['content-type'], of: request.headers['content-length'] },
      ],
    };
    const [code, body] = answers[first] ?? [200, { ready: true }];
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/live/`, asked, keys };
}

const whole = { predictions: [{ ensemble: 24 }], failed: {} };

describe('smokeTest', () => {
  it('asks every route with the key, and puts a photo where it is told to, without', async () => {
    const { url, asked, keys } = await serviceThat(200, whole);
    await smokeTest({ url, key: 'k' }, blueprint);
    expect(asked).toEqual([
      ['GET', '/live/v2/health/ready'],
      ...blueprint.workflows.map(({ name }) => ['POST', `/live/predict/${name}`]),
      ['POST', '/live/uploads'],
      ['PUT', '/bucket/key'],
    ]);
    expect(keys).toEqual(asked.map(([method]) => (method === 'PUT' ? undefined : 'k')));
  });

  it('fails when the URL does not take the photo', async () => {
    const { url } = await serviceThat(200, whole, 403);
    await expect(smokeTest({ url, key: undefined }, blueprint)).rejects.toThrow(
      'the URL of /uploads answered PUT with 403: {"type":"image/jpeg","of":"3"}',
    );
  });

  it.each(['nowhere', 7])('fails when what uploads go to is %j', async (uploadUrl) => {
    const { url } = await serviceThat(200, whole, 200, uploadUrl);
    const test = smokeTest({ url, key: undefined }, blueprint);
    await expect(test).rejects.toThrow(SmokeTestError);
    await expect(test).rejects.toThrow('/uploads answered no URL to put a photo at');
  });

  it.each([
    [500, { error: 'broken' }, '/predict/house-price answered 500: {"error":"broken"}'],
    [200, { predictions: [] }, 'no prediction'],
    [200, {}, 'no prediction'],
    [200, { predictions: [{}, {}] }, 'no prediction'],
    [200, { predictions: [{}], failed: { svr: { error: 'ModelLoadError' } } }, 'without svr'],
  ])('fails on %i %j', async (status, answer, message) => {
    const { url } = await serviceThat(status, answer);
    const test = smokeTest({ url, key: undefined }, blueprint);
    await expect(test).rejects.toThrow(SmokeTestError);
    await expect(test).rejects.toThrow(message);
  });
});
