import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deletionTime } from '../privacy.ts';
import { countryName, roundedPlace, shownDegrees } from './place.ts';
import { countryPoints } from './world.ts';

const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

it('a place is sent to about a kilometre, and stays on Earth', () => {
  fc.assert(
    fc.property(degrees(90), degrees(180), (lat, lon) => {
      const sent = roundedPlace({ lat, lon });
      expect(Math.abs(sent.lat - lat)).toBeLessThanOrEqual(0.005_001);
      expect(Math.abs(sent.lon - lon)).toBeLessThanOrEqual(0.005_001);
      expect(JSON.stringify(sent)).toMatch(
        /^\{"lat":-?\d{1,2}(?:\.\d{1,2})?,"lon":-?\d{1,3}(?:\.\d{1,2})?\}$/,
      );
    }),
  );
});

it.each([
  [{ lat: -1.31, lon: 36.8 }, '1.3° S, 36.8° E'],
  [{ lat: 0, lon: -0.04 }, '0.0° N, 0.0° W'],
])('%j is shown as %s', (place, shown) => {
  expect(shownDegrees(place)).toBe(shown);
});

it('every country of the list has a name and a point on Earth', () => {
  expect(new Set(countryPoints.map(([code]) => code)).size).toBe(countryPoints.length);
  for (const [code, lat, lon] of countryPoints) {
    expect(countryName(code)).not.toBe(code);
    expect(Math.abs(lat) <= 90 && Math.abs(lon) <= 180).toBe(true);
  }
  expect(countryName('?')).toBe('?');
});

it('an upload is gone at the midnight after its days are over', () => {
  const hour = 3_600_000;
  const noon = Date.UTC(2026, 10, 29, 12);
  expect(new Date(deletionTime(noon, 1)).toISOString()).toBe('2026-12-01T00:00:00.000Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 30 }), (now, days) => {
      const left = deletionTime(now, days) - now;
      expect(left).toBeGreaterThanOrEqual(days * 24 * hour);
      expect(left).toBeLessThan((days + 1) * 24 * hour);
    }),
  );
});
