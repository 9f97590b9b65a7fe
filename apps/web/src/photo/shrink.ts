/** Longest side of what is sent, in pixels: more than the service looks at, and a tenth of a phone's photo. */
const longestSide = 1024;

const jpegQuality = 0.85;

/** A photo made small. */
export interface Small {
  readonly blob: Blob;
  /** In pixels, of the upright photo as it is sent. */
  readonly width: number;
  readonly height: number;
}

/** A picture that can be drawn. */
export type Drawable = ImageBitmap | OffscreenCanvas;

/** Draws a picture at most `longestSide` large, on white where it is transparent, and makes a JPEG of it: no metadata is left. */
export async function shrink(picture: Drawable): Promise<Small> {
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser gives no canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: jpegQuality });
  return { blob, width, height };
}
