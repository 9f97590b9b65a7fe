import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { runCommand } from '../testing/run-command.ts';

let fake: FakeAws;
let env: Record<string, string>;
let folder: string;
let asked: { path: string; body: unknown }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-cli-'));
  fake = await startFakeAws();
  env = { AWS_ENDPOINT_URL: fake.url };
});
afterAll(async () => {
  await fake.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  asked = [];
  fake.predict = (body, path) => {
    asked.push({ path, body });
    return path === '/uploads'
      ? {
          status: 200,
          body: {
            url: `${fake.url}/put?X-Amz-Signature=s`,
            key: 'uploads/2026-11-22/a.jpg',
            headers: { 'content-type': 'image/jpeg' },
            expiresAt: '2026-11-22T00:15:00Z',
          },
        }
      : { status: 200, body: zebra };
  };
});

const candidate = (label: string, probability: number, outOfRange = false) => ({
  label,
  probability,
  visual: 0.4,
  prior: 0.3,
  outOfRange,
});
const top = [candidate('zebra', 0.67), candidate('bear', 0.17, true)];
const zebra = {
  predictions: [{ ...candidate('zebra', 0.67), top }],
  location: { lat: -1.29, lon: 36.82, source: 'request', country: 'KE' },
  models: { 'image-classifier': { version: 'v1', durationMs: 80, coldStart: false, attempts: 1 } },
  failed: {},
  requestId: 'r-1',
};

/** Returns a JPEG by its first bytes, which is all the command looks at. */
function jpeg(size: number): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(size - 4, 1)]);
}

async function file(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('chorus predict of a photo', () => {
  it('sends a small one inside the request and shows what it may be, and where', async () => {
    const path = await file('small.jpg', jpeg(100));
    const { code, stdout } = await runCommand(['predict', 'animal', path], env);
    expect(code).toBe(0);
    expect(asked).toEqual([
      { path: '/predict/animal', body: { image: jpeg(100).toString('base64') } },
    ]);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'zebra, 67 %',
      'At -1.2900, 36.8200 (as given), KE',
      '',
      'label  probability  visual  prior',
      'zebra        0.670   0.400  0.300',
    ]);
    expect(stdout).toContain('does not live there');
    expect(stdout).toContain('image-classifier  v1');
  });

  it('uploads a large one first, with what the service says, and names its key', async () => {
    const photo = jpeg(180_001);
    const path = await file('large.jpg', photo);
    const { code, stderr } = await runCommand(['predict', 'animal', path, '--at=-1.29,36.82'], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Uploading 0.2 MB as a.jpg\n' });
    expect(asked).toEqual([
      { path: '/uploads', body: { contentType: 'image/jpeg', bytes: 180_001 } },
      {
        path: '/predict/animal',
        body: { key: 'uploads/2026-11-22/a.jpg', location: { lat: -1.29, lon: 36.82 } },
      },
    ]);
    expect(fake.uploads.get('/put?X-Amz-Signature=s')).toEqual({ type: 'image/jpeg', body: photo });
  });

  it('reads stdin, and prints the answer untouched with --json', async () => {
    const { stdout } = await runCommand(
      ['predict', 'animal', '-', '--json'],
      env,
      Readable.from([jpeg(50)]),
    );
    expect(JSON.parse(stdout)).toEqual(zebra);
  });

  it('asks about the example when no photo is given', async () => {
    const { code, stderr } = await runCommand(['predict', 'animal', '--at', '52.5,13.4'], env);
    expect(code).toBe(0);
    expect(stderr).toContain('asking about the example');
    expect(asked).toEqual([
      {
        path: '/predict/animal',
        body: { image: expect.any(String), location: { lat: 52.5, lon: 13.4 } },
      },
    ]);
  });

  it('says that there is no animal, and that the place is unknown', async () => {
    fake.predict = () => ({
      status: 200,
      body: { ...zebra, predictions: [{ ...candidate('', 0), label: null, top }], location: null },
    });
    const { stdout } = await runCommand(['predict', 'animal'], env);
    expect(stdout).toContain('No animal; the nearest is zebra.\nPlace unknown');
  });

  it('says what another animal looks like', async () => {
    const unlabelled = { ...candidate('', 0), label: null, top };
    for (const [name, shown] of [
      ['lion', 'a lion'],
      ['orca', 'an orca'],
    ]) {
      const predictions = [{ ...unlabelled, other: { name, probability: 0.94 } }];
      fake.predict = () => ({ status: 200, body: { ...zebra, predictions } });
      const { stdout } = await runCommand(['predict', 'animal'], env);
      expect(stdout.split('\n')[0]).toBe(`Another animal: looks like ${shown}, 94 %`);
    }
  });

  it.each([
    [['nowhere.jpg'], 1, 'nowhere.jpg: ENOENT'],
    [['text'], 1, 'this is not a photo'],
    [['empty'], 1, 'the photo is empty'],
    [['--at', 'Berlin'], 2, '--at takes degrees'],
    [['--set', 'RM=8'], 2, '--set is not for animal, which takes a photo'],
  ])('refuses %j without asking anybody', async (argv, expected, said) => {
    await file('text', Buffer.from('hello'));
    await file('empty', Buffer.alloc(0));
    const paths = argv.map((each) => (/^[a-z]+/.test(each) ? join(folder, each) : each));
    const { code, stderr } = await runCommand(['predict', 'animal', ...paths], env);
    expect(code).toBe(expected);
    expect(stderr).toContain(said);
    expect(asked).toEqual([]);
  });

  it('sends a photo to a model alone inside the request, whatever its size', async () => {
    const model = { name: 'svr', version: 'v1', durationMs: 1, coldStart: false };
    fake.predict = (body, path) => {
      asked.push({ path, body });
      return { status: 200, body: { model, requestId: 'r-1', predictions: [{ label: 'rose' }] } };
    };
    const photo = jpeg(200_000);
    const path = await file('rose.jpg', photo);
    const { code, stdout } = await runCommand(['predict', 'svr', path], env);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('rose') });
    expect(asked).toEqual([{ path: '/predict/svr', body: { image: photo.toString('base64') } }]);
  });

  it('says how a file that is no photo is given to a model', async () => {
    const path = await file('rows.json', Buffer.from('{"RM":8}'));
    const { code, stderr } = await runCommand(['predict', 'svr', path], env);
    expect(code).toBe(2);
    expect(stderr).toContain(`is not a photo. Rows of a file: --file ${path}`);
    const missing = await runCommand(['predict', 'svr', join(folder, 'none.jpg')], env);
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no photo'),
    });
    expect(asked).toEqual([]);
  });

  it('hands on what the service says about the upload', async () => {
    fake.predict = () => ({ status: 413, body: { error: 'too large' } });
    const path = await file('large.jpg', jpeg(200_000));
    const { code, stderr } = await runCommand(['predict', 'animal', path], env);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'chorus: 413: too large\n' });
  });

  it('says what the storage says about the photo, and asks about none', async () => {
    fake.upload = { status: 403, text: `<Code>EntityTooLarge</Code>${'x'.repeat(400)}` };
    const path = await file('large.jpg', jpeg(200_000));
    const { code, stderr } = await runCommand(['predict', 'animal', path], env);
    fake.upload = { status: 200, text: '' };
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /chorus: 403: the upload was refused: <Code>EntityTooLarge<.Code>x{273}\n$/,
    );
    expect(asked.map((each) => each.path)).toEqual(['/uploads']);
  });

  it('has no place for rows', async () => {
    const argv = ['predict', 'house-price', '{}', '--at', '1,2'];
    const { code, stderr } = await runCommand(argv, env);
    expect(code).toBe(2);
    expect(stderr).toContain('--at is not for house-price, which takes rows');
  });
});
