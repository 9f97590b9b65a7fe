import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Blueprint, driftTable, model, physicalName, watchDrift } from '@chorus/blueprint';
import { merge, readWindowItem, type WindowCounts } from '@chorus/drift';
import type { InferRequest } from '@chorus/protocol';
import { bostonColumns, bostonExample } from '@chorus/training/boston';
import { region } from '../../src/index.ts';
import { chorus } from '../chorus.ts';
import { startServingCloud, type TestCloud } from '../test-cloud.ts';

/** A run: how many requests, which share of them is killed, and what chance hangs on. */
export interface Load {
  readonly count: number;
  /** `5%`; none kills nothing. */
  readonly kills?: string;
  readonly seed: number;
  /** Called with a line for a person. */
  report(line: string): void;
}

/** What a run came to. */
export interface Outcome {
  /** Requests by what they had in the column that is looked at: those that were answered, and those whose process was killed. */
  readonly answered: readonly number[];
  readonly killed: readonly number[];
  /** What was counted in the end: first once, and then once more. */
  readonly counted: WindowCounts;
  readonly again: WindowCounts;
}

const name = 'linear-regression';
/** The column with another value in each request, and the one value for each kind of request. */
const column = 'LSTAT';
const values = [1, 9, 13, 35] as const;
/** Requests at once. */
const atOnce = 16;

function requestOf(value: number): InferRequest {
  const row: Readonly<Record<string, number>> = { ...bostonExample, [column]: value };
  const data = bostonColumns.map((each) => Number(row[each.name]));
  return { inputs: [{ name: 'features', datatype: 'FP64', shape: [1, data.length], data }] };
}

const watch = watchDrift();
const blueprint: Blueprint = {
  functions: [model(name, { example: requestOf(5) }), ...watch.functions],
  workflows: [],
  routes: [],
  buckets: [{ name: 'models', purpose: '' }],
  tables: watch.tables,
  buses: watch.buses,
};

/** Asks the model so often; returns how many of each kind were answered, and killed. */
async function ask(cloud: TestCloud, { count, report }: Load) {
  const client = new LambdaClient({
    endpoint: cloud.url,
    region,
    credentials: cloud.credentials,
    // One that is throttled is sent again.
    maxAttempts: 20,
  });
  const [answered, killed] = [values.map(() => 0), values.map(() => 0)];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const kind = next % values.length;
      next += 1;
      if (next % 2000 === 0) report(`${next} requests sent`);
      const { FunctionError } = await client.send(
        new InvokeCommand({
          FunctionName: physicalName(name),
          Qualifier: 'live',
          Payload: Buffer.from(JSON.stringify(requestOf(values[kind] ?? 0))),
        }),
      );
      const tally = FunctionError === undefined ? answered : killed;
      tally[kind] = (tally[kind] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  client.destroy();
  return { answered, killed };
}

/** Has the function count, and reads what it kept: the sum of all hours. */
async function count({ url: endpoint, credentials }: TestCloud): Promise<WindowCounts> {
  const lambda = new LambdaClient({ endpoint, region, credentials });
  const { FunctionError, Payload = [] } = await lambda.send(
    new InvokeCommand({
      FunctionName: physicalName('count-drift'),
      Qualifier: 'live',
      Payload: Buffer.from('{"hours":3}'),
    }),
  );
  lambda.destroy();
  if (FunctionError !== undefined) throw new Error(Buffer.from(Payload).toString());
  const dynamodb = new DynamoDBClient({ endpoint, region, credentials });
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: physicalName(driftTable),
      KeyConditionExpression: 'model = :model',
      ExpressionAttributeValues: { ':model': { S: name } },
      ConsistentRead: true,
    }),
  );
  dynamodb.destroy();
  // Beside the windows there is the last verdict on the model.
  return Items.flatMap(({ counts }) =>
    counts?.S === undefined ? [] : [readWindowItem({ counts: counts.S })],
  ).reduce(merge);
}

/** Asks a model while its processes are killed by chance, and then has what it was asked counted. */
export async function runLoad(load: Load): Promise<Outcome> {
  const cloud = await startServingCloud(undefined, blueprint);
  try {
    const { kills, seed } = load;
    const chaos = ['chaos', 'kill', `function:${name}`, '--share', kills ?? '', '--for', '6h'];
    if (kills !== undefined) {
      const { code, err } = await chorus(cloud, [...chaos, '--seed', String(seed)]);
      if (code !== 0) throw new Error(err);
    }
    const asked = await ask(cloud, load);
    await chorus(cloud, ['chaos', 'stop']);
    load.report('all are answered; counting');
    const counted = await count(cloud);
    return { ...asked, counted, again: await count(cloud) };
  } finally {
    await cloud.remove();
  }
}

/** Returns the bins of the column that is looked at, one for each kind of request: these are far apart. */
export function binsOfKinds({ inputs }: WindowCounts): readonly number[] {
  return (inputs[column]?.bins ?? []).filter((each) => each > 0);
}
