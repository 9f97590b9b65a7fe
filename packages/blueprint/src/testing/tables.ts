import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatesError, type TaskRequest } from '@chorus/asl';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createDynamodb } from '@chorus/emulator-dynamodb';
import type { TableSpec } from '../types.ts';

const operations: Readonly<Record<string, string>> = {
  'aws-sdk:dynamodb:query': 'Query',
  'dynamodb:getItem': 'GetItem',
  'dynamodb:putItem': 'PutItem',
  'dynamodb:updateItem': 'UpdateItem',
  'dynamodb:deleteItem': 'DeleteItem',
};

/** Tables that the tasks of a state machine ask. */
export interface Tables {
  /** The operations that were asked for, in their order. */
  readonly asked: string[];
  /** What an operation does instead of its own, by name. */
  readonly trouble: Record<string, () => Promise<unknown>>;
  /** Runs an operation without writing it down. */
  run(operation: string, parameters: object): Promise<Readonly<Record<string, unknown>>>;
  /** Runs a task; undefined for one of another service. */
  runTask(task: Pick<TaskRequest, 'resource' | 'arguments'>): Promise<unknown> | undefined;
  close(): Promise<void>;
}

/** Makes tables of these specs in a folder of their own. */
export async function openTables(specs: readonly TableSpec[]): Promise<Tables> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-tables-'));
  const { service, close } = createDynamodb({ directory: folder, credentials: testCredentials });
  for (const { name, key, sort, ttl } of specs)
    await service.ensureTable({ name, key, ...(sort && { sort }), ...(ttl && { ttl }) });
  const asked: string[] = [];
  const trouble: Record<string, () => Promise<unknown>> = {};
  async function ask(operation: string, parameters: unknown): Promise<unknown> {
    asked.push(operation);
    await trouble[operation]?.();
    try {
      return await service.run(operation, { ...Object(parameters) });
    } catch (error) {
      const { name, message } = error as Error;
      throw new StatesError(`DynamoDB.${name}`, message, { cause: error });
    }
  }
  return {
    asked,
    trouble,
    run: (operation, parameters) => service.run(operation, { ...parameters }),
    runTask({ resource, arguments: given }) {
      const operation = operations[resource.replace('arn:aws:states:::', '')];
      return operation === undefined ? undefined : ask(operation, given);
    },
    async close() {
      await close();
      await rm(folder, { recursive: true });
    },
  };
}
