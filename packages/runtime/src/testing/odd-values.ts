/** Values that a program can throw though nothing expects them, by a name for a test's title. */

/** A getter, or a method, that throws. */
function refuse(): never {
  throw new Error('not to be read');
}

const named = (name: unknown): Error =>
  Object.defineProperty(new Error('kept'), 'name', { value: name });

function loop(): Error {
  const error = new Error('kept');
  error.cause = new Error('its cause', { cause: error });
  return error;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable(new Error('gone'), {});
  revoke();
  return proxy;
}

export const oddValues: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'a string': () => 'kept',
  'an empty string': () => '',
  'a symbol': () => Symbol('kept'),
  'a bigint': () => 10n ** 30n,
  'a function': () => refuse,
  'an object without a prototype': () => Object.create(null),
  'an error without a prototype': () => Object.setPrototypeOf(new Error('kept'), null),
  'a name that is undefined': () => named(undefined),
  'a name that is empty': () => named(''),
  'a name that is an object': () => named({}),
  'a name for no header': () => named('ü\r\nx: 1'),
  'a very long name': () => named('N'.repeat(1_000_000)),
  'a very long message': () => new Error('m'.repeat(8_000_000)),
  'half a character': () => new Error('\ud800'),
  'a stack that is a number': () => Object.assign(new Error('kept'), { stack: 7 }),
  'a stack that is undefined': () => Object.assign(new Error('kept'), { stack: undefined }),
  'a stack of a million lines': () =>
    Object.assign(new Error('kept'), { stack: '  at x\n'.repeat(1_000_000) }),
  'a message that is an object': () =>
    Object.defineProperty(new Error(''), 'message', { value: { toString: refuse } }),
  'a code that is a symbol': () => Object.assign(new Error(''), { code: Symbol('code') }),
  'getters that throw': () =>
    Object.defineProperties(new Error('x'), {
      name: { get: refuse },
      message: { get: refuse },
      stack: { get: refuse },
      cause: { get: refuse },
    }),
  'text that throws': () => ({ toString: refuse, [Symbol.toPrimitive]: refuse }),
  'a proxy that refuses everything': () =>
    new Proxy({}, { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse }),
  'a revoked proxy': revoked,
  'a frozen error': () => Object.freeze(new Error('kept')),
  'a circular object': () => {
    const circular: Record<string, unknown> = { message: 'kept' };
    circular['self'] = circular;
    return circular;
  },
  'several errors': () => new AggregateError([new Error('one'), new Error('two')], 'kept'),
  'several errors without a message': () =>
    Object.assign(new AggregateError([new Error('one')]), { code: 'ECONNREFUSED' }),
  'causes in a circle': loop,
  'a promise that rejects': () => {
    const rejected = Promise.reject(new Error('inner'));
    rejected.catch(() => {});
    return rejected;
  },
};
