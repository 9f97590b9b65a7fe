import { afterEach, expect, it } from 'vitest';
import { InvocationError } from './errors.ts';
import { invokeLive } from './invoke-live.ts';
import { fakeLambda } from './testing/fake-lambda.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function invoke(answers: (event: unknown) => Readonly<Record<string, unknown>>) {
  const features = { functionVersion: '1', environments: {}, answers };
  const { client, close } = await fakeLambda({ 'chorus-features': features });
  closing.push(close);
  return invokeLive(client, 'chorus-features', { chorus: 'migrate' });
}

it('asks the live version, and answers what it answers', async () => {
  expect(await invoke((event) => ({ event, applied: ['001'] }))).toEqual({
    event: { chorus: 'migrate' },
    applied: ['001'],
  });
});

it("throws what a function fails with, by the name of the function's own error", async () => {
  const invoking = invoke(() => ({ errorType: 'MigrationError', errorMessage: '002 failed' }));
  await expect(invoking).rejects.toThrow(InvocationError);
  await expect(invoking).rejects.toMatchObject({
    errorType: 'MigrationError',
    message: 'chorus-features failed on {"chorus":"migrate"}: MigrationError: 002 failed',
  });
});
