import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IntakeError, ProbeError } from './errors.ts';
import { inspectModel } from './inspect.ts';
import type { openProbe } from './probe.ts';
import { probeHere } from './testing/probe-here.ts';

const ridge = join(import.meta.dirname, '../fixtures/exports/ridge.onnx');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-inspect-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Inspects the ridge with something about it changed. */
async function inspect(change: (model: ModelProto) => void, probe: typeof openProbe = probeHere) {
  const model = fromBinary(ModelProtoSchema, readFileSync(ridge));
  change(model);
  const file = join(folder, 'changed.onnx');
  await writeFile(file, toBinary(ModelProtoSchema, model));
  return inspectModel(file, { openProbe: probe });
}

describe('what is told of a model', () => {
  it('is its exporter, without a report of how that was built', async () => {
    const of = async (producerName: string, producerVersion: string) =>
      (await inspect((model) => Object.assign(model, { producerName, producerVersion }))).producer;
    expect(await of('skl2onnx', '1.20.0')).toBe('skl2onnx 1.20.0');
    expect(await of('catboost', 'built\nsomewhere')).toBe('catboost');
    expect(await of('', '')).toBe('');
  });

  it('is each of its operator sets once, the usual one by its name', async () => {
    const { opsets } = await inspect((model) => model.opsetImport.push(...model.opsetImport));
    expect(opsets).toBe('ai.onnx.ml 1, ai.onnx 22');
  });

  it('is how many rows it takes at once', async () => {
    expect((await inspect(() => {})).maxBatch).toBe(1000);
    const fixed = await inspectModel(join(dirname(ridge), 'fixed-batch.onnx'), {
      openProbe: probeHere,
    });
    expect(fixed.maxBatch).toBe(1);
  });
});

describe('a model that ONNX Runtime does not open', () => {
  const failing =
    (error: Error): typeof openProbe =>
    async () => {
      throw error;
    };

  it.each([
    ['Opset 99 is not supported', 'export it for an older operator set'],
    ['Failed to construct locale with name: en_US', 'with the locale C.UTF-8'],
    ['Fatal error: Foo is not a registered function/op', 'custom operators are not there'],
    ['No Op registered for Foo', 'custom operators are not there'],
    ['something else', 'check that Python’s onnxruntime opens it'],
  ])('because of "%s" is refused with a remedy', async (why, remedy) => {
    const cause = new ProbeError(why);
    await expect(inspect(() => {}, failing(cause))).rejects.toMatchObject({
      name: 'ProbeError',
      message: expect.stringContaining(`ONNX Runtime does not open the model: ${why}. Remedy: `),
      cause,
    });
    await expect(inspect(() => {}, failing(cause))).rejects.toThrow(remedy);
  });

  it('within its limits is refused in the words of the limit', async () => {
    const cause = new ProbeError('The model did not open within 20 s: look for a loop');
    await expect(inspect(() => {}, failing(cause))).rejects.toBe(cause);
  });

  it('by a fault of this program is that fault', async () => {
    const cause = new TypeError('a fault of ours');
    await expect(inspect(() => {}, failing(cause))).rejects.toBe(cause);
  });

  it('as its IR version is too new is tried with the newest there is', async () => {
    const opened: bigint[] = [];
    const { changes, bytes } = await inspect(
      () => {},
      async (file, options) => {
        // What is in the file when it is opened, not a moment later.
        const { irVersion } = fromBinary(ModelProtoSchema, readFileSync(file));
        opened.push(irVersion);
        if (opened.length === 1)
          throw new ProbeError('Unsupported model IR version: 10, max supported IR version: 7');
        return probeHere(file, options);
      },
    );
    expect(opened).toEqual([10n, 7n]);
    expect(changes).toEqual([
      'IR version 10: lowered to 7, the newest that ONNX Runtime reads here',
    ]);
    expect(fromBinary(ModelProtoSchema, bytes).irVersion).toBe(7n);
  });

  it('with an older IR version either is refused with a remedy', async () => {
    let times = 0;
    const probe: typeof openProbe = async () => {
      times += 1;
      throw new ProbeError(
        times === 1 ? 'model IR version: 10, max supported IR version: 7' : 'Opset 99',
      );
    };
    await expect(inspect(() => {}, probe)).rejects.toThrow('older operator set');
    expect(times).toBe(2);
  });
});

it('a model without a graph is refused by name', async () => {
  const refused = inspect((model) => {
    delete model.graph;
  });
  await expect(refused).rejects.toBeInstanceOf(IntakeError);
});

it('closes the probe and leaves no file behind, whatever comes of it', async () => {
  const closed: boolean[] = [];
  let file = '';
  const probe =
    (fails: boolean): typeof openProbe =>
    async (path, options) => {
      file = path;
      const opened = await probeHere(path, options);
      const run: typeof opened.run = fails
        ? async () => {
            throw new ProbeError('it fails');
          }
        : opened.run;
      return { ...opened, run, close: () => closed.push(fails) };
    };
  await inspect(() => {}, probe(false));
  expect(() => readFileSync(file)).toThrow('ENOENT');
  await expect(inspect(() => {}, probe(true))).rejects.toThrow('it fails');
  expect(() => readFileSync(file)).toThrow('ENOENT');
  expect(closed).toEqual([false, true]);
});
