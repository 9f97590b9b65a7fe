import { BundleError } from './errors.ts';

/**
 * Licences under which parts of an image may be, by their SPDX names. All let a service use the part without giving its
 * own sources away: that of the LGPL are for libraries that are files of their own.
 */
const accepted: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'FTL',
  'IJG',
  'ISC',
  'LGPL-3.0-or-later',
  'LicenseRef-fontconfig',
  'MIT',
  'MPL-1.1',
  'MPL-2.0',
  'Unlicense',
  'Zlib',
  'libpng-2.0',
  'libtiff',
]);

/** A licence is acceptable if one of its alternatives is, with all its parts. Nested expressions are none of these. */
function isAccepted(expression: string): boolean {
  const alternatives = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return alternatives.some((each) => each.split(' AND ').every((part) => accepted.has(part)));
}

/**
 * Returns the licence of something in an image.
 *
 * @param name what is under the licence, for the message
 * @throws {BundleError} if there is none, or one that is not among those accepted, such as the AGPL
 */
export function acceptLicence(name: string, licence: string | undefined): string {
  if (licence === undefined || licence === '')
    throw new BundleError(`${name} names no licence, so it cannot be part of an image`);
  if (!isAccepted(licence))
    throw new BundleError(
      `${name} is under ${licence}, which docker/src/licences.ts does not accept: leave it out, or add the licence there`,
    );
  return licence;
}

const lesser = 'LGPL-3.0-or-later';

/**
 * The licences of the libraries inside libvips' file, by their names in `versions.json` of its package; from the table in
 * that package's README.
 */
export const libraryLicences: Readonly<Record<string, string>> = {
  aom: 'BSD-2-Clause',
  archive: 'BSD-2-Clause',
  cairo: 'MPL-1.1',
  cgif: 'MIT',
  exif: lesser,
  expat: 'MIT',
  ffi: 'MIT',
  fontconfig: 'LicenseRef-fontconfig',
  freetype: 'FTL',
  fribidi: lesser,
  glib: lesser,
  harfbuzz: 'MIT',
  heif: lesser,
  highway: 'BSD-3-Clause',
  imagequant: 'BSD-2-Clause',
  lcms: 'MIT',
  mozjpeg: 'Zlib AND IJG AND BSD-3-Clause',
  pango: lesser,
  pixman: 'MIT',
  png: 'libpng-2.0',
  'proxy-libintl': lesser,
  rsvg: lesser,
  tiff: 'libtiff',
  uhdr: 'MIT',
  vips: lesser,
  webp: 'BSD-3-Clause',
  xml2: 'MIT',
  'zlib-ng': 'Zlib',
};
