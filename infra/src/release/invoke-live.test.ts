import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { startLambda, type TestLambda } from '@chorus/emulator-lambda/testing';
import { afterEach, expect, it } from 'vitest';
import { InvocationError } from '../errors.ts';
import { invokeLive } from './invoke-live.ts';

const FunctionName = 'chorus-features';
let lambda: TestLambda | undefined;
afterEach(() => lambda?.remove());

/** Asks a function whose version 1 is live. @param mood how it answers: by the event itself, or it `fails` */
async function invoke(mood?: string): Promise<unknown> {
  lambda = await startLambda({ names: [FunctionName], ...(mood !== undefined && { mood }) });
  await lambda.client.send(new PublishVersionCommand({ FunctionName }));
  await lambda.client.send(
    new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }),
  );
  return invokeLive(lambda.client, FunctionName, { chorus: 'migrate' });
}

it('asks the live version, and answers what it answers', async () => {
  expect(await invoke()).toEqual({ chorus: 'migrate' });
});

it("throws what a function fails with, by the name of the function's own error", async () => {
  const invoking = invoke('fails');
  await expect(invoking).rejects.toThrow(InvocationError);
  await expect(invoking).rejects.toMatchObject({
    errorType: 'RangeError',
    message: 'chorus-features failed on {"chorus":"migrate"}: RangeError: no such row',
  });
});
