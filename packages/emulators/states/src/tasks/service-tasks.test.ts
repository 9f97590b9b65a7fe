import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineArn, startStandard, states } from '../testing/start-standard.ts';
import { type CallService, type ServiceCallers, ServiceError } from './service-callers.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chorus-service-tasks-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const put = { TableName: 'notes', Item: { id: { S: 'a' } } };
const get = { Bucket: 'papers', Key: 'a' };

const task = (resource: string, fields: object): Record<string, unknown> =>
  states({ Ask: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, End: true, ...fields } });

const machines = {
  put: task('dynamodb:putItem', { Arguments: put }),
  late: task('dynamodb:putItem', { Arguments: put, TimeoutSeconds: 60 }),
  query: task('aws-sdk:dynamodb:query', { Arguments: { TableName: 'notes' } }),
  get: task('aws-sdk:s3:getObject', { Arguments: get }),
  token: task('aws-sdk:s3:getObject.waitForTaskToken', {
    Arguments: { ...get, Key: '{% $states.context.Task.Token %}' },
  }),
};

const start = (callers: ServiceCallers, express: readonly string[] = []) =>
  startStandard({ directory, machines, callers, express });

const refuse =
  (name: string, status: number): CallService =>
  async () => {
    throw new ServiceError(name, 'no', status);
  };

/** Answers nothing, until the task is stopped. */
function silent(): { readonly call: CallService; readonly asked: unknown[]; stopped: number } {
  const asked: unknown[] = [];
  const service = {
    asked,
    stopped: 0,
    call: (operation: string, parameters: object, signal: AbortSignal) => {
      asked.push([operation, parameters]);
      return new Promise<never>((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          service.stopped += 1;
          reject(signal.reason);
        }),
      );
    },
  };
  return service;
}

describe('a task whose service', () => {
  it.each([
    [
      'put',
      { dynamodb: refuse('InternalServerError', 500) },
      'DynamoDB.InternalServerErrorException',
    ],
    ['put', { dynamodb: refuse('ValidationException', 400) }, 'DynamoDB.AmazonDynamoDBException'],
    [
      'query',
      { dynamodb: refuse('RequestLimitExceeded', 400) },
      'DynamoDb.RequestLimitExceededException',
    ],
    ['query', { dynamodb: refuse('toString', 400) }, 'DynamoDb.DynamoDbException'],
    ['get', { s3: refuse('SlowDown', 503) }, 'S3.S3Exception'],
    ['get', { s3: refuse('NoSuchBucket', 404) }, 'S3.NoSuchBucketException'],
  ])('refuses %s has the error that AWS names: $1', async (name, callers, error) => {
    const { emulator } = await start(callers, Object.keys(machines).slice(0, 4));
    const { result } = await emulator.service.startSync(machineArn(name), {});
    expect(result).toMatchObject({ status: 'FAILED', error });
  });

  it('is not there fails by its name', async () => {
    const { emulator } = await start({}, ['get']);
    const { result } = await emulator.service.startSync(machineArn('get'), {});
    expect(result).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('no s3'),
    });
  });

  it('cannot be reached has the fault’s own name', async () => {
    const fault = Object.assign(new Error('refused'), { name: 'ConnectionError' });
    const { emulator } = await start({ s3: () => Promise.reject(fault) }, ['get']);
    const { result } = await emulator.service.startSync(machineArn('get'), {});
    expect(result).toMatchObject({ status: 'FAILED', error: 'ConnectionError', cause: 'refused' });
  });

  it('does not answer times out, and the call is stopped', async () => {
    const dynamodb = silent();
    const service = await start({ dynamodb: dynamodb.call });
    const arn = await service.start('late');
    await service.reached(arn, 'TaskStarted');
    service.clock.advance(60_000);
    expect(await service.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(dynamodb.stopped).toBe(1);
  });

  it('had not answered when the process ended is asked the same again, in the same attempt', async () => {
    const dynamodb = silent();
    let call = dynamodb.call;
    const service = await start({ dynamodb: (...asked) => call(...asked) });
    const arn = await service.start('put');
    await service.reached(arn, 'TaskStarted');
    call = async (operation, parameters) => {
      dynamodb.asked.push([operation, parameters]);
      return { Attributes: { id: { S: 'old' } } };
    };
    await service.restart();
    const { status, output } = await service.ended(arn);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '')).toMatchObject({ Attributes: { id: { S: 'old' } } });
    expect(dynamodb.asked).toEqual([
      ['PutItem', put],
      ['PutItem', put],
    ]);
    const types = (await service.history(arn)).map(({ type }) => type);
    expect(types.filter((type) => type === 'TaskStarted')).toHaveLength(1);
  });

  it('has answered goes on when its token is sent', async () => {
    const keys: unknown[] = [];
    const service = await start({
      async s3(_operation, { Key }) {
        keys.push(Key);
        return { ContentLength: 0 };
      },
    });
    const arn = await service.start('token');
    await service.reached(arn, 'TaskSubmitted');
    const taskToken = String(keys[0]);
    await service.client.send(new SendTaskSuccessCommand({ taskToken, output: '"sent"' }));
    expect(await service.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"sent"' });
    const submitted = (await service.history(arn)).find(({ type }) => type === 'TaskSubmitted');
    expect(submitted?.taskSubmittedEventDetails).toMatchObject({
      resourceType: 'aws-sdk:s3',
      resource: 'getObject.waitForTaskToken',
    });
  });
});
