import { type Location, placeOfExif } from './exif-place.ts';
import { openPhoto } from './open-photo.ts';
import { placeOfXmp } from './xmp-place.ts';

/**
 * Returns the location of a photo, by the GPS tags in its EXIF, else by those of its XMP. A position that is damaged or absurd is none: the
 * photo is still good for everything else.
 *
 * @param bytes the whole photo; of a JPEG as much as reaches from its EXIF and XMP to the size of the picture.
 * @throws what `openPhoto` throws for bytes that are no photo.
 */
export async function locationOf(bytes: Uint8Array): Promise<Location | undefined> {
  const { exif, xmp } = await openPhoto(bytes);
  const place = exif === undefined ? undefined : placeOfExif(exif);
  return place ?? (xmp === undefined ? undefined : placeOfXmp(xmp));
}
