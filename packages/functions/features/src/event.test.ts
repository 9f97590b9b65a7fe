import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlaceEvent } from './event.ts';

const refused = expect.objectContaining({ name: 'InvalidRequestError', status: 400 });

describe('an event', () => {
  it('is taken with any coordinates on earth', () => {
    const place = fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(place, (event) => {
        expect(parsePlaceEvent(event)).toEqual(event);
      }),
    );
    expect(parsePlaceEvent({ lat: 1, lon: 2, deadlineMs: 3, more: 4 })).toEqual({
      lat: 1,
      lon: 2,
      deadlineMs: 3,
    });
  });

  it('is refused with any others, which the message does not repeat', () => {
    const isOff = (limit: number) =>
      fc.oneof(
        fc.double().filter((value) => !(Math.abs(value) <= limit)),
        fc.constantFrom<unknown>(undefined, null, '1', '', true, [1], {}),
      );
    const event = fc.oneof(
      fc.record({ lat: isOff(90), lon: fc.constant(0) }),
      fc.record({ lat: fc.constant(0), lon: isOff(180) }),
      fc.constantFrom<unknown>(null, undefined, 'x', 1, []),
    );
    fc.assert(
      fc.property(event, (one) => {
        expect(() => parsePlaceEvent(one)).toThrow(refused);
      }),
    );
    expect(() => parsePlaceEvent({ lat: 91.2345, lon: 0 })).toThrow(
      'lat: expected a number of degrees, -90 to 90',
    );
  });

  it('is refused with a deadline that is no time', () => {
    for (const deadlineMs of ['soon', Number.NaN, null]) {
      expect(() => parsePlaceEvent({ lat: 0, lon: 0, deadlineMs })).toThrow(refused);
    }
  });
});
