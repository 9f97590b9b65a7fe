export { kindOf, type PhotoKind, photoKinds } from './kinds.ts';
export { maxPhotoBytes, maxPhotoPixels } from './limits.ts';
export { openPhoto, type Photo } from './open-photo.ts';
export { type PhotoSize, type RgbImage, resizePhoto } from './resize-photo.ts';
