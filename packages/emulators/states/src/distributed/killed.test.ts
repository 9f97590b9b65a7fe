import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createS3 } from '@chorus/emulator-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { standardExecutionArn } from '../check-arn.ts';
import { invoke, machineArn, states } from '../testing/start-standard.ts';

const rows = 40;
const atOnce = 3;
const arn = standardExecutionArn('rows', 'one');

const machine = (type: string): unknown =>
  states({
    Each: {
      Type: 'Map',
      Label: 'each',
      MaxConcurrency: atOnce,
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Arguments: { Bucket: 'box', Key: 'rows.csv' },
      },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
        StartAt: 'Work',
        States: { Work: invoke('work', { End: true }) },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
        Arguments: { Bucket: 'box', Prefix: 'out' },
      },
      End: true,
    },
  });

/**
 * Runs the machine in the folder of its first argument: one line of standard output for each event of the function, which
 * answers no more of them than its second argument says.
 */
const program = (type: string): string => `
  const { appendFileSync } = await import('node:fs');
  const { createStates } = await import(${JSON.stringify(join(import.meta.dirname, '../create-states.ts'))});
  const { callerOf } = await import(${JSON.stringify(join(import.meta.dirname, '../testing/s3-caller.ts'))});
  const { createS3 } = await import('@chorus/emulator-s3');
  const [, directory, answered] = process.argv;
  let asked = 0;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const s3 = await createS3({ directory: directory + '/s3', credentials });
  const { service, resume } = createStates({
    directory: directory + '/states',
    credentials,
    machines: [{ name: 'rows', type: 'STANDARD', definition: ${JSON.stringify(machine(type))}, substitutions: {} }],
    callers: { s3: callerOf(s3.service) },
    lambda: {
      async invoke({ payload }) {
        const { Items } = JSON.parse(Buffer.from(payload).toString());
        appendFileSync(directory + '/asked', JSON.stringify(Items) + '\\n');
        console.log('asked');
        asked += 1;
        await new Promise((resolve) => asked <= Number(answered) && setImmediate(resolve));
        return { payload: Buffer.from(JSON.stringify(Items)), executedVersion: '1' };
      },
    },
  });
  await service.start('${machineArn('rows')}', '{}', { name: 'one' }).catch(() => {});
  resume();
  const { status, output } = await service.executions.ended('${arn}', new AbortController().signal);
  console.log('ended ' + status + ' ' + output);
`;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-map-killed-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Works in a process of its own, which is killed when its function has been asked so often; returns how it ended. */
async function work(type: string, killAfter: number): Promise<string | undefined> {
  const args = ['--input-type=module', '--eval', program(type), directory, String(killAfter)];
  const cwd = import.meta.dirname;
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd });
  const exit = once(child, 'exit');
  let asked = 0;
  let end: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('ended')) end = line;
    else asked += 1;
    if (end !== undefined || asked >= killAfter) break;
  }
  child.kill('SIGKILL');
  await exit;
  return end;
}

it.each(['EXPRESS', 'STANDARD'])(
  'has every row once in its results when its process is killed, with %s children',
  async (type) => {
    const s3 = await createS3({ directory: join(directory, 's3'), credentials: testCredentials });
    await s3.service.createBucket('box');
    const numbers = Array.from({ length: rows }, (_, index) => index);
    const Body = Buffer.from(['row', ...numbers].join('\n'));
    await s3.service.call('PutObject', { Bucket: 'box', Key: 'rows.csv', Body })?.();

    const kills = [1, 7];
    for (const killAfter of kills) expect(await work(type, killAfter)).toBeUndefined();
    const end = await work(type, Number.POSITIVE_INFINITY);
    expect(end).toMatch(/^ended SUCCEEDED/);

    const { ResultWriterDetails } = JSON.parse(end?.replace('ended SUCCEEDED ', '') ?? '');
    const after = await createS3({
      directory: join(directory, 's3'),
      credentials: testCredentials,
    });
    const text = async (Key: string): Promise<string> => {
      const answer = await after.service.call('GetObject', { Bucket: 'box', Key })?.();
      const chunks: Uint8Array[] = [];
      const body = (answer?.['Body'] ?? []) as AsyncIterable<Uint8Array>;
      for await (const chunk of body) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
    const { ResultFiles } = JSON.parse(await text(ResultWriterDetails.Key));
    const lines = (await text(ResultFiles.SUCCEEDED[0].Key)).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      numbers.map((row) => ({ row: `${row}` })),
    );

    const asked = (await readFile(join(directory, 'asked'), 'utf8')).trim().split('\n');
    // Only what ran when a process was killed has been asked twice.
    expect(asked.length).toBeLessThanOrEqual(rows / 2 + kills.length * atOnce);
    expect(new Set(asked).size).toBe(rows / 2);
  },
);
