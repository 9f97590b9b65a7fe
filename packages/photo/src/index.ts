export type { Location } from './exif-place.ts';
export { kindOf, maxPhotoBytes, type PhotoKind, photoKinds } from './kinds.ts';
export { locationOf } from './location.ts';
export { openPhoto, type Photo } from './open-photo.ts';
export { type PhotoReference, type ReadOptions, readPhoto } from './read-photo.ts';
export { type PhotoSize, type RgbImage, resizePhoto } from './resize-photo.ts';
export { checkUploadKey, newUploadKey } from './upload-key.ts';
