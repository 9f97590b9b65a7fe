import { cellToParent, latLngToCell } from 'h3-js';

/** H3 resolution of the cells that features are kept for: 12,400 km² on average, 41,162 in the world. */
export const cellResolution = 3;

/** H3 resolution of a cell's 49 parts, which tell countries apart: 250 km², about 17 km across. */
export const partResolution = 5;

/** A place as the feature store sees it. */
export interface Cell {
  /** H3 index at resolution 3, e.g. `837a6efffffffff`. */
  readonly cell: string;
  /** Which of the cell's 49 parts the place is in, 0 to 48. */
  readonly part: number;
}

/**
 * Returns the position of a cell of resolution 5 in its ancestor of resolution 3: the digits of the last two
 * resolutions, three bits each, read in base 7. In the hierarchy, not on the ground, a part lies in exactly one cell.
 * https://h3geo.org/docs/core-library/h3Indexing
 */
export function childIndex(child: string): number {
  // 15 digits of three bits fill the low 45 bits; resolution 5 has ten of them behind it.
  const digits = Number((BigInt(`0x${child}`) >> 30n) & 0o77n);
  return (digits >> 3) * 7 + (digits & 7);
}

/** @param lat degrees north, -90 to 90; @param lon degrees east, -180 to 180 */
export function cellOf(lat: number, lon: number): Cell {
  const child = latLngToCell(lat, lon, partResolution);
  return { cell: cellToParent(child, cellResolution), part: childIndex(child) };
}
