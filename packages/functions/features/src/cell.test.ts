import fc from 'fast-check';
import { cellToChildren, cellToParent, getResolution, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellOf, childIndex } from './cell.ts';

const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });

describe('the cell of a place', () => {
  it('is the ancestor of resolution 3 of its cell of resolution 5, and the part one of its 49', () => {
    fc.assert(
      fc.property(latitude, longitude, (lat, lon) => {
        const { cell, part } = cellOf(lat, lon);
        const child = latLngToCell(lat, lon, 5);
        expect(getResolution(cell)).toBe(3);
        expect(cell).toBe(cellToParent(child, 3));
        expect(childIndex(child)).toBe(part);
      }),
    );
  });

  it('numbers the parts of a cell from 0 to 48 in their order', () => {
    const parts = cellToChildren('837a6efffffffff', 5).map(childIndex);
    expect(parts).toEqual(Array.from({ length: 49 }, (_, index) => index));
  });

  it('numbers the parts of a pentagon with the same numbers, some of which it lacks', () => {
    const parts = cellToChildren('830800fffffffff', 5).map(childIndex);
    expect(parts).toHaveLength(41);
    expect(new Set(parts).size).toBe(41);
    expect(parts.every((part) => part >= 0 && part < 49)).toBe(true);
  });

  it('is the same at both names of the antimeridian', () => {
    fc.assert(
      fc.property(latitude, (lat) => {
        expect(cellOf(lat, 180)).toEqual(cellOf(lat, -180));
      }),
    );
  });
});
