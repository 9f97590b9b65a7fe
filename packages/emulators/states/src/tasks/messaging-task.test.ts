import { describe, expect, it } from 'vitest';
import { integrationOf } from './integrations.ts';
import { messagingTask, sns, sqs } from './messaging-task.ts';
import { type ServiceData, ServiceError } from './service-callers.ts';

const { signal } = new AbortController();

describe.each([
  ['sns:publish', sns, 'Publish', 'Message', { TopicArn: 'arn:topic' }],
  ['sqs:sendMessage', sqs, 'SendMessage', 'MessageBody', { QueueUrl: 'http://queue' }],
] as const)('%s', (resource, service, operation, text, to) => {
  it('is an integration, also with a token', () => {
    for (const pattern of ['', '.waitForTaskToken'])
      expect(integrationOf(`arn:aws:states:::${resource}${pattern}`)).toBeDefined();
    expect(integrationOf(`arn:aws:states:::${resource}.sync`)).toBeUndefined();
  });

  it('writes a text that is JSON, and answers with the metadata of the call', async () => {
    const asked: unknown[] = [];
    const call = async (...all: unknown[]): Promise<ServiceData> => {
      asked.push(all.slice(0, 2));
      return { MessageId: 'm' };
    };
    for (const value of [{ n: 0.1 + 0.2 }, 'as it is']) {
      const task = { arguments: { ...to, [text]: value }, signal };
      expect(await messagingTask(call, service, task)).toMatchObject({
        MessageId: 'm',
        SdkHttpMetadata: { HttpStatusCode: 200 },
        SdkResponseMetadata: { RequestId: expect.any(String) },
      });
    }
    expect(asked).toEqual([
      [operation, { ...to, [text]: '{"n":0.30000000000000004}' }],
      [operation, { ...to, [text]: 'as it is' }],
    ]);
  });

  it('fails with what the service refuses, by the names of the SDK for Java', async () => {
    const [known, name] =
      service === sns
        ? ['InvalidParameter', 'SNS.InvalidParameterException']
        : ['QueueDoesNotExist', 'SQS.QueueDoesNotExistException'];
    for (const [error, expected] of [
      [known, name],
      ['Other', `${service.name}.Amazon${service.name}Exception`],
    ] as const) {
      const call = async (): Promise<never> => {
        throw new ServiceError(error, 'why', 400);
      };
      const task = { arguments: { ...to, [text]: 'a' }, signal };
      await expect(messagingTask(call, service, task)).rejects.toMatchObject({
        name: expected,
        message: expect.stringMatching(/^why \(Service: /),
      });
    }
  });

  it('refuses a parameter that it does not have by name', async () => {
    const call = async (): Promise<ServiceData> => ({});
    const task = { arguments: { ...to, [text]: 'a', Colour: 'red' }, signal };
    await expect(messagingTask(call, service, task)).rejects.toMatchObject({
      name: 'States.Runtime',
      message: expect.stringContaining("'Colour' is not supported"),
    });
  });
});
