import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../root.ts';
import { type FakeAws, startFakeAws } from '../testing/fake-aws.ts';
import { fakeFunction } from '../testing/fake-lambda.ts';
import { priceWeights } from '../testing/price-weights.ts';
import { runCommand } from '../testing/run-command.ts';
import { addModel } from './models-add.ts';

const fixtures = join(root, 'packages/intake/fixtures');
const list = 'packages/service/src/models.ts';

/** A repository of which only the list of models is there; the models are in `work`. */
let folder: string;
let repository: string;
let work: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-models-add-'));
  [repository, work] = [join(folder, 'repository'), join(folder, 'work')];
  await mkdir(join(repository, 'packages/service/src'), { recursive: true });
  await mkdir(work);
  await copyFile(join(root, list), join(repository, list));
  for (const name of ['ridge', 'xgboost-classifier', 'categories'])
    await copyFile(join(fixtures, 'exports', `${name}.onnx`), join(work, `${name}.onnx`));
});
afterEach(() => rm(folder, { recursive: true }));

const own = 'packages/models/ridge/weights';

/** Adds a model to the repository in the temporary folder. */
async function add(argv: readonly string[], endpoint?: string) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(stdout), text(stderr)]);
  const env = {
    INIT_CWD: work,
    CHORUS_DIRECTORY: folder,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
  };
  try {
    return {
      code: await addModel(argv, { stdin: Readable.from([]), stdout, stderr, env }, repository),
    };
  } catch (error) {
    return { error };
  } finally {
    stdout.end();
    stderr.end();
    [out, err] = await written;
  }
}
let out = '';
let err = '';

describe('chorus models add', () => {
  it('writes the model, lists it, and says how to ask it', async () => {
    expect(await add(['ridge.onnx'])).toEqual({ code: 0 });
    expect(out).toContain('takes  X         FP32      [?, 4]');
    expect(out).toContain(`Wrote ${own}/model.onnx, ${own}/manifest.json, ${list}.`);
    expect(out).toContain('No local cloud is running');
    expect(await readFile(join(repository, list), 'utf8')).toContain("  'ridge',");
    const manifest = JSON.parse(await readFile(join(repository, own, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'ridge', version: 'v1', file: { name: 'model.onnx' } });
    expect(await readFile(join(repository, own, 'model.onnx'))).toHaveLength(manifest.file.bytes);
    expect(existsSync(join(repository, own, 'samples.json'))).toBe(false);
  });

  it('refuses a name that it has given already', async () => {
    await add(['ridge.onnx']);
    await add(['ridge.onnx']).then(({ error }) =>
      expect(error).toMatchObject({
        name: 'UsageError',
        message: 'packages/models/ridge is there already: remove it, or take another name',
      }),
    );
  });

  it('takes the name that is given, and columns and classes', async () => {
    const classes = ['--labels', ' low, "mid" ,high', '--columns', 'a,b,c,d', '--missing-allowed'];
    expect(await add(['named-by-hand', 'xgboost-classifier.onnx', ...classes, '--json'])).toEqual({
      code: 0,
    });
    const { model, schema, files, servedBy, deviation } = JSON.parse(out);
    expect({ model, servedBy, deviation }).toEqual({
      model: 'named-by-hand',
      servedBy: null,
      deviation: null,
    });
    expect(files).toContain('packages/models/named-by-hand/weights/model.onnx');
    expect(schema.inputs[0]).toMatchObject({ missing: true });
    expect(schema.inputs[0].columns.map(({ name }: { name: string }) => name)).toEqual([...'abcd']);
    expect(
      schema.outputs.find(({ name }: { name: string }) => name === 'probabilities'),
    ).toMatchObject({ labels: ['low', 'mid', 'high'] });
  });

  it('takes photos for a classifier of them, and says how to send one', async () => {
    await copyFile(join(fixtures, 'photos/colours.onnx'), join(work, 'colours.onnx'));
    const flags = ['--image', 'zero-to-one', '--labels', 'red,green,blue'];
    expect(await add(['colours.onnx', ...flags])).toEqual({ code: 0 });
    expect(out).toMatch(/takes +image +BYTES +\[\?\]/);
    expect(out).toMatch(/labels +BYTES +\[\?, \?\] +red, green, blue/);
    expect(out).toContain(
      'photo    stretched to 48 x 32 pixels, RGB, for pixels FP32 NCHW; softmax of colours',
    );
    expect(out).toContain(`echo '{"image":"'$(base64 < photo.jpg | tr -d '\\n')'"}' | curl -s`);
    const lines = (await readFile(join(repository, list), 'utf8')).split('\n');
    expect(lines.indexOf("  'colours',")).toBeGreaterThan(
      lines.findIndex((line) => line.startsWith('const photoNames')),
    );
  });

  it('asks for the names of what a photo can show', async () => {
    const { error } = await add(['ridge.onnx', '--image', 'keras']);
    expect(error).toMatchObject({ name: 'UsageError', message: /--image needs --labels/ });
  });

  it('lets rows have missing values only when that is said', async () => {
    await add(['ridge.onnx', '--dry-run', '--json']);
    expect(JSON.parse(out).schema.inputs[0]).not.toHaveProperty('missing');
  });

  it('reads the columns from the first line of a table', async () => {
    await writeFile(join(work, 'rows.CSV'), 'size;rooms;floor;age\n1;2;3;4\n');
    await add(['ridge.onnx', '--columns', 'rows.CSV', '--dry-run']);
    expect(out).toContain('[?, 4]  size, rooms, floor, age');
  });

  it.each(['json', 'npz'])('compares with samples of %s, and keeps them', async (kind) => {
    const rows = join(work, `rows.${kind}`);
    await (kind === 'npz'
      ? copyFile(join(fixtures, 'samples/categories.npz'), rows)
      : copyFile(join(fixtures, 'exports/categories.json'), rows));
    await add(['categories.onnx', '--samples', `rows.${kind}`]);
    expect(out).toMatch(/^samples {2}answered/m);
    const kept = join(repository, 'packages/models/categories/weights/samples.json');
    expect(JSON.parse(await readFile(kept, 'utf8')).inputs).toHaveLength(4);
  });

  it.each([[[]], [['--json']]])('--dry-run writes nothing (%j)', async (flags) => {
    expect(await add(['ridge.onnx', '--dry-run', ...flags])).toEqual({ code: 0 });
    if (flags.length === 0) expect(out).toMatch(/Nothing was written \(--dry-run\)\.\n$/);
    else expect(JSON.parse(out)).toMatchObject({ model: 'ridge', files: [] });
    expect(existsSync(join(repository, 'packages/models'))).toBe(false);
    expect(await readFile(join(repository, list), 'utf8')).not.toContain('ridge');
  });

  it.each([
    [[], 'Missing: <file.onnx>'],
    [['a', 'b', 'c'], 'One argument too many: c'],
    [['A b', 'ridge.onnx'], "'A b' is no name for a model"],
    [['svr', 'ridge.onnx'], "There is a 'svr' already"],
    [['house-price', 'ridge.onnx'], "There is a 'house-price' already"],
    [['1+1.onnx'], '1+1.onnx suggests no name'],
    [['ridge.onnx', '--columns', 'a,,b'], '--columns has an empty name: a,,b'],
    [['ridge.onnx', '--columns', 'a,b,a,c'], '--columns has a name twice'],
    [['ridge.onnx', '--labels', 'no, no'], '--labels has a name twice'],
    [['ridge.onnx', '--columns', 'none.csv'], 'Cannot read none.csv: ENOENT'],
    [['ridge.onnx', '--samples', 'none.npz'], 'Cannot read none.npz: ENOENT'],
  ])('refuses %j with a remedy', async (argv, message) => {
    expect(await add(argv)).toEqual({
      error: expect.objectContaining({ message: expect.stringContaining(message) }),
    });
    expect(existsSync(join(repository, 'packages/models'))).toBe(false);
  });

  it('takes the columns of the file that it was trained on, without the one that it predicts', async () => {
    await writeFile(join(work, 'rows.csv'), 'a,b,the price,c,d\n1,2,3,4,5\n');
    const columns = ['ridge.onnx', '--columns', 'rows.csv'];
    const { error: unsaid } = await add(columns);
    expect(unsaid).toMatchObject({ message: expect.stringContaining('with --target <column>') });
    const { error: misspelt } = await add([...columns, '--target', 'teh price']);
    expect(misspelt).toMatchObject({
      message: "--columns has no 'teh price', which --target names. Did you mean the price?",
    });
    const { error: alone } = await add(['ridge.onnx', '--target', 'the price']);
    expect(alone).toMatchObject({ name: 'UsageError' });
    expect(await add([...columns, '--target', 'the price', '--json'])).toEqual({ code: 0 });
    const [{ columns: taken }] = JSON.parse(out).schema.inputs;
    expect(taken.map(({ name }: { name: string }) => name)).toEqual([...'abcd']);
  });

  it('refuses a table whose first line names a column twice', async () => {
    await writeFile(join(work, 'rows.csv'), 'a,a,b,c\n');
    const { error } = await add(['ridge.onnx', '--columns', 'rows.csv']);
    expect(error).toMatchObject({ message: '--columns has a name twice: rows.csv' });
  });

  it('says that a local cloud is still starting instead of leaving it out', async () => {
    await writeFile(join(folder, 'local.json'), JSON.stringify({ pid: process.pid }));
    const { error } = await add(['ridge.onnx']);
    expect(error).toMatchObject({ message: expect.stringContaining('is still starting') });
  });

  it('is a command of the program', async () => {
    const { code, stderr } = await runCommand(['models', 'add']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('Missing') });
  });
});

describe('chorus models add beside a local cloud', () => {
  let fake: FakeAws;
  beforeEach(async () => {
    fake = await startFakeAws();
  });
  afterEach(() => fake.close());

  it('publishes the model, makes its function, and tells the gateway of it', async () => {
    const gateway = fakeFunction({ MODEL_FUNCTIONS: '{"svr":"chorus-svr:live"}', OTHER: 'stays' });
    fake.functions.set('chorus-gateway', gateway);
    await writeFile(join(work, 'rent.onnx'), priceWeights('rent'));
    expect(await add(['rent.onnx'], fake.url)).toEqual({ code: 0 });
    expect(err).toBe(`Publishing rent v1 to ${fake.url} (AWS_ENDPOINT_URL) …\n`);
    expect(out).toContain(`rent v1 is live at ${fake.url}. Ask it:`);
    expect(fake.functions.get('chorus-rent')).toMatchObject({
      environment: { MODEL_BUCKET: 'chorus-models', MODEL_KEY: 'models/rent/v1/model.onnx' },
      live: { FunctionVersion: '1' },
    });
    expect(gateway.versions[1]).toEqual({
      MODEL_FUNCTIONS: '{"svr":"chorus-svr:live","rent":"chorus-rent:live"}',
      OTHER: 'stays',
    });
    expect(gateway.live).toMatchObject({ FunctionVersion: '2' });
  });

  it('goes on where an attempt was cut off after it had made the function', async () => {
    fake.functions.set('chorus-gateway', fakeFunction({}));
    fake.functions.set('chorus-rent', { ...fakeFunction({}), versions: [], live: undefined });
    await writeFile(join(work, 'rent.onnx'), priceWeights('rent'));
    expect(await add(['rent.onnx', '--json'], fake.url)).toEqual({ code: 0 });
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ model: 'rent', servedBy: fake.url });
  });

  it('leaves nothing in the repository when the model cannot be served', async () => {
    const { error } = await add(['ridge.onnx'], fake.url);
    expect(error).toMatchObject({ name: 'NotReadyError' });
    expect(existsSync(join(repository, 'packages/models'))).toBe(false);
  });
});
