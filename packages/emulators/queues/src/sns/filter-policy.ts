import { MessagingApiError } from '../errors.ts';
import { isJson } from '../json.ts';
import type { MessageAttribute, MessageAttributes } from '../message-attributes.ts';

/** Tells whether one value of a message's attribute is what a policy asks for. */
type Condition = (value: string | number | boolean | null) => boolean;

const refuse = (why: string): MessagingApiError =>
  new MessagingApiError('InvalidParameter', `Invalid parameter: FilterPolicy: ${why}`);

const isText = (value: unknown): value is string => typeof value === 'string';

/** The conditions that are objects of one operator. */
const operators: Readonly<Record<string, (given: unknown) => Condition | undefined>> = {
  prefix: (given) =>
    isText(given) ? (value) => isText(value) && value.startsWith(given) : undefined,
  suffix: (given) =>
    isText(given) ? (value) => isText(value) && value.endsWith(given) : undefined,
  'equals-ignore-case': (given) =>
    isText(given)
      ? (value) => isText(value) && value.toLowerCase() === given.toLowerCase()
      : undefined,
  'anything-but': (given) => {
    const all = new Set<unknown>(Array.isArray(given) ? given : [given]);
    const isPlain = [...all].every((each) => isText(each) || typeof each === 'number');
    return all.size > 0 && isPlain ? (value) => !all.has(value) : undefined;
  },
};

function conditionOf(given: unknown): Condition {
  if (given === null || isText(given) || typeof given === 'number' || typeof given === 'boolean')
    return (value) => value === given;
  const [[name, argument] = ['', undefined], ...others] = isJson(given)
    ? Object.entries(given)
    : [];
  const condition =
    others.length === 0 && Object.hasOwn(operators, name) ? operators[name]?.(argument) : undefined;
  if (condition === undefined)
    throw refuse(
      `the local cloud's SNS does not do ${JSON.stringify(given)}: only texts, numbers, exists and ${Object.keys(operators).join(', ')}.`,
    );
  return condition;
}

/** The values that an attribute has for a policy: each member of a `String.Array`. */
function valuesOf({
  DataType,
  StringValue,
}: MessageAttribute): readonly (string | number | boolean | null)[] {
  if (StringValue === undefined) return [];
  if (DataType.startsWith('Number')) return [Number(StringValue)];
  if (DataType !== 'String.Array') return [StringValue];
  try {
    const all: unknown = JSON.parse(StringValue);
    return Array.isArray(all) ? all : [];
  } catch {
    // AWS takes such a message too, and it matches nothing.
    return [];
  }
}

/** Tells whether a message's attributes are such that a subscription gets it. */
export type Filter = (attributes: MessageAttributes) => boolean;

function filterOfKey(key: string, given: unknown): Filter {
  if (!Array.isArray(given) || given.length === 0)
    throw refuse(`"${key}" must be a list that is not empty.`);
  const [only] = given;
  if (
    given.length === 1 &&
    isJson(only) &&
    typeof only['exists'] === 'boolean' &&
    Object.keys(only).length === 1
  )
    return (attributes) => Object.hasOwn(attributes, key) === only['exists'];
  const conditions = given.map(conditionOf);
  return (attributes) => {
    const attribute = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
    if (attribute === undefined) return false;
    return valuesOf(attribute).some((value) => conditions.some((matches) => matches(value)));
  };
}

/**
 * Returns what a filter policy lets through: messages of which each named attribute is among what the policy lists for it.
 *
 * @throws {MessagingApiError} InvalidParameter for a policy that is none, or asks for what is not done
 */
export function filterOf(policy: string): Filter {
  let given: unknown;
  try {
    given = JSON.parse(policy);
  } catch {
    throw refuse('failed to parse JSON.');
  }
  if (!isJson(given)) throw refuse('it must be an object.');
  const all = Object.entries(given).map(([key, each]) => filterOfKey(key, each));
  return (attributes) => all.every((matches) => matches(attributes));
}
