import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executionNameOf, traceIdOf, traceIdOfName, traceparentOf } from './trace-context.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
const requestId = '8e03978e-40d5-43dd-bc93-6894a57f9324';

describe('a caller’s trace', () => {
  it('is handed on in the name of the execution, and comes back with a part of its own', () => {
    const name = executionNameOf(requestId, traceparent);
    expect(name).toBe(`${traceId}-${requestId}`);
    expect(name.length).toBeLessThanOrEqual(80);
    expect(traceIdOfName(name)).toBe(traceId);
    expect(traceparentOf(name)).toBe(`00-${traceId}-bc936894a57f9324-01`);
  });

  it.each([
    undefined,
    '',
    traceId,
    `01-${traceId}-b7ad6b7169203331-01`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `${traceparent}-more`,
    traceparent.toUpperCase(),
    ` ${traceparent}`,
    [traceparent],
  ])('that is none, %j, begins a new one', (given) => {
    expect(traceIdOf(given)).toBeUndefined();
    const name = executionNameOf(requestId, given);
    expect(name).toBe(requestId);
    expect(traceparentOf(name)).toBe('00-8e03978e40d543ddbc936894a57f9324-bc936894a57f9324-01');
  });

  it('is told of no name that a caller has chosen', () => {
    for (const name of ['', 'mine', 'a-b', requestId.toUpperCase()]) {
      expect(traceIdOfName(name)).toBeUndefined();
      expect(traceparentOf(name)).toBeUndefined();
    }
    expect(traceparentOf(`${traceId}-mine`)).toBeUndefined();
  });

  it('comes back as a header that is one, whatever the ids are', () => {
    const hex = (length: number) =>
      fc
        .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
        .map((digits) => digits.join(''));
    fc.assert(
      fc.property(hex(32), hex(16), fc.uuid(), (trace, span, id) => {
        const name = executionNameOf(id, `00-${trace}-${span}-00`);
        const back = traceparentOf(name);
        if (back !== undefined) expect(traceIdOf(back)).toBe(traceIdOfName(name));
      }),
    );
  });
});
