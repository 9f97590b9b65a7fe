import { declined } from './declined.ts';
import type { Evaluate } from './path.ts';
import { countCall, innerScope } from './scope.ts';

/** A function that an expression defines. */
export interface Lambda {
  (...args: readonly unknown[]): unknown;
  /** Functions such as `$map` pass no more arguments than this. */
  readonly arity: number;
  /** Makes a text of it; jsonata has its own. */
  readonly toJSON: () => never;
}

function toJSON(): never {
  throw declined;
}

/** Compiles `function($a, $b) { … }`: what it reads beside its parameters is of the place where it is defined. */
export function compileLambda(parameters: readonly string[], body: Evaluate): Evaluate {
  return (context, scope): Lambda => {
    const call = (...args: readonly unknown[]): unknown => {
      countCall(scope);
      const inner = innerScope(scope);
      for (const [index, name] of parameters.entries()) inner.assigned[name] = args[index];
      const value = body(context, inner);
      return value instanceof Tail ? value.value : value;
    };
    return Object.assign(call, { arity: parameters.length, toJSON });
  };
}

/** Returns a value as a function; one that is none, or one of jsonata's own, is left to jsonata. */
export function lambdaIn(value: unknown): Lambda {
  if (typeof value !== 'function' || !('arity' in value)) throw declined;
  return value as Lambda;
}

/** What a call at the end of a function gives. As in jsonata, it is not unwrapped there. */
class Tail {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** Compiles a call at the end of a function's body. */
export const compileTail =
  (call: Evaluate): Evaluate =>
  (context, scope) =>
    new Tail(call(context, scope));
