import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Command, cloudFlags } from '../command.ts';
import { CliError } from '../errors.ts';
import { note, print } from '../io.ts';
import { type Console, openConsole } from './console.ts';
import type { RunCommand } from './runs.ts';
import { serveConsole } from './serve.ts';

const command = (name: string, reads?: true): Command => ({
  name,
  operands: '',
  summary: name,
  details: [],
  flags: cloudFlags,
  ...(reads && { reads }),
  run: async () => 0,
});
const commands = [
  command('count', true),
  command('wait'),
  command('flood'),
  { ...command('break'), localOnly: true } as const,
];

let counted = 0;

/** Stands for the command line: it counts, waits until it is interrupted, or prints without end. */
const run: RunCommand = async (words, io) => {
  if (words[0] === 'count') {
    counted += 1;
    print(io, JSON.stringify({ words, counted: Math.min(counted, 2) }));
    return 0;
  }
  if (words[0] === 'flood') {
    print(io, 'x'.repeat(17 << 20));
    return 0;
  }
  note(io, 'waiting');
  io.measured?.({ seen: 1 });
  const signal = io.interruption?.();
  await new Promise((stopped) => signal?.addEventListener('abort', stopped));
  note(io, 'taken back');
  return 1;
};

let root: string;
let opened: Console;
let served: Awaited<ReturnType<typeof serveConsole>>;
const reports: string[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chorus-console-'));
  await mkdir(join(root, 'apps/console/dist'), { recursive: true });
  await writeFile(join(root, 'apps/console/build.ts'), '');
  await writeFile(join(root, 'apps/console/dist/index.html'), '<title>console</title>');
  opened = openConsole({
    run,
    commands,
    env: { AWS_SECRET_ACCESS_KEY: 'a-secret-key' },
    label: 'a cloud',
    cloud: ['--aws'],
    root,
    path: process.execPath,
    report: (line) => reports.push(line),
  });
  served = await serveConsole(opened, 0, (line) => reports.push(line));
});
afterAll(async () => {
  await opened.close();
  await served.close();
  await rm(root, { recursive: true });
});

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks with any header: `fetch` would not send some. */
function send(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = ask(`${served.origin}${path}`, { method, headers }, async (response) =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: await text(response),
      }),
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** POSTs JSON. */
function post(path: string, value: unknown, headers: Readonly<Record<string, string>> = {}) {
  const body = JSON.stringify(value);
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  return send(path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...length, ...headers },
  });
}

/** Returns the cookie of a session. */
async function session(): Promise<{ readonly cookie: string }> {
  const token = new URL(opened.url(served.origin)).searchParams.get('token');
  const { headers } = await post('/console/api/session', { token });
  return { cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
}

/** Returns the values of a stream that has ended. */
const eventsIn = (body: string): unknown[] =>
  [...body.matchAll(/^data: (?<json>\{.+\})$/gm)].map(({ groups }) =>
    JSON.parse(groups?.['json'] ?? ''),
  );

describe('who may use the console', () => {
  it('is who opens its URL, once', async () => {
    const url = new URL(opened.url(served.origin));
    const token = url.searchParams.get('token');
    expect((await post('/console/api/session', { token })).status).toBe(200);
    const again = await post('/console/api/session', { token });
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    'GET /commands',
    'GET /runs',
    'POST /runs',
    'POST /files',
    'GET /watch?words=["count"]',
    'GET /runs/1',
  ])('is no other caller: %s', async (line) => {
    const [method = '', path = ''] = line.split(' ');
    const { status, body } = await send(`/console/api${encodeURI(path)}`, { method });
    expect(status).toBe(401);
    expect(JSON.parse(body).error).toMatch(/chorus console/);
  });

  it.each([
    'GET /console/api',
    'POST /console/api',
    'GET /console/none/x.js',
    'POST /console/none',
  ])('finds nothing at a path that is none of it: %s', async (line) => {
    const [method = '', path = ''] = line.split(' ');
    const { status, body } = await send(path, { method });
    expect({ status, body }).toEqual({ status: 404, body: `{"error":"nothing at ${path}"}` });
  });

  it.each([
    { origin: 'https://evil.test' },
    { host: 'evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
  ])('is no page of another site: %o', async (headers) => {
    const { cookie } = await session();
    const answer = await post('/console/api/runs', { words: ['count'] }, { cookie, ...headers });
    expect(answer.status).toBe(403);
  });

  it('is no form of another site, whose type is never JSON', async () => {
    const { cookie } = await session();
    const answer = await post(
      '/console/api/runs',
      { words: ['count'] },
      { cookie, 'content-type': 'text/plain' },
    );
    expect(answer.status).toBe(415);
  });

  it('is no page that shows it in a frame', async () => {
    await expect.poll(async () => (await send('/console/')).status).toBe(200);
    const { headers } = await send('/console/');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

describe('commands in the console', () => {
  it('run for the cloud it was started for, and their output comes', async () => {
    const headers = await session();
    const { body } = await post('/console/api/runs', { words: ['count', '--json'] }, headers);
    const stream = await send(`/console/api/runs/${JSON.parse(body).id}`, { headers });
    const [ended] = eventsIn(stream.body);
    expect(ended).toMatchObject({ exitCode: 0, notes: [] });
    expect(JSON.parse(Object(ended).output).words).toEqual(['count', '--json', '--aws']);
    expect(stream.body).toMatch(/event: end/);
  });

  it('are interrupted, and a page that lost its connection gets the rest', async () => {
    const headers = await session();
    const { body } = await post('/console/api/runs', { words: ['wait'] }, headers);
    const path = `/console/api/runs/${JSON.parse(body).id}`;
    expect((await send(path, { method: 'DELETE', headers })).status).toBe(202);
    const whole = await send(path, { headers });
    expect(eventsIn(whole.body)).toMatchObject([
      expect.objectContaining({ measured: [{ seen: 1 }] }),
    ]);
    expect(eventsIn(whole.body)[0]).toMatchObject({
      notes: ['waiting', 'taken back'],
      exitCode: 1,
    });
    const rest = await send(path, { headers: { ...headers, 'last-event-id': '1' } });
    expect(eventsIn(rest.body)).toMatchObject([{ notes: ['taken back'], exitCode: 1 }]);
  });

  it('that print without end are cut off, and say so', async () => {
    const headers = await session();
    const { body } = await post('/console/api/runs', { words: ['flood'] }, headers);
    const { body: stream } = await send(`/console/api/runs/${JSON.parse(body).id}`, { headers });
    expect(eventsIn(stream)).toMatchObject([
      { exitCode: 1, output: '', notes: [expect.stringMatching(/^The output has \d+ characters/)] },
    ]);
  });

  it('are watched if they change nothing, and what is new is sent', async () => {
    const headers = await session();
    const words = encodeURIComponent(JSON.stringify(['count']));
    const watched = await new Promise<string>((resolve, reject) => {
      const sent = ask(`${served.origin}/console/api/watch?words=${words}`, { headers });
      sent.on('response', (response) => {
        let all = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          all += chunk;
          if (eventsIn(all).length < 2) return;
          sent.destroy();
          resolve(all);
        });
      });
      sent.on('error', reject);
      counted = 0;
      sent.end();
    });
    const outputs = eventsIn(watched).map((event) => JSON.parse(Object(event).output).counted);
    expect(outputs).toEqual([1, 2]);
    const changing = encodeURIComponent(JSON.stringify(['wait']));
    const refused = await send(`/console/api/watch?words=${changing}`, { headers });
    expect(refused.status).toBe(405);
  });

  it.each([
    ['words', 400],
    [['env'], 400],
    [['break'], 400],
    [['count', 7], 400],
    [['count', '--stage', 'x'], 400],
  ])('are refused when they are none of its own: %j', async (words, status) => {
    const answer = await post('/console/api/runs', { words }, await session());
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).error).not.toBe('');
  });

  it('read files that a page has sent', async () => {
    const { cookie } = await session();
    const { status, body } = await send('/console/api/files', {
      method: 'POST',
      body: 'photo',
      headers: { cookie, 'content-length': '5' },
    });
    expect(status).toBe(201);
    expect(JSON.parse(body).path).toMatch(/file-\d+$/);
    const large = await send('/console/api/files', {
      method: 'POST',
      headers: { cookie, 'content-length': String(33 << 20) },
    }).catch((error: unknown) => error);
    expect(large).toMatchObject({ status: 413 });
  });

  it('tell no secret of the environment', async () => {
    const headers = await session();
    const paths = ['commands', 'runs', 'nothing'];
    const answers = await Promise.all(
      paths.map((each) => send(`/console/api/${each}`, { headers })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404]);
    for (const { body } of answers) expect(body).not.toContain('a-secret-key');
    expect(reports).toEqual([]);
  });
});

describe('serveConsole', () => {
  it('says that a port is taken', async () => {
    const taken = Number(new URL(served.origin).port);
    await expect(serveConsole(opened, taken, () => {})).rejects.toThrow(CliError);
  });
});
