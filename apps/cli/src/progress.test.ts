import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { startProgress } from './progress.ts';

/** A stream that says it is a terminal of 80 columns. */
function terminal() {
  return Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
}

it('shows nothing in the first second, and the step after it', async () => {
  const stream = terminal();
  let now = 0;
  const progress = await startProgress('training svr', stream, () => now);
  progress.update('fit', 1, 10);
  now = 999;
  progress.update('fit', 2, 10);
  expect(stream.read()).toBeNull();
  now = 1000;
  progress.update('fit', 3, 10);
  progress.stop();
  expect(String(stream.read())).toContain('training svr  fit  ============');
});

it('writes nothing to a stream that is no terminal', async () => {
  const stream = new PassThrough();
  let now = 0;
  const progress = await startProgress('training svr', stream, () => now);
  now = 5000;
  progress.update('fit', 1, 10);
  progress.stop();
  expect(stream.read()).toBeNull();
});
