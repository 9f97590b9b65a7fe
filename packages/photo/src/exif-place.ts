import { type GpsTags, type Rational, readGpsTags } from './gps-tags.ts';

/** A place on Earth in degrees; south and west are negative. */
export interface Location {
  readonly lat: number;
  readonly lon: number;
}

/**
 * Degrees, minutes and seconds as one number; NaN where they are none. A fraction may stand in any of them (many phones
 * write the minutes so and no seconds), so only their sizes are checked; the hemisphere has the sign, none of them may. 60 seconds are what careless rounding makes of 59.999.
 * Seconds of 0/0 are unknown ones (EXIF's own sign for it): the place is known to the minute, 2 km.
 */
function degreesOf(parts: readonly Rational[]): number {
  const [degrees = Number.NaN, minutes = Number.NaN, seconds = Number.NaN] = parts.map(
    ({ numerator, denominator }, index) => {
      if (denominator !== 0) return numerator / denominator;
      return index === 2 && numerator === 0 ? 0 : Number.NaN;
    },
  );
  return sumOfDegrees(degrees, minutes, seconds);
}

/** Returns degrees, minutes and seconds as one number; NaN where one is below 0 or too large. */
export function sumOfDegrees(degrees: number, minutes: number, seconds: number): number {
  const arePositive = degrees >= 0 && minutes >= 0 && seconds >= 0;
  return arePositive && minutes < 60 && seconds <= 60
    ? degrees + minutes / 60 + seconds / 3600
    : Number.NaN;
}

/**
 * Returns +1 or -1 by a hemisphere's letter in any case, followed by any NULs and spaces. Without a letter the sign
 * is not known: NaN.
 */
function signOf(ref: string | undefined, positive: string, negative: string): number {
  const letter = ref?.replace(/[\0 ]+$/, '').toUpperCase();
  if (letter === positive) return 1;
  return letter === negative ? -1 : Number.NaN;
}

/** The place that the tags name, if they name one. */
function placeOf({
  latitude,
  latitudeRef,
  longitude,
  longitudeRef,
}: GpsTags): Location | undefined {
  const lat = signOf(latitudeRef, 'N', 'S') * degreesOf(latitude ?? []);
  const lon = signOf(longitudeRef, 'E', 'W') * degreesOf(longitude ?? []);
  return placeAt(lat, lon);
}

/** The place at degrees north and east; undefined where there is none on Earth, and for exactly 0, 0. */
export function placeAt(lat: number, lon: number): Location | undefined {
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return undefined;
  // Cameras without a fix write zeros; no animal is photographed from the buoy that is really there.
  if (lat === 0 && lon === 0) return undefined;
  // Adding zero takes the sign off a zero.
  return { lat: lat + 0, lon: lon + 0 };
}

/**
 * Returns the place that an EXIF block names; undefined without one, and for a position that is damaged or absurd. Needs nothing
 * but the block, so that web pages can read it too; never throws.
 */
export function placeOfExif(block: Uint8Array): Location | undefined {
  const tags = readGpsTags(block);
  return tags === undefined ? undefined : placeOf(tags);
}
