import { cellToChildren, cellToLatLng, getRes0Cells } from 'h3-js';
import { cellOf } from '../cell.ts';

/** Coordinates in so many different cells, the same ones each time. */
export function landCentres(count: number): readonly (readonly [number, number])[] {
  const cells = getRes0Cells().flatMap((base) => cellToChildren(base, 1));
  const places = cells.slice(0, count).map((cell) => cellToLatLng(cell));
  if (new Set(places.map(([lat, lon]) => cellOf(lat, lon).cell)).size !== count) {
    throw new Error(`there are no ${count} cells here`);
  }
  return places;
}
