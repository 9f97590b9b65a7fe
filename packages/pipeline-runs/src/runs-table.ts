import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { FirstRun, PipelineRun, RunSource, RunStatus } from './pipeline-run.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** Seconds after which a run that never ended holds its content no longer: Step Functions has stopped it by then. */
const longestRunSeconds = 8 * 24 * 60 * 60;

/** What a run ended with. */
export interface RunEnding {
  readonly status: RunStatus;
  readonly ended: string;
  /** Key of its report. */
  readonly report: string;
  readonly summary: string;
  readonly live: Readonly<Record<string, string>>;
}

/** What a run waits with for a person. */
interface RunWaiting {
  /** Of the task that waits. */
  readonly token: string;
  readonly summary: string;
  /** Key of the report that the person decides by. */
  readonly report: string;
  /** ISO 8601. */
  readonly until: string;
}

/** The runs of pipelines. Every write may come twice. */
export interface RunsTable {
  /**
   * Takes a content for a run, unless another has: then it returns that one. A run that failed, or never ended, has it no longer.
   *
   * @param again takes it in any case
   */
  claim(run: RunSource, again?: boolean): Promise<FirstRun | undefined>;
  /** Writes down a run that begins; one that is there stays as it is. */
  begin(run: RunSource): Promise<void>;
  /** Writes down a run that ended at once, because its content was known. */
  recordKnown(run: RunSource, first: FirstRun): Promise<void>;
  /** Writes down that a run waits for a person. */
  wait(run: RunSource, waiting: RunWaiting): Promise<void>;
  end(run: RunSource, ending: RunEnding): Promise<void>;
  /** Gives the content of a run back, so that another may try it. */
  release(run: RunSource): Promise<void>;
  /** The runs of a pipeline, the newest first. */
  list(pipeline: string, most: number): Promise<readonly PipelineRun[]>;
}

const text = (item: Item, name: string): string => item[name]?.S ?? '';

const idOf = ({ started, execution }: Pick<RunSource, 'started' | 'execution'>): string =>
  `run:${started}:${execution}`;

const contentOf = ({ etag }: Pick<RunSource, 'etag'>): string => `content:${etag}`;

function itemOf(run: RunSource): Record<string, AttributeValue> {
  const { pipeline, execution, started, key, etag, size, output, drift } = run;
  return {
    pipeline: { S: pipeline },
    id: { S: idOf(run) },
    execution: { S: execution },
    started: { S: started },
    key: { S: key },
    etag: { S: etag },
    size: { N: String(size) },
    output: { S: output },
    ...(drift && { drift: { S: JSON.stringify(drift) } }),
  };
}

function firstOf(item: Item): FirstRun {
  return {
    execution: text(item, 'execution'),
    key: text(item, 'key'),
    started: text(item, 'started'),
  };
}

function runOf(item: Item): PipelineRun {
  const optional = Object.fromEntries(
    ['ended', 'report', 'summary', 'token', 'until'].flatMap((name) => {
      const value = item[name]?.S;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const [live, first, drift] = ['live', 'first', 'drift'].map((name) => item[name]?.S);
  return {
    pipeline: text(item, 'pipeline'),
    execution: text(item, 'execution'),
    started: text(item, 'started'),
    key: text(item, 'key'),
    etag: text(item, 'etag'),
    size: Number(item['size']?.N ?? 0),
    output: text(item, 'output'),
    status: text(item, 'status') as RunStatus,
    ...optional,
    ...(live !== undefined && { live: JSON.parse(live) }),
    ...(first !== undefined && { first: JSON.parse(first) }),
    ...(drift !== undefined && { drift: JSON.parse(drift) }),
  };
}

/** Returns why a run ended at once. Training is repeatable, so the same rows would make the same model again. */
function summaryOfKnown({ drift }: RunSource, first: FirstRun): string {
  const known = `the same content as ${first.key}, of the run ${first.execution}`;
  if (drift === undefined) return known;
  const { model, version, columns } = drift;
  return `${model} ${version} has drifted (${columns.join(', ')}), and there are no newer rows to learn from: ${known}. Upload a file with rows of now`;
}

const isTaken = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof ConditionalCheckFailedException;

/** Opens the table of runs. Errors are those of the AWS SDK. */
export function openRuns(client: DynamoDBClient, table: string): RunsTable {
  /** Writes an item where there is none of its id. @returns whether it did */
  async function putNew(Item: Record<string, AttributeValue>): Promise<void> {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item,
          ConditionExpression: 'attribute_not_exists(id)',
        }),
      );
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }

  async function takenBy(run: RunSource): Promise<FirstRun | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pipeline: { S: run.pipeline }, id: { S: contentOf(run) } },
        ConsistentRead: true,
      }),
    );
    return Item && firstOf(Item);
  }

  return {
    async claim(run, again = false) {
      const { pipeline, execution, started, key } = run;
      const over = new Date(Date.parse(started) - longestRunSeconds * 1000).toISOString();
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: {
              pipeline: { S: pipeline },
              id: { S: contentOf(run) },
              execution: { S: execution },
              started: { S: started },
              key: { S: key },
              done: { BOOL: false },
            },
            ...(!again && {
              ConditionExpression:
                'attribute_not_exists(id) OR #execution = :execution OR (#done = :false AND #started < :over)',
              ExpressionAttributeNames: {
                '#execution': 'execution',
                '#done': 'done',
                '#started': 'started',
              },
              ExpressionAttributeValues: {
                ':execution': { S: execution },
                ':false': { BOOL: false },
                ':over': { S: over },
              },
            }),
          }),
        );
        return undefined;
      } catch (error) {
        if (!isTaken(error)) throw error;
        // Given back since: whoever asks again gets it.
        return (await takenBy(run)) ?? { execution, key, started };
      }
    },
    begin: (run) => putNew({ ...itemOf(run), status: { S: 'running' } }),
    recordKnown: (run, first) =>
      putNew({
        ...itemOf(run),
        status: { S: 'known' },
        ended: { S: run.started },
        first: { S: JSON.stringify(first) },
        summary: { S: summaryOfKnown(run, first) },
      }),
    async wait(run, { token, summary, report, until }) {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pipeline: { S: run.pipeline }, id: { S: idOf(run) } },
          UpdateExpression:
            'SET #status = :status, #token = :token, #summary = :summary, #report = :report, #until = :until',
          ExpressionAttributeNames: {
            '#status': 'status',
            '#token': 'token',
            '#summary': 'summary',
            '#report': 'report',
            '#until': 'until',
          },
          ExpressionAttributeValues: {
            ':status': { S: 'waiting' },
            ':token': { S: token },
            ':summary': { S: summary },
            ':report': { S: report },
            ':until': { S: until },
          },
        }),
      );
    },
    async end(run, { status, ended, report, summary, live }) {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            ...itemOf(run),
            status: { S: status },
            ended: { S: ended },
            report: { S: report },
            summary: { S: summary },
            live: { S: JSON.stringify(live) },
          },
        }),
      );
      if (status === 'failed') return;
      await client
        .send(
          new UpdateItemCommand({
            TableName: table,
            Key: { pipeline: { S: run.pipeline }, id: { S: contentOf(run) } },
            UpdateExpression: 'SET #done = :true',
            ConditionExpression: '#execution = :execution',
            ExpressionAttributeNames: { '#done': 'done', '#execution': 'execution' },
            ExpressionAttributeValues: {
              ':true': { BOOL: true },
              ':execution': { S: run.execution },
            },
          }),
        )
        .catch((error: unknown) => {
          // A later run has taken the content.
          if (!isTaken(error)) throw error;
        });
    },
    async release(run) {
      await client
        .send(
          new DeleteItemCommand({
            TableName: table,
            Key: { pipeline: { S: run.pipeline }, id: { S: contentOf(run) } },
            ConditionExpression: '#execution = :execution',
            ExpressionAttributeNames: { '#execution': 'execution' },
            ExpressionAttributeValues: { ':execution': { S: run.execution } },
          }),
        )
        .catch((error: unknown) => {
          if (!isTaken(error)) throw error;
        });
    },
    async list(pipeline, most) {
      const runs: PipelineRun[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: '#pipeline = :pipeline AND begins_with(#id, :run)',
          ExpressionAttributeNames: { '#pipeline': 'pipeline', '#id': 'id' },
          ExpressionAttributeValues: { ':pipeline': { S: pipeline }, ':run': { S: 'run:' } },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: Math.min(most, 100),
        },
      );
      for await (const { Items = [] } of pages) {
        runs.push(...Items.map(runOf));
        if (runs.length >= most) break;
      }
      return runs.slice(0, most);
    },
  };
}
