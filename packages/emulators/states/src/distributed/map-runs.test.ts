import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMapRuns as startIn } from '../testing/start-map-runs.ts';
import { invoke, states } from '../testing/start-standard.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-map-runs-'));
});
afterEach(() => rm(directory, { recursive: true }));

const startMapRuns = (options: Omit<Parameters<typeof startIn>[0], 'directory'>) =>
  startIn({ ...options, directory });

/** A distributed Map that asks the function `work` for each child. */
const map = (fields: object, type = 'EXPRESS'): Record<string, unknown> =>
  states({
    Each: {
      Type: 'Map',
      Label: 'each',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
        StartAt: 'Work',
        States: { Work: invoke('work', { End: true }) },
      },
      End: true,
      ...fields,
    },
  });

const read = (config: object, Key = 'in') => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: config,
    Arguments: { Bucket: 'box', Key },
  },
});
const csv = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
const write = {
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    Arguments: { Bucket: 'box', Prefix: 'out' },
  },
};

describe.each(['EXPRESS', 'STANDARD'])('a distributed Map of %s children', (type) => {
  it('runs a child for each item, and gives their outputs in the order of the items', async () => {
    const test = await startMapRuns({
      machines: { m: map({ MaxConcurrency: 2 }, type) },
      answer: async (item) => Number(item) * 2,
    });
    const { status, output } = await test.ended(await test.start('m', [3, 1, 2]));
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: '[6,2,4]' });
  });

  it('goes on after a restart with the children that had not ended', async () => {
    const asked: unknown[] = [];
    let hangs = true;
    const test = await startMapRuns({
      machines: { m: map({ MaxConcurrency: 3 }, type) },
      answer: (item) => {
        asked.push(item);
        return hangs && Number(item) > 4 ? new Promise(() => {}) : item;
      },
    });
    const arn = await test.start('m', [1, 2, 3, 4, 5, 6, 7, 8]);
    await expect.poll(() => asked.length).toBe(7);
    hangs = false;
    await test.restart();
    const { status, output } = await test.ended(arn);
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: '[1,2,3,4,5,6,7,8]' });
    // What had ended is not asked again, and what ran is.
    expect(asked.toSorted()).toEqual([1, 2, 3, 4, 5, 5, 6, 6, 7, 7, 8]);
  });

  it('is redriven with the children that have failed', async () => {
    const asked: unknown[] = [];
    let fails = true;
    const test = await startMapRuns({
      machines: { m: map({ MaxConcurrency: 1, ToleratedFailureCount: 1 }, type) },
      answer: (item) => {
        asked.push(item);
        if (fails && Number(item) % 2 === 0) throw new Error('even');
        return item;
      },
    });
    const arn = await test.start('m', [1, 2, 3, 4, 5]);
    expect(await test.ended(arn)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
    expect(asked).toEqual([1, 2, 3, 4]);
    fails = false;
    await test.client.send(new RedriveExecutionCommand({ executionArn: arn }));
    expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,3,4,5]' });
    expect(asked.slice(4).toSorted()).toEqual([2, 4, 5]);
    const types = (await test.history(arn)).map((event) => event.type);
    expect(types.filter((each) => each === 'MapRunStarted')).toHaveLength(1);
    expect(types).toContain('MapRunRedriven');
    const run = await test.client.send(
      new DescribeMapRunCommand({ mapRunArn: await test.mapRun(arn) }),
    );
    expect(run).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  });

  it('is stopped with its children', async () => {
    const test = await startMapRuns({
      machines: { m: map({ MaxConcurrency: 1 }, type) },
      answer: (item) => (item === 2 ? new Promise(() => {}) : item),
    });
    const executionArn = await test.start('m', [1, 2, 3]);
    const mapRunArn = await expect
      .poll(async () => {
        const arn = await test.mapRun(executionArn);
        if (arn === '') return undefined;
        const run = await test.client.send(new DescribeMapRunCommand({ mapRunArn: arn }));
        return run.itemCounts?.succeeded === 1 ? arn : undefined;
      })
      .not.toBeUndefined()
      .then(() => test.mapRun(executionArn));
    await test.client.send(new StopExecutionCommand({ executionArn }));
    await expect
      .poll(() => test.client.send(new DescribeMapRunCommand({ mapRunArn })))
      .toMatchObject({
        status: 'ABORTED',
        itemCounts: { succeeded: 1, aborted: 1, pending: 1, running: 0, total: 3 },
      });
  });
});

it('tells of the Map Run in the history, and of the children by their own ARNs', async () => {
  const test = await startMapRuns({
    machines: { m: map({ ToleratedFailurePercentage: 50, MaxConcurrency: 1 }) },
    answer: (item) => {
      if (item === 0) throw new RangeError('too bad');
      return item;
    },
  });
  const arn = await test.start('m', [1, 0]);
  const { output } = await test.ended(arn);
  expect(JSON.parse(output ?? '')).toMatchObject([1, { Error: 'RangeError', Status: 'FAILED' }]);
  const history = await test.history(arn);
  expect(history.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'MapStateEntered',
    'MapStateStarted',
    'MapRunStarted',
    'MapRunSucceeded',
    'MapStateSucceeded',
    'MapStateExited',
    'ExecutionSucceeded',
  ]);
  const mapRunArn = await test.mapRun(arn);
  expect(mapRunArn).toMatch(/^arn:aws:states:us-east-1:000000000000:mapRun:m\/each:[-\w]{36}$/);
  expect(history[3]).toMatchObject({ mapRunStartedEventDetails: { mapRunArn } });
  const run = await test.client.send(new DescribeMapRunCommand({ mapRunArn }));
  expect(run).toMatchObject({
    executionArn: arn,
    status: 'SUCCEEDED',
    maxConcurrency: 1,
    toleratedFailurePercentage: 50,
    itemCounts: { succeeded: 1, failed: 1, total: 2, pending: 0 },
    executionCounts: { succeeded: 1, failed: 1, total: 2 },
  });
  const failed = await test.client.send(
    new ListExecutionsCommand({ mapRunArn, statusFilter: 'FAILED' }),
  );
  const [child] = failed.executions ?? [];
  expect(failed.executions).toMatchObject([{ mapRunArn, itemCount: 1, status: 'FAILED' }]);
  expect(child?.executionArn).toMatch(/:express:m\/each:/);
  expect(
    await test.client.send(new DescribeExecutionCommand({ executionArn: child?.executionArn })),
  ).toMatchObject({ input: '0', error: 'RangeError', mapRunArn });
});

describe('the threshold of failures', () => {
  const items = Array.from({ length: 10 }, (_, index) => index);
  it.each([
    ['none', {}, 1, 'FAILED'],
    ['a count that is not exceeded', { ToleratedFailureCount: 2 }, 2, 'SUCCEEDED'],
    ['a count that is', { ToleratedFailureCount: 2 }, 3, 'FAILED'],
    ['a percentage that is not', { ToleratedFailurePercentage: 20 }, 2, 'SUCCEEDED'],
    ['a percentage that is', { ToleratedFailurePercentage: 20 }, 3, 'FAILED'],
    [
      'both, of which one is',
      { ToleratedFailureCount: 9, ToleratedFailurePercentage: 10 },
      2,
      'FAILED',
    ],
    ['a computed one', { ToleratedFailureCount: '{% $count($states.input) %}' }, 10, 'SUCCEEDED'],
  ])('with %s', async (_what, fields, failures, status) => {
    const test = await startMapRuns({
      machines: { m: map(fields) },
      answer: (item) => {
        if (Number(item) < failures) throw new Error('no');
        return item;
      },
    });
    expect(await test.ended(await test.start('m', items))).toMatchObject({ status });
  });

  it('counts every item of a batch', async () => {
    const test = await startMapRuns({
      machines: { m: map({ ItemBatcher: { MaxItemsPerBatch: 4 }, ToleratedFailureCount: 3 }) },
      answer: () => {
        throw new Error('no');
      },
    });
    expect(await test.ended(await test.start('m', items))).toMatchObject({ status: 'FAILED' });
  });

  it('changes while it runs, and so does how many run at once', async () => {
    let most = 0;
    let now = 0;
    const gates: (() => void)[] = [];
    const test = await startMapRuns({
      machines: { m: map({ MaxConcurrency: 1 }) },
      answer: async (item) => {
        now += 1;
        most = Math.max(most, now);
        await new Promise<void>((resolve) => gates.push(resolve));
        now -= 1;
        if (item === 0) throw new Error('no');
        return item;
      },
    });
    const arn = await test.start('m', items);
    await expect.poll(() => gates.length).toBe(1);
    await test.client.send(
      new UpdateMapRunCommand({
        mapRunArn: await test.mapRun(arn),
        maxConcurrency: 4,
        toleratedFailureCount: 1,
      }),
    );
    await expect.poll(() => gates.length).toBe(4);
    for (let open = 0; open < 10; open += 1) {
      await expect.poll(() => gates.length).toBeGreaterThan(open);
      gates[open]?.();
    }
    expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(most).toBe(4);
  });
});

describe('items', () => {
  const seen = async (body: string, fields: object, key = 'in') => {
    const items: unknown[] = [];
    const test = await startMapRuns({
      machines: { m: map({ MaxConcurrency: 1, ...fields }) },
      answer: (item) => {
        items.push(item);
        return null;
      },
    });
    await test.put(key, body);
    const ended = await test.ended(await test.start('m', { least: 2 }));
    return { ...ended, items };
  };

  it.each([
    [
      'a CSV',
      'a,b\n1,2\n3,4\n',
      csv,
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    ],
    ['a CSV without rows', 'a,b\n', csv, []],
    ['a CSV with a byte order mark', '\ufeffa\n1\n', csv, [{ a: '1' }]],
    [
      'a CSV with given headers and delimiter',
      '1;2\n',
      { ...csv, CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x', 'y'], CSVDelimiter: 'SEMICOLON' },
      [{ x: '1', y: '2' }],
    ],
    ['JSON', '[1, {"a": [2]}]', { InputType: 'JSON' }, [1, { a: [2] }]],
    ['JSON Lines', '1\n{"a":2}\n', { InputType: 'JSONL' }, [1, { a: 2 }]],
    ['no more than MaxItems', '[1,2,3]', { InputType: 'JSON', MaxItems: 2 }, [1, 2]],
    [
      'no more than a computed MaxItems',
      '[1,2,3]',
      { InputType: 'JSON', MaxItems: '{% $states.input.least %}' },
      [1, 2],
    ],
  ])('of %s', async (_what, body, config, expected) => {
    const { status, items } = await seen(body, read(config));
    expect({ status, items }).toEqual({ status: 'SUCCEEDED', items: expected });
  });

  it('are selected, and put together with their batch input', async () => {
    const { items } = await seen('a\n1\n2\n3\n', {
      ...read(csv),
      ItemSelector: {
        at: '{% $states.context.Map.Item.Index %}',
        is: '{% $states.context.Map.Item.Value.a %}',
      },
      ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { all: '{% $states.input.least %}' } },
    });
    expect(items).toEqual([
      {
        BatchInput: { all: 2 },
        Items: [
          { at: 0, is: '1' },
          { at: 1, is: '2' },
        ],
      },
      { BatchInput: { all: 2 }, Items: [{ at: 2, is: '3' }] },
    ]);
  });

  it('of a listing', async () => {
    const listing = {
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Arguments: { Bucket: 'box', Prefix: 'in/' },
      },
    };
    const { items } = await seen('abc', listing, 'in/x');
    expect(items).toEqual([
      {
        Etag: '"900150983cd24fb0d6963f7d28e17f72"',
        Key: 'in/x',
        LastModified: expect.any(Number),
        Size: 3,
        StorageClass: 'STANDARD',
      },
    ]);
  });

  it.each([
    [
      'an object that is not there',
      read(csv, 'other'),
      /s3:\/\/box\/other cannot be read.*NoSuchKey/,
    ],
    ['wrong quoting', read(csv), /quotes that record 2 opens are not closed/],
    ['another format', read({ InputType: 'JSON' }), /no JSON array/],
  ])('of %s fail the Map', async (_what, fields, cause) => {
    const ended = await seen('a\n"1\n', fields);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
    expect(ended.cause).toMatch(cause);
  });

  it('of an object that changes while they are read are not mixed', async () => {
    let hangs = true;
    const test = await startMapRuns({
      machines: { m: map({ ...read({ InputType: 'JSONL' }), ToleratedFailurePercentage: 100 }) },
      through: (call) => async (operation, parameters, signal) => {
        const answer = await call(operation, parameters, signal);
        if (operation !== 'GetObject' || !hangs) return answer;
        const Body = (async function* () {
          yield Buffer.from('1\n2\n');
          await new Promise(() => {});
        })();
        return { ...answer, Body };
      },
    });
    await test.put('in', '1\n2\n3\n');
    const arn = await test.start('m');
    await expect.poll(() => test.mapRun(arn)).not.toBe('');
    const mapRunArn = await test.mapRun(arn);
    const counts = async () =>
      (await test.client.send(new DescribeMapRunCommand({ mapRunArn }))).itemCounts;
    await expect.poll(counts).toMatchObject({ succeeded: 2 });
    hangs = false;
    await test.put('in', '4\n5\n6\n');
    await test.restart();
    expect(await test.ended(arn)).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 's3://box/in was changed while its items were read.',
    });
  });

  it('are read on after a restart where they had been read to', async () => {
    const items: unknown[] = [];
    let hangs = true;
    const test = await startMapRuns({
      machines: { m: map(read({ InputType: 'JSONL' })) },
      answer: (item) => {
        items.push(item);
        return item;
      },
      through: (call) => async (operation, parameters, signal) => {
        const answer = await call(operation, parameters, signal);
        if (operation !== 'GetObject' || !hangs) return answer;
        const Body = (async function* () {
          yield Buffer.from('1\n2\n');
          await new Promise(() => {});
        })();
        return { ...answer, Body };
      },
    });
    await test.put('in', '1\n2\n3\n4\n');
    const arn = await test.start('m');
    await expect.poll(() => items.length).toBe(2);
    hangs = false;
    await test.restart();
    expect(await test.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,3,4]' });
    expect(items).toEqual([1, 2, 3, 4]);
  });
});

it('speaks JSONPath as well', async () => {
  const items: unknown[] = [];
  const machine = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        InputPath: '$.in',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Work',
          States: {
            Work: {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke',
              Parameters: { FunctionName: 'work', 'Payload.$': '$' },
              OutputPath: '$.Payload',
              End: true,
            },
          },
        },
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { ...csv, MaxItemsPath: '$.most' },
          Parameters: { Bucket: 'box', 'Key.$': '$.key' },
        },
        ItemSelector: { 'row.$': '$$.Map.Item.Value', 'most.$': '$.most' },
        ItemBatcher: { MaxItemsPerBatchPath: '$.most', BatchInput: { 'key.$': '$.key' } },
        ToleratedFailureCountPath: '$.most',
        MaxConcurrencyPath: '$.most',
        ResultPath: '$.out',
        End: true,
      },
    },
  };
  const test = await startMapRuns({
    machines: { m: machine },
    answer: (item) => {
      items.push(item);
      return 'done';
    },
  });
  await test.put('rows', 'a\n1\n2\n3\n');
  const arn = await test.start('m', { in: { key: 'rows', most: 2 } });
  expect(await test.ended(arn)).toMatchObject({
    output: '{"in":{"key":"rows","most":2},"out":["done"]}',
  });
  expect(items).toEqual([
    {
      BatchInput: { key: 'rows' },
      Items: [
        { row: { a: '1' }, most: 2 },
        { row: { a: '2' }, most: 2 },
      ],
    },
  ]);
});

it('is a state like others inside a Parallel, and has no part in the variables around it', async () => {
  const Each = {
    Type: 'Map',
    Items: [1, 2],
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: 'P',
      States: {
        P: { Type: 'Pass', Assign: { x: 1 }, Output: '{% $states.input + 1 %}', End: true },
      },
    },
    End: true,
  };
  const test = await startMapRuns({
    machines: {
      m: states({
        First: { Type: 'Pass', Assign: { x: 7 }, Next: 'Both' },
        Both: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'Each', States: { Each } },
            { StartAt: 'Own', States: { Own: { Type: 'Pass', Output: '{% $x %}', End: true } } },
          ],
          End: true,
        },
      }),
    },
  });
  const { output } = await test.ended(await test.start('m'));
  expect(output).toBe('[[2,3],7]');
});

describe('results', () => {
  const odd = (item: unknown) => {
    if (Number(item) % 2 === 0) throw new RangeError('even');
    return [item, item];
  };

  it('are written by status, with a manifest', async () => {
    const test = await startMapRuns({
      machines: { m: map({ ...write, ToleratedFailurePercentage: 100 }) },
      answer: odd,
    });
    const arn = await test.start('m', [1, 2, 3]);
    const { output } = await test.ended(arn);
    const mapRunArn = await test.mapRun(arn);
    const folder = `out/${mapRunArn.split(':').at(-1)}`;
    const Key = `${folder}/manifest.json`;
    expect(JSON.parse(output ?? '')).toEqual({
      MapRunArn: mapRunArn,
      ResultWriterDetails: { Bucket: 'box', Key },
    });
    expect(await test.json(Key)).toEqual({
      DestinationBucket: 'box',
      MapRunArn: mapRunArn,
      ResultFiles: {
        FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: expect.any(Number) }],
        PENDING: [],
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: expect.any(Number) }],
      },
    });
    expect(await test.json(`${folder}/SUCCEEDED_0.json`)).toMatchObject([
      {
        Input: '1',
        Output: '[1,1]',
        Status: 'SUCCEEDED',
        StateMachineArn: expect.stringMatching(/m\/each$/),
      },
      { Input: '3', Output: '[3,3]' },
    ]);
    expect(await test.json(`${folder}/FAILED_0.json`)).toMatchObject([
      { Input: '2', Error: 'RangeError', Status: 'FAILED' },
    ]);
    const run = await test.client.send(new DescribeMapRunCommand({ mapRunArn }));
    expect(run.itemCounts).toMatchObject({ resultsWritten: 3 });
  });

  it('are written as lines, flattened', async () => {
    const WriterConfig = { Transformation: 'FLATTEN', OutputType: 'JSONL' };
    const test = await startMapRuns({
      machines: { m: map({ ResultWriter: { ...write.ResultWriter, WriterConfig } }) },
      answer: odd,
    });
    const arn = await test.start('m', [1, 3]);
    await test.ended(arn);
    const folder = `out/${(await test.mapRun(arn)).split(':').at(-1)}`;
    expect(await test.text(`${folder}/SUCCEEDED_0.jsonl`)).toBe('1\n1\n3\n3\n');
  });

  it('are written as well when the Map fails, with what has not begun', async () => {
    const test = await startMapRuns({
      machines: { m: map({ ...write, MaxConcurrency: 1 }) },
      answer: odd,
    });
    const arn = await test.start('m', [1, 2, 3]);
    expect(await test.ended(arn)).toMatchObject({ status: 'FAILED' });
    const folder = `out/${(await test.mapRun(arn)).split(':').at(-1)}`;
    expect(await test.json(`${folder}/PENDING_0.json`)).toMatchObject([
      { Input: '3', Status: 'PENDING' },
    ]);
  });

  it('that cannot be written fail the Map', async () => {
    const Arguments = { Bucket: 'none' };
    const test = await startMapRuns({
      machines: { m: map({ ResultWriter: { ...write.ResultWriter, Arguments } }) },
    });
    expect(await test.ended(await test.start('m', [1]))).toMatchObject({
      status: 'FAILED',
      error: 'States.ResultWriterFailed',
      cause: expect.stringContaining('s3://none/'),
    });
  });

  it('that a state cannot hold fail it', async () => {
    const test = await startMapRuns({
      machines: { m: map({}) },
      answer: () => 'x'.repeat(100_000),
    });
    expect(await test.ended(await test.start('m', [1, 2, 3]))).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  });
});
