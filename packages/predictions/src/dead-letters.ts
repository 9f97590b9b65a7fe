import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { parseLetter } from './parse.ts';
import type { DeadLetter, RequestMessage } from './prediction.ts';

/** A dead letter that was taken from its queue for a while. */
export interface ReceivedLetter {
  readonly letter: DeadLetter;
  /** What it is deleted by, or handed back. */
  readonly receipt: string;
}

/** The queue of dead letters. */
export interface DeadLetters {
  /** Sends a letter; one that is sent twice within five minutes is one. */
  send(letter: DeadLetter): Promise<void>;
  /** Takes letters, at most ten; none only when none is left that is not taken already. */
  receive(): Promise<readonly ReceivedLetter[]>;
  remove(received: ReceivedLetter): Promise<void>;
  /** Hands a letter back, for others to take. */
  release(received: ReceivedLetter): Promise<void>;
}

/** Seconds that a letter is out of the queue while it is looked at. */
const takenSeconds = 120;

/** Opens the queue of dead letters. Each letter is a group of its own, so that none waits for another. */
export function openDeadLetters(client: SQSClient, queueUrl: string): DeadLetters {
  return {
    async send(letter) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(letter),
          MessageGroupId: letter.id,
          MessageDeduplicationId: `${letter.id}-${letter.replays}`,
        }),
      );
    },
    async receive() {
      const command = new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: takenSeconds,
        // Long enough that every server of the queue is asked.
        WaitTimeSeconds: 1,
      });
      const { Messages = [] } = await client.send(command);
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({
        letter: parseLetter(Body),
        receipt: ReceiptHandle,
      }));
    },
    async remove({ receipt }) {
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
    },
    async release({ receipt }) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receipt,
          VisibilityTimeout: 0,
        }),
      );
    },
  };
}

/** The queue of requests whose workflow is to be run. */
export interface Requests {
  send(request: RequestMessage): Promise<void>;
}

export function openRequests(client: SQSClient, queueUrl: string): Requests {
  return {
    async send(request) {
      await client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(request) }),
      );
    },
  };
}

/** The queue of messages that are no requests, for a person to look at. */
export interface Unreadable {
  /** Puts a message away, as it came. */
  send(body: string): Promise<void>;
}

export function openUnreadable(client: SQSClient, queueUrl: string): Unreadable {
  return {
    async send(body) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
    },
  };
}
