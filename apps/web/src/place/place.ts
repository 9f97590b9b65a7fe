/** Where a photo was taken, and how that is known. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
  readonly source: 'photo' | 'device' | 'map' | 'country';
  /** Of a country that was chosen by name. */
  readonly name?: string;
}

/** Two decimals are about a kilometre: enough to know what lives there, too little to know whose house it is. */
const decimals = 100;

/** Returns a place as it is sent: rounded to about a kilometre. */
export function roundedPlace<Of extends { readonly lat: number; readonly lon: number }>(
  place: Of,
): Of {
  const round = (degrees: number): number => Math.round(degrees * decimals) / decimals + 0;
  return { ...place, lat: round(place.lat), lon: round(place.lon) };
}

/** Returns `1.3° S, 36.8° E`. */
export function shownDegrees({ lat, lon }: Pick<Place, 'lat' | 'lon'>): string {
  const shown = (degrees: number, positive: string, negative: string): string =>
    `${Math.abs(degrees).toFixed(1)}° ${degrees < 0 ? negative : positive}`;
  return `${shown(lat, 'N', 'S')}, ${shown(lon, 'E', 'W')}`;
}

/** Returns the English name of a country by its two letters. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
