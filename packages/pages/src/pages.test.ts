import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { PageSpec } from '@chorus/blueprint';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPages, type Pages } from './pages.ts';

const front: PageSpec = { path: '/', source: 'front', settings: { title: 'Ours' }, calls: [] };
const inner: PageSpec = { ...front, path: '/inner', source: 'inner' };

/** As long as a busy machine may take. */
const patient = { timeout: 120_000 };

/** Builds nothing: `dist` is there. */
const builds = 'export {};';

let root: string;
let pages: Pages;
let server: Server;
let report: (line: string) => void;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chorus-pages-'));
  report = vi.fn();
});
afterEach(async () => {
  pages.close();
  await new Promise((closed) => server.close(closed));
  await rm(root, { recursive: true });
});

/** Writes the package of a page. */
async function write(source: string, build: string): Promise<void> {
  await mkdir(join(root, source, 'dist/assets'), { recursive: true });
  await writeFile(join(root, source, 'build.ts'), build);
  await writeFile(join(root, source, 'dist/index.html'), `<title>${source}</title>`);
  await writeFile(join(root, source, 'dist/assets/page-x1.js'), 'void 0;'.repeat(100));
  await writeFile(join(root, 'secret.txt'), 'secret');
}

async function open(...specs: readonly PageSpec[]): Promise<void> {
  pages = openPages(specs, { root, path: '', report });
  server = createServer((request, response) => {
    void pages.send(request, response, ['http://uploads.test']);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
}

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Asks for a path as it stands: `fetch` would resolve dots in it. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers, method }, async (response) => {
      const { statusCode: status } = response;
      resolve({ status, headers: response.headers, body: await text(response) });
    }).once('error', reject);
  });
}

/** Asks until the builds have ended. */
async function untilBuilt(path = '/', headers: Record<string, string> = {}): Promise<Got> {
  let got: Got | undefined;
  await vi.waitUntil(async () => {
    got = await ask(path, headers);
    return got.headers['retry-after'] === undefined;
  }, patient);
  if (got === undefined) throw new Error('it was never asked');
  return got;
}

describe('a page that is built', () => {
  beforeEach(async () => {
    await write('front', builds);
    await write('inner', builds);
    await open(front, inner);
    await untilBuilt();
    await untilBuilt('/inner/');
  });

  it('is served with a policy that lets in nothing but itself and its uploads', async () => {
    const { status, headers, body } = await ask('/');
    expect([status, body]).toEqual([200, '<title>front</title>']);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "frame-ancestors 'none'",
        "connect-src 'self' http://uploads.test",
      ]),
    );
    expect(policy.join(' ')).not.toContain('unsafe-inline');
  });

  it('may be asked whether it has changed', async () => {
    const { headers } = await ask('/');
    const known = { 'if-none-match': `W/"x", ${headers.etag}` };
    expect(await ask('/', known)).toMatchObject({ status: 304, body: '' });
    await writeFile(join(root, 'front/dist/index.html'), '<title>new</title>');
    expect(await ask('/', known)).toMatchObject({ status: 200, body: '<title>new</title>' });
  });

  it('has files that never change, compressed for those that can read it', async () => {
    const plain = await ask('/assets/page-x1.js');
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': '700',
    });
    const small = await ask('/assets/page-x1.js', { 'accept-encoding': 'br, gzip' });
    expect(small.headers['content-encoding']).toBe('gzip');
    expect(Number(small.headers['content-length'])).toBeLessThan(100);
  });

  it('is told its settings and that the API has its origin', async () => {
    const { body, headers } = await ask('/page.json');
    expect(JSON.parse(body)).toEqual({ title: 'Ours', api: '' });
    expect(headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('may be at a path of its own', async () => {
    expect(await ask('/inner')).toMatchObject({ status: 308, headers: { location: '/inner/' } });
    expect(await ask('/inner/')).toMatchObject({ status: 200, body: '<title>inner</title>' });
    expect((await ask('/inner/page.json')).status).toBe(200);
  });

  it('answers HEAD without a body, and no other method', async () => {
    expect(await ask('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await ask('/', {}, 'POST')).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it('has no other files, and is not what is beside it', async () => {
    for (const path of ['/assets/none.js', '/none.txt', '/assets/deep/page.js', '/front'])
      expect(await ask(path)).toMatchObject({
        status: 404,
        body: `{"error":"nothing at ${path}"}`,
      });
    const others = [
      '/../../secret.txt',
      '/assets/../../../secret.txt',
      '/..%2f..%2fsecret.txt',
      '/assets/..',
      '/assets',
      '/assets/deep/page.js',
      '/front',
      '//',
    ];
    expect(others.filter((path) => pages.has(path))).toEqual([]);
  });
});

describe('a page that is not built', () => {
  it('says so while it is being built, and is there afterwards', async () => {
    await write(
      'front',
      `import { existsSync } from 'node:fs';
       while (!existsSync('go')) await new Promise((next) => setTimeout(next, 10));`,
    );
    await open(front);
    expect(await ask('/', { accept: 'text/html' })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'cache-control': 'no-store' },
      body: expect.stringContaining('http-equiv="refresh"'),
    });
    expect(JSON.parse((await ask('/')).body).error).toContain('being built');
    await writeFile(join(root, 'front/go'), '');
    expect((await untilBuilt()).status).toBe(200);
    expect(report).not.toHaveBeenCalled();
  });

  it('says why when its build fails, there and on the terminal', async () => {
    await write('front', `console.error('no <such> file'); process.exit(3);`);
    await rm(join(root, 'front/dist/index.html'));
    await open(front);
    const { status, body } = await untilBuilt('/', { accept: 'text/html' });
    expect(status).toBe(503);
    expect(body).toContain('no &lt;such> file');
    expect(report).toHaveBeenCalledExactlyOnceWith(
      'The page / could not be built, and answers 503: no <such> file',
    );
  });

  it('is still the old one when its build fails', async () => {
    await write('front', `throw new Error('broken');`);
    await open(front);
    expect(await untilBuilt()).toMatchObject({ status: 200, body: '<title>front</title>' });
    await vi.waitUntil(() => vi.mocked(report).mock.calls.length === 1, patient);
  });

  it('is not reported on when the cloud is closed before', async () => {
    await write('front', 'setInterval(() => {}, 1000);');
    await open(front);
    pages.close();
    await untilBuilt();
    expect(report).not.toHaveBeenCalled();
  });
});
