import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openProbe, type Probe } from './probe.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const options = { optimize: false, bytes: 1000 };

let probe: Probe | undefined;
afterEach(() => probe?.close());

async function open(name: string, more: object = {}): Promise<Probe> {
  probe = await openProbe(join(fixtures, `${name}.onnx`), { ...options, ...more });
  return probe;
}

const X = { name: 'X', datatype: 'FP32', shape: [1, 4], data: [0, 0, 0, 0] } as const;
const variable = { name: 'variable', datatype: 'FP32' } as const;

describe('a model in a process of its own', () => {
  it.each([false, true])('answers (optimised: %s)', async (optimize) => {
    const { run, isOpen } = await open('exports/ridge', { optimize });
    expect(await run([X], [variable])).toEqual([
      { ...variable, shape: [1, 1], data: [expect.any(Number)] },
    ]);
    expect(isOpen()).toBe(true);
  });

  it('stays open when it refuses what it was asked', async () => {
    const { run, isOpen } = await open('exports/ridge');
    await expect(run([{ ...X, shape: [2, 2] }], [variable])).rejects.toMatchObject({
      name: 'ProbeError',
      message: expect.stringContaining('invalid dimensions'),
    });
    expect(isOpen()).toBe(true);
    expect(await run([X], [variable])).toHaveLength(1);
  });

  it('is not opened when ONNX Runtime refuses it', async () => {
    // In ONNX Runtime's own words, which the inspection explains.
    await expect(open('refused/text')).rejects.toMatchObject({
      name: 'ProbeError',
      message: expect.stringMatching(/^Load model from \S+text\.onnx failed/),
    });
  });

  it('is no more once it has taken longer than its limit', async () => {
    const { run, isOpen } = await open('refused/endless-loop', { limits: { milliseconds: 3000 } });
    await expect(run([X], [{ name: 'Y', datatype: 'FP32' }])).rejects.toThrow(
      'The model did not answer within 3 s',
    );
    expect(isOpen()).toBe(false);
  });

  it('is not opened once it has taken more memory than its limit', async () => {
    // Less than any process has from its beginning.
    await expect(open('exports/ridge', { limits: { megabytes: 1 } })).rejects.toThrow(
      'The model took more than 1 MB to open: look for a constant or a Range without an end',
    );
  });

  it('is no more once it is closed', async () => {
    const { run, isOpen, close } = await open('exports/ridge');
    close();
    expect(isOpen()).toBe(false);
    await expect(run([X], [variable])).rejects.toThrow();
  });
});
