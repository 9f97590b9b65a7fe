import type { TaskRequest } from '@chorus/asl';
import { describe, expect, it } from 'vitest';
import { putEventsTask } from './events-task.ts';
import { integrationOf } from './integrations.ts';
import { type ServiceData, ServiceError } from './service-callers.ts';

const execution = 'arn:aws:states:us-east-1:000000000000:execution:price:a';
const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:price';

const task = (entry: object): TaskRequest => ({
  resource: 'arn:aws:states:::events:putEvents',
  arguments: { Entries: [entry] },
  signal: new AbortController().signal,
  path: ['Tell'],
  retryCount: 0,
  context: { Execution: { Id: execution }, StateMachine: { Id: machine } } as never,
});

const entry = { EventBusName: 'shop', Source: 'till', DetailType: 'order', Detail: { total: 1 } };

describe('events:putEvents', () => {
  it('is an integration, also with a token', () => {
    for (const pattern of ['', '.waitForTaskToken'])
      expect(integrationOf(`arn:aws:states:::events:putEvents${pattern}`)).toBeDefined();
    expect(integrationOf('arn:aws:states:::events:putEvents.sync')).toBeUndefined();
  });

  it('writes a detail that is JSON as text, and names the execution and its machine', async () => {
    const asked: unknown[] = [];
    const answer = { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
    const call = async (...all: unknown[]): Promise<ServiceData> => {
      asked.push(all.slice(0, 2));
      return answer;
    };
    expect(await putEventsTask(call, task({ ...entry, Resources: ['a'] }))).toMatchObject(answer);
    await putEventsTask(call, task({ ...entry, Detail: '{"total":1}' }));
    const sent = { ...entry, Detail: '{"total":1}' };
    expect(asked).toEqual([
      ['PutEvents', { Entries: [{ ...sent, Resources: ['a', execution, machine] }] }],
      ['PutEvents', { Entries: [{ ...sent, Resources: [execution, machine] }] }],
    ]);
  });

  it('fails with an entry that fails, and with what EventBridge refuses', async () => {
    const failing = async () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'x' }] });
    await expect(putEventsTask(failing, task(entry))).rejects.toMatchObject({
      name: 'EventBridge.FailedEntry',
      message: expect.stringContaining('"ErrorCode":"x"'),
    });
    const refusing = async (): Promise<never> => {
      throw new ServiceError('ValidationException', 'too large', 400);
    };
    await expect(putEventsTask(refusing, task(entry))).rejects.toMatchObject({
      name: 'EventBridge.ValidationException',
    });
  });

  it.each([
    [{ ...entry, Time: 1 }, "does not do the field 'Time'"],
    [{ ...entry, Bus: 'a' }, "'Bus' is not supported"],
    [{ ...entry, Source: 1 }, "'Source' must be a STRING"],
  ])('refuses %j by name', async (wrong, message) => {
    const call = async () => ({ FailedEntryCount: 0 });
    await expect(putEventsTask(call, task(wrong))).rejects.toMatchObject({
      name: 'States.Runtime',
      message: expect.stringContaining(message),
    });
  });
});
