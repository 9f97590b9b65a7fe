import type { Datatype, TensorSpec } from '@chorus/protocol';
import { BlueprintError } from './errors.ts';

/** A value of any JSON, which a task answers with; only expressions read it. */
interface JsonValue {
  readonly name: string;
  readonly datatype: 'JSON';
}

/** An output of a step or a request, by name. */
export type Port = TensorSpec | JsonValue;

/** Where the request's own values come from. */
export const theRequest = 'the request';

/** Something that may be read from here on. */
export interface Readable {
  readonly port: Port;
  /** The step or request that gives it, for messages: `the request`, `svr`. */
  readonly from: string;
  /** A template of its value: of a tensor the whole of it. */
  readonly value: unknown;
}

/** A port as messages show it: `price FP64 [-1]`. */
export function shownPort(port: Port | Need): string {
  return port.datatype === 'JSON'
    ? `${port.name} JSON`
    : `${port.name} ${port.datatype} [${port.shape.join(',')}]`;
}

/** Several ports as messages show them. */
export function shownPorts(ports: readonly Port[]): string {
  return ports.length === 0 ? 'nothing' : ports.map(shownPort).join(', ');
}

const floats: readonly string[] = ['FP16', 'FP32', 'FP64'];

/** True for a datatype of numbers. */
export function isNumeric(datatype: string): boolean {
  return floats.includes(datatype) || /^U?INT/.test(datatype);
}

/** A number fits where a floating-point number is needed: the model's runtime rounds it. Anything else has to be equal. */
function fitsDatatype(given: Datatype, needed: Datatype): boolean {
  return given === needed || (isNumeric(given) && floats.includes(needed));
}

/** Dimensions agree when they are equal or one of them varies. */
function fitsShape(given: readonly number[], needed: readonly number[]): boolean {
  return (
    given.length === needed.length &&
    given.every((size, axis) => size === needed[axis] || size < 0 || (needed[axis] ?? 0) < 0)
  );
}

/**
 * An input that a model needs, and the name that it is given by if not the same. With `columns` it is made of those columns
 * of the request's rows.
 */
export type Need = Omit<TensorSpec, 'columns'> & {
  readonly from?: string;
  readonly columns?: readonly { readonly name: string }[];
};

/**
 * The one of `readables` that a need is met by; the last one wins, as it is the nearest.
 *
 * @param who needs it, for the message
 * @throws {BlueprintError} naming both sides when there is none or it does not fit
 */
export function findReadable(readables: readonly Readable[], need: Need, who: string): Readable {
  const name = need.from ?? need.name;
  const found = readables.findLast(({ port }) => port.name === name);
  if (found === undefined) {
    throw new BlueprintError(
      `${who} needs ${shownPort(need)}, but there is ${readables.map(({ port, from }) => `${shownPort(port)} from ${from}`).join(', ') || 'nothing'}`,
    );
  }
  const { port, from } = found;
  if (
    port.datatype === 'JSON' ||
    !fitsDatatype(port.datatype, need.datatype) ||
    !fitsShape(port.shape, need.shape)
  ) {
    throw new BlueprintError(
      `${who} needs ${shownPort(need)}, but ${from} gives ${shownPort(port)}`,
    );
  }
  return found;
}

/** An expression that names what may be read by its own name, with the variables that hold it. */
export function inScope(expression: string, readables: readonly Readable[]): string {
  // The nearest of a name comes last; the earlier ones are hidden by it.
  const variables = new Map(
    readables.flatMap(({ port, value }) => {
      const variable = /^\{% \$(?<name>\w+) %\}$/.exec(String(value))?.groups?.['name'];
      return variable === undefined ? [] : [[port.name, variable] as const];
    }),
  );
  return expression.replaceAll(/\$(?<name>[A-Za-z_]\w*)/g, (text, name: string) => {
    const variable = variables.get(name);
    return variable === undefined ? text : `$${variable}`;
  });
}
