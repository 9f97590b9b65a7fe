import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cache, createCache } from './cache.ts';
import { type FaultyProxy, startFaultyProxy } from './testing/faulty-proxy.ts';
import { patience } from './testing/feature-store-in-test.ts';
import { redisServers, startFailingOver, type TestCache } from './testing/redis.ts';

let cache: Cache | undefined;
const open = (url: string): Cache => {
  cache = createCache(url, patience);
  return cache;
};
afterEach(() => {
  cache?.close();
  cache = undefined;
});

describe.each(redisServers)('a cache on $name', (redis) => {
  let server: TestCache;
  let proxy: FaultyProxy;

  beforeEach(async () => {
    server = await redis.create(10);
    proxy = await startFaultyProxy(server.url);
  });
  afterEach(async () => {
    await proxy.close();
    await server.close();
  });

  it('keeps values for a time, and lets a key be claimed once', async () => {
    const one = open(proxy.url);
    expect(await one.get('k')).toBeNull();
    await one.set('k', 'väl\r\nue', 60_000);
    expect(await one.get('k')).toBe('väl\r\nue');
    await one.set('short', 'x', 1);
    await expect.poll(() => one.get('short')).toBeNull();
    expect([await one.claim('c', 60_000), await one.claim('c', 60_000)]).toEqual([true, false]);
    await one.remove('c');
    expect(await one.claim('c', 60_000)).toBe(true);
    expect(one.problem()).toBeUndefined();
    expect(proxy.taken).toBe(1);
  });

  it('opens one connection for many commands at once', async () => {
    const one = open(proxy.url);
    await Promise.all(Array.from({ length: 100 }, (_, index) => one.get(`k${index}`)));
    expect(proxy.taken).toBe(1);
  });

  it('answers what the server refuses as if it were away, and goes on', async () => {
    const one = open(proxy.url);
    await one.get('k');
    // PX 0: "invalid expire time". The stand-in, which does not look, answers OK.
    await one.set('k', 'v', 0);
    expect(await one.get('k')).toBeNull();
    expect(proxy.taken).toBe(1);
  });

  it('is through with a command only when the server has answered it', async () => {
    const one = open(proxy.url);
    await one.get('k');
    proxy.hang();
    let through = 0;
    const commands = [one.set('k', 'v', 60_000), one.remove('k'), one.claim('k', 60_000)];
    for (const command of commands) void command.then(() => (through += 1));
    // Each of them is on its way, and what is due has run.
    await expect.poll(() => proxy.sent.at(-1)?.toString()).toContain('NX');
    await new Promise((resolve) => setImmediate(resolve));
    expect(through).toBe(0);
    await proxy.heal();
    await Promise.all(commands);
  });

  it('says what is wrong, until it is right again', async () => {
    const one = open(proxy.url);
    await proxy.kill();
    expect(await one.get('k')).toBeUndefined();
    expect(one.problem()).toBe('ECONNREFUSED');
    await proxy.heal();
    await expect.poll(() => one.get('k')).toBeNull();
    expect(one.problem()).toBeUndefined();
  });
});

it('finds the new primary after a failover, with the command that found a replica', async () => {
  const server = await startFailingOver();
  const one = open(server.url);
  await one.set('k', 'old', 60_000);
  server.failOver();
  await one.set('k', 'new', 60_000);
  expect([await one.get('k'), one.problem()]).toEqual(['new', undefined]);
  server.failOver();
  expect(await Promise.all([one.claim('a', 60_000), one.claim('b', 60_000)])).toEqual([true, true]);
  await server.close();
});

it('looks for the primary until there is one, and says that meanwhile', async () => {
  const server = await startFailingOver();
  const one = open(server.url);
  await one.set('k', 'old', 60_000);
  // The name still leads to the replica for three more connections.
  server.failOver(3);
  await one.set('k', 'new', 60_000);
  expect(one.problem()).toBe("READONLY You can't write against a read only replica.");
  await expect.poll(() => one.claim('c', 60_000)).toBe(true);
  expect(one.problem()).toBeUndefined();
  await server.close();
});

it('speaks the cluster protocol when its URL says so', async () => {
  const [embedded] = redisServers;
  const server = await embedded?.create(0);
  const one = open(`${server?.url}?cluster=true`);
  await one.set('k', 'v', 60_000);
  expect([await one.get('k'), one.problem()]).toEqual(['v', undefined]);
  await server?.close();
  expect(await one.get('k')).toBeUndefined();
});

it('speaks TLS when its URL says so', async () => {
  // Without a certificate no handshake succeeds; that one begins is what this is about.
  const server = createTlsServer();
  const began = once(server, 'tlsClientError');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await open(`rediss://127.0.0.1:${port}`).get('k')).toBeUndefined();
  expect((await began)[0]).toMatchObject({ code: expect.stringContaining('SSL') });
  server.close();
});
