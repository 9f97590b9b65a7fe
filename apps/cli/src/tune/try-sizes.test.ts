import { GetFunctionConfigurationCommand, ListAliasesCommand } from '@aws-sdk/client-lambda';
import { startLambda, type TestLambda } from '@chorus/emulator-lambda/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Trial, trySizes } from './try-sizes.ts';

let running: TestLambda;
afterEach(() => running.remove());

const FunctionName = 'tiny';

async function start(mood?: string): Promise<void> {
  running = await startLambda({ ...(mood !== undefined && { mood }) });
  const served = running.service.find(FunctionName);
  await served.publish({});
  await served.createAlias({ Name: 'live', FunctionVersion: '1' });
}

const trial = (more: Partial<Trial> = {}): Trial => ({
  lambda: running.client,
  functionName: FunctionName,
  alias: 'live',
  event: '{}',
  requests: 3,
  publishes: true,
  report: () => {},
  ...more,
});

async function state() {
  const { MemorySize, Environment } = await running.client.send(
    new GetFunctionConfigurationCommand({ FunctionName }),
  );
  const { Aliases = [] } = await running.client.send(new ListAliasesCommand({ FunctionName }));
  const versions = running.service.find(FunctionName).versions();
  return {
    MemorySize,
    Environment,
    aliases: Aliases.map(({ Name }) => Name),
    versions: versions.map(({ version }) => version),
  };
}

describe('sizes of a function', () => {
  it('are tried by versions of their own, and everything is put back', async () => {
    await start();
    const before = await state();
    const lines: string[] = [];
    const { now, tried } = await trySizes(
      trial({ report: (line) => lines.push(line) }),
      [128, 256],
    );
    expect(now).toBe(128);
    expect(tried).toMatchObject([
      { memoryMb: 128, reports: [{ memoryMb: 128 }, { memoryMb: 128 }, { memoryMb: 128 }] },
      { memoryMb: 256, reports: [{ memoryMb: 256 }, { memoryMb: 256 }, { memoryMb: 256 }] },
    ]);
    expect(await state()).toEqual(before);
    expect(lines).toEqual(['128 MB: 3 requests', '256 MB: 3 requests']);
  });

  it('are tried by $LATEST where that is nobody’s', async () => {
    await start();
    const before = await state();
    const { tried } = await trySizes(trial({ publishes: false }), [512]);
    expect(tried).toMatchObject([{ memoryMb: 512, reports: [{}, {}, {}] }]);
    expect(running.service.find(FunctionName).versions()).toHaveLength(1);
    expect(await state()).toEqual(before);
  });

  it('are told why they do not answer', async () => {
    await start('fails');
    const { tried } = await trySizes(trial(), [256]);
    expect(tried).toEqual([{ memoryMb: 256, failure: expect.stringContaining('no such row') }]);
  });

  it('are put back when it is interrupted in the middle', async () => {
    await start();
    const before = await state();
    const controller = new AbortController();
    const report = (line: string) => line.startsWith('512') && controller.abort(new Error('stop'));
    const trying = trySizes(trial({ signal: controller.signal, report }), [256, 512, 1024]);
    await expect(trying).rejects.toThrow('stop');
    expect(await state()).toEqual(before);
  });
});
