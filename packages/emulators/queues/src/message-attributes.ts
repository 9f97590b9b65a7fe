import { createHash } from 'node:crypto';
import { invalid } from './errors.ts';
import { isJson } from './json.ts';

export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, and perhaps a name of one's own behind it: `Number.int`. */
  readonly DataType: string;
  readonly StringValue?: string;
  /** In base64. */
  readonly BinaryValue?: string;
}

/** What a message says beside its body, by names. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** MD5 in hexadecimal: what AWS's clients compare. */
export const md5 = (bytes: string | Uint8Array): string =>
  createHash('md5').update(bytes).digest('hex');

/** A length in four bytes, and the bytes. */
function framed(bytes: string | Uint8Array): Buffer {
  const content = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.byteLength);
  return Buffer.concat([length, content]);
}

const bytesOf = ({ StringValue, BinaryValue = '' }: MessageAttribute): string | Buffer =>
  StringValue ?? Buffer.from(BinaryValue, 'base64');

/**
 * Returns the MD5 of message attributes; undefined if there are none.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name];
    if (attribute === undefined) return [];
    const kind = Buffer.from([attribute.StringValue === undefined ? 2 : 1]);
    return [framed(name), framed(attribute.DataType), kind, framed(bytesOf(attribute))];
  });
  return md5(Buffer.concat(parts));
}

/** Bytes that attributes take of a message's size. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, each]) =>
      sum + Buffer.byteLength(name + each.DataType) + Buffer.byteLength(bytesOf(each)),
    0,
  );
}

const attributeName = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)(?!.*\.$)[\w.-]{1,256}$/i;
const attributeType = /^(?<kind>String|Number|Binary)(\..{1,240})?$/;

/** The characters that a message may have: those of XML 1.0. */
const strangeCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Whether a text has a character that a message may not have, such as a control character or half of a surrogate pair. */
export const hasStrangeCharacter = (text: string): boolean => strangeCharacter.test(text);

function attributeOf(name: string, given: unknown): MessageAttribute {
  const refuse = (why: string) => invalid(`The message attribute '${name}' ${why}.`);
  if (!attributeName.test(name)) throw refuse('has a name that is not allowed');
  if (!isJson(given)) throw refuse('must be an object');
  const { DataType, StringValue, BinaryValue, ...others } = given;
  const [strange] = Object.keys(others);
  if (strange !== undefined) throw refuse(`has a ${strange}, which is not done`);
  const kind = attributeType.exec(String(DataType))?.groups?.['kind'];
  if (kind === undefined || typeof DataType !== 'string')
    throw refuse('must have a DataType of String, Number or Binary');
  const value = kind === 'Binary' ? BinaryValue : StringValue;
  if (typeof value !== 'string' || value === '')
    throw refuse(`must contain a non-empty value of type '${DataType}'`);
  if (kind === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
    throw refuse('must be a number, as its type says');
  if (kind !== 'Binary' && hasStrangeCharacter(value))
    throw refuse('has a character that is not allowed');
  return kind === 'Binary' ? { DataType, BinaryValue: value } : { DataType, StringValue: value };
}

/**
 * Checks the attributes of a message.
 *
 * @throws {MessagingApiError} InvalidParameterValue naming the attribute
 */
export function messageAttributes(given: unknown): MessageAttributes {
  if (given === undefined || given === null) return {};
  if (!isJson(given)) throw invalid('MessageAttributes must be an object.');
  return Object.fromEntries(
    Object.entries(given).map(([name, each]) => [name, attributeOf(name, each)]),
  );
}
