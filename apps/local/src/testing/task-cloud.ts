import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import {
  type Blueprint,
  bucket,
  type TableSpec,
  table,
  type WorkflowSpec,
} from '@chorus/blueprint';
import { linkedBlueprint } from '@chorus/blueprint/testing';
import { expect } from 'vitest';
import type { Cloud } from '../cloud.ts';
import { startIn } from './start-in.ts';

/** The physical names of what the tasks use. */
export const TableName = 'chorus-notes';
export const Bucket = 'chorus-papers';

const notes: TableSpec = {
  name: 'notes',
  purpose: '',
  key: { name: 'of', type: 'S' },
  sort: { name: 'at', type: 'N' },
};

const links = [
  table('notes', { access: 'read-write' }),
  bucket('papers', { access: 'read', prefix: '' }),
  bucket('papers', { access: 'write', prefix: '' }),
];

const [template] = linkedBlueprint.workflows;

/** A workflow of states that go on in their order, beginning with the first; in JSONata. */
export function workflow(name: string, states: object, type?: 'standard'): WorkflowSpec {
  if (template === undefined) throw new Error('no workflow to begin with');
  return {
    ...template,
    name,
    ...(type && { type }),
    functions: [],
    links,
    definition: { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states },
  };
}

/** A task of whatever the input says, for each integration. */
const asking = (resource: string): object => ({
  Ask: {
    Type: 'Task',
    Resource: `arn:aws:states:::${resource}`,
    Arguments: '{% $states.input %}',
    Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'Caught' }],
    End: true,
  },
  Caught: { Type: 'Pass', End: true },
});

/** The integrations that have a workflow each. */
const resources = [
  'dynamodb:getItem',
  'dynamodb:putItem',
  'dynamodb:updateItem',
  'dynamodb:deleteItem',
  'aws-sdk:dynamodb:getItem',
  'aws-sdk:dynamodb:putItem',
  'aws-sdk:dynamodb:query',
  'aws-sdk:s3:getObject',
  'aws-sdk:s3:putObject',
  'aws-sdk:s3:listObjectsV2',
] as const;
export type Integration = (typeof resources)[number];

/** Returns the name of the workflow that asks an integration. */
export const named = (resource: string): string => resource.replaceAll(':', '-');

/** Returns a key of the table. */
export const key = (of: string, at = 1): { of: { S: string }; at: { N: string } } => ({
  of: { S: of },
  at: { N: String(at) },
});

/** Returns the ARN of a workflow. */
export const arnOf = (name: string): string =>
  `arn:aws:states:us-east-1:000000000000:stateMachine:chorus-${name}`;

/** The end of an execution. */
interface Ended {
  readonly status: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly output: unknown;
}

/** A cloud with a table, a bucket, and a workflow for each integration. */
export interface TaskCloud {
  readonly cloud: Cloud;
  readonly client: SFNClient;
  close(): Promise<void>;
  /** Runs an Express workflow to its end. */
  run(name: string, input: unknown): Promise<Ended>;
  /** Asks an integration; its answer, or the error that a Catcher sees. */
  ask(resource: Integration, parameters: unknown): Promise<Record<string, unknown>>;
}

/** Starts the cloud. @param messaging its queues and topics */
export async function startTaskCloud(
  more: readonly WorkflowSpec[] = [],
  messaging: Pick<Blueprint, 'queues' | 'topics'> = {},
): Promise<TaskCloud> {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-tasks-'));
  const cloud = await startIn(directory, {
    ...messaging,
    tables: [notes],
    buckets: [{ name: 'papers', purpose: '' }],
    workflows: [
      ...resources.map((resource) => workflow(named(resource), asking(resource))),
      ...more,
    ],
  });
  const client = new SFNClient({
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: cloud.credentials,
    disableHostPrefix: true,
  });
  async function run(name: string, input: unknown): Promise<Ended> {
    const command = new StartSyncExecutionCommand({
      stateMachineArn: arnOf(name),
      input: JSON.stringify(input),
    });
    const { status, output, error, cause } = await client.send(command);
    return { status, error, cause, output: output === undefined ? undefined : JSON.parse(output) };
  }

  return {
    cloud,
    client,
    async close() {
      client.destroy();
      await cloud.stop();
      await rm(directory, { recursive: true, force: true });
    },
    run,
    async ask(resource, parameters) {
      const { status, output } = await run(named(resource), parameters);
      expect(status).toBe('SUCCEEDED');
      return Object(output);
    },
  };
}
