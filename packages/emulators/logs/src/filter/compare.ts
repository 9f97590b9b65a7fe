import { invalid } from '../errors.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Whether a property of a message is as a pattern says; a property that is not there never is. */
export type Comparison = (property: unknown) => boolean;

const step = /\.(?<name>[\w-]+)|\[(?<place>\d+)\]|\['(?<single>[^']+)'\]|\["(?<double>[^"]+)"\]/g;

/** Returns the property that a selector such as `$.a.b[0]` names; undefined if there is none. */
export function valueAt(value: unknown, selector: string): unknown {
  let here = value;
  for (const { groups = {} } of selector.matchAll(step)) {
    const { name, place, single, double } = groups;
    if (typeof here !== 'object' || here === null) return undefined;
    if (place !== undefined && !Array.isArray(here)) return undefined;
    const key = name ?? place ?? single ?? double ?? '';
    here = Object.hasOwn(here, key) ? Reflect.get(here, key) : undefined;
  }
  return here;
}

/** The pattern of a text with `*` for any characters. */
function wildcards(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

const orders: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

/** @throws {AwsApiError} InvalidParameterException for an order of what is no number */
export function compare(operator: Operator, value: string): Comparison {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) ? Number(value) : undefined;
  const order = orders[operator];
  if (order !== undefined) {
    if (number === undefined)
      throw invalid(`Invalid filter pattern: ${operator} needs a number, not ${value}`);
    return (property) => typeof property === 'number' && order(property, number);
  }
  const pattern = wildcards(value);
  const isEqual: Comparison = (property) => {
    if (typeof property === 'number' && number !== undefined) return property === number;
    return (
      (typeof property === 'string' || typeof property === 'number') &&
      pattern.test(String(property))
    );
  };
  return operator === '='
    ? isEqual
    : (property) =>
        property !== undefined &&
        property !== null &&
        typeof property !== 'object' &&
        !isEqual(property);
}
