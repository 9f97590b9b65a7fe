import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  type SendMessageCommandOutput,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** What tests do to queues most, through the SDK. */
export interface QueueCalls {
  /** Makes a queue. @returns its URL */
  create(name: string, attributes?: Record<string, string>): Promise<string>;
  send(
    url: string,
    body: string,
    more?: Partial<SendMessageCommandInput>,
  ): Promise<SendMessageCommandOutput>;
  /** Receives ten messages, or as many as there are. */
  receive(url: string, more?: Partial<ReceiveMessageCommandInput>): Promise<readonly Message[]>;
  /** Receives ten messages, and returns their bodies. */
  bodies(url: string): Promise<readonly (string | undefined)[]>;
  /** How many messages are ready, hidden and delayed. */
  counts(url: string): Promise<readonly number[]>;
}

/** @param clientOf returns the client of the test that is running */
export function queueCalls(clientOf: () => SQSClient): QueueCalls {
  const calls: QueueCalls = {
    async create(QueueName, Attributes = {}) {
      const command = new CreateQueueCommand({ QueueName, Attributes });
      return String((await clientOf().send(command)).QueueUrl);
    },
    send: (QueueUrl, MessageBody, more = {}) =>
      clientOf().send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    async receive(QueueUrl, more = {}) {
      const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more });
      return (await clientOf().send(command)).Messages ?? [];
    },
    bodies: async (url) => (await calls.receive(url)).map(({ Body }) => Body),
    async counts(QueueUrl) {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
      const { Attributes = {} } = await clientOf().send(command);
      const names = ['', 'NotVisible', 'Delayed'] as const;
      return names.map((which) => Number(Attributes[`ApproximateNumberOfMessages${which}`]));
    },
  };
  return calls;
}
