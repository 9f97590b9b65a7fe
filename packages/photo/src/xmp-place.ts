/**
 * The place that a photo's XMP packet names. Editors that write no EXIF leave it only there: `exif:GPSLatitude="1,17.5167S"`.
 * XMP specification, part 2, 1.2.7.4 (GPSCoordinate): "DDD,MM,SSk" or "DDD,MM.mmk", k being N, S, E or W.
 */

import { type Location, placeAt, sumOfDegrees } from './exif-place.ts';

/** What is looked for, as attribute or element; bounded everywhere, so that no text makes it slow. */
const latitude = /:GPSLatitude(?:\s{0,9}=\s{0,9}["']|>\s{0,99})([^"'<>]{1,40})/;
const longitude = /:GPSLongitude(?:\s{0,9}=\s{0,9}["']|>\s{0,99})([^"'<>]{1,40})/;

const coordinate = /^(\d{1,3}),(\d{1,2}(?:\.\d{1,20})?)(?:,(\d{1,2}(?:\.\d{1,20})?))?([NSEW])$/;

/** Degrees with their sign; NaN where the text is none of that axis. */
function degreesOf(text: string | undefined, positive: string, negative: string): number {
  const [, degrees, minutes, seconds = '0', letter] = coordinate.exec(text?.trim() ?? '') ?? [];
  if (letter !== positive && letter !== negative) return Number.NaN;
  const sum = sumOfDegrees(Number(degrees), Number(minutes), Number(seconds));
  return letter === positive ? sum : -sum;
}

/** Returns the place of an XMP packet; undefined without one, and for one that is damaged or absurd. Never throws. */
export function placeOfXmp(packet: string): Location | undefined {
  const lat = degreesOf(latitude.exec(packet)?.[1], 'N', 'S');
  const lon = degreesOf(longitude.exec(packet)?.[1], 'E', 'W');
  return placeAt(lat, lon);
}
