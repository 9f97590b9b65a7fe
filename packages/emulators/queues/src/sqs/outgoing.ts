import { createHash } from 'node:crypto';
import { invalid, MessagingApiError } from '../errors.ts';
import { defined, type Json } from '../json.ts';
import {
  hasStrangeCharacter,
  md5,
  md5OfAttributes,
  messageAttributes,
  sizeOfAttributes,
} from '../message-attributes.ts';
import type { OutgoingMessage, SentMessage } from '../messages.ts';
import type { Kind, Parameters } from '../parameters.ts';
import { isFifo, numberOf, type Queue } from '../queue-table.ts';

/** The parameters of a message that is sent, alone or in a batch. */
export const outgoingParameters: Readonly<Record<string, Kind>> = {
  MessageBody: 'text',
  DelaySeconds: 'number',
  MessageAttributes: 'map',
  MessageSystemAttributes: 'map',
  MessageDeduplicationId: 'text',
  MessageGroupId: 'text',
};

const mostAttributes = 10;

/** Letters, digits and punctuation of ASCII. */
const token = /^[!-~]{1,128}$/;

function tokenOf(parameters: Parameters, name: string): string | undefined {
  const found = parameters.text(name);
  if (found !== undefined && !token.test(found))
    throw invalid(
      `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  return found;
}

/** Returns the X-Ray header, which is the only attribute that SQS itself takes. */
function traceOf(parameters: Parameters): Json {
  const given = parameters.map('MessageSystemAttributes') ?? {};
  const [strange] = Object.keys(given).filter((name) => name !== 'AWSTraceHeader');
  if (strange !== undefined)
    throw invalid(`Message system attribute name '${strange}' is invalid.`);
  return given;
}

function deduplicationIdOf(parameters: Parameters, queue: Queue, body: string): string | undefined {
  const given = tokenOf(parameters, 'MessageDeduplicationId');
  if (!isFifo(queue)) {
    if (given === undefined) return undefined;
    throw invalid('MessageDeduplicationId is not valid for a queue that is not FIFO.');
  }
  if (given !== undefined) return given;
  if (queue.attributes['ContentBasedDeduplication'] === 'true')
    return createHash('sha256').update(body).digest('hex');
  throw invalid(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** A message to a queue, and the bytes that count for its size. */
export interface Outgoing {
  readonly message: OutgoingMessage;
  readonly bytes: number;
  /** What AWS's clients compare. */
  readonly digests: Json;
}

/** @throws {MessagingApiError} if the queue cannot take such a message */
export function outgoing(parameters: Parameters, queue: Queue): Outgoing {
  const body = parameters.needed('MessageBody');
  if (hasStrangeCharacter(body))
    throw new MessagingApiError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  const attributes = messageAttributes(parameters.map('MessageAttributes'));
  if (Object.keys(attributes).length > mostAttributes)
    throw invalid(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [${mostAttributes}].`,
    );
  const bytes = Buffer.byteLength(body) + sizeOfAttributes(attributes);
  const most = numberOf(queue, 'MaximumMessageSize');
  if (bytes > most)
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  const groupId = tokenOf(parameters, 'MessageGroupId');
  const delaySeconds = parameters.number('DelaySeconds', [0, 900]);
  if (isFifo(queue) && groupId === undefined)
    throw new MessagingApiError(
      'MissingParameter',
      'The request must contain the parameter MessageGroupId.',
    );
  if (isFifo(queue) && delaySeconds)
    throw invalid(
      `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  const system = messageAttributes(traceOf(parameters));
  return {
    message: {
      body,
      attributes: Object.keys(attributes).length > 0 ? attributes : undefined,
      trace: system['AWSTraceHeader']?.StringValue,
      delaySeconds,
      groupId,
      deduplicationId: deduplicationIdOf(parameters, queue, body),
    },
    bytes,
    digests: {
      MD5OfMessageBody: md5(body),
      MD5OfMessageAttributes: md5OfAttributes(attributes),
      MD5OfMessageSystemAttributes: md5OfAttributes(system),
    },
  };
}

/** Returns the answer about a message that was sent. */
export const answerOf = ({ digests }: Outgoing, { messageId, sequenceNumber }: SentMessage): Json =>
  defined({ ...digests, MessageId: messageId, SequenceNumber: sequenceNumber });
