/** Kinds of file that are treated in different ways; names and content types lie, first bytes do not. */
export type Kind = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'tiff' | 'other';

const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];

/** How many bytes of a file tell its kind. */
export const bytesForKind = 64;

/** Tells the kind of a file by its first bytes. */
export function kindOf(start: Uint8Array): Kind {
  const text = String.fromCharCode(...start.subarray(0, bytesForKind));
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^RIFF....WEBP/s.test(text)) return 'webp';
  if (/^(?:II[*+]\0|MM\0[*+])/.test(text)) return 'tiff';
  if (text.slice(4, 8) !== 'ftyp') return 'other';
  const brands = text.slice(8).match(/.{4}/gs) ?? [];
  if (brands.some((brand) => heicBrands.includes(brand))) return 'heic';
  return brands.some((brand) => brand === 'avif' || brand === 'avis') ? 'avif' : 'other';
}
