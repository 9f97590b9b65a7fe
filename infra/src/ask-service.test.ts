import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { blueprint } from '@chorus/blueprint';
import { afterEach, describe, expect, it } from 'vitest';
import { smokeTest } from './ask-service.ts';
import { SmokeTestError } from './errors.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A service that answers /v2 with 200, and its workflows with this. */
async function serviceThat(
  status: number,
  answer: unknown,
): Promise<{ url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    request.resume();
    const isWorkflow = request.url?.startsWith('/live/predict/') === true;
    response.writeHead(isWorkflow ? status : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isWorkflow ? answer : { ready: true }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/live/`, asked };
}

describe('smokeTest', () => {
  it('asks both doors with the key', async () => {
    const { url, asked } = await serviceThat(200, { predictions: [{ ensemble: 24 }], failed: {} });
    await smokeTest({ url, key: 'k' }, blueprint);
    expect(asked.map(({ method, url, headers }) => [method, url, headers['x-api-key']])).toEqual([
      ['GET', '/live/v2/health/ready', 'k'],
      ['POST', '/live/predict/house-price', 'k'],
    ]);
  });

  it.each([
    [500, { error: 'broken' }, '/predict/house-price answered 500: {"error":"broken"}'],
    [200, { predictions: [] }, 'no prediction'],
    [200, { predictions: [{}], failed: { svr: { error: 'ModelLoadError' } } }, 'without svr'],
  ])('fails on %i %j', async (status, answer, message) => {
    const { url } = await serviceThat(status, answer);
    const test = smokeTest({ url, key: undefined }, blueprint);
    await expect(test).rejects.toThrow(SmokeTestError);
    await expect(test).rejects.toThrow(message);
  });
});
