import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { bostonColumns, bostonSchema } from './boston-columns.ts';

it('is the contract of one input of thirteen columns and one price', () => {
  const schema = bostonSchema('any');
  expect(schema).toMatchObject({
    name: 'any',
    inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 13] }],
    outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
    maxBatch: 1000,
  });
  expect(schema.inputs[0]?.columns).toBe(bostonColumns);
});

it('loads nothing else: model functions import it at cold start', async () => {
  const file = new URL('./boston-columns.ts', import.meta.url).href;
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    await import('${file}');
    console.log(JSON.stringify(loaded));`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  expect(JSON.parse(stdout)).toEqual([file]);
});
