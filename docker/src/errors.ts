/** Base of every error that this package explains by itself. */
export class ImageError extends Error {
  override name = 'ImageError';
}

/** A package cannot be bundled. */
export class BundleError extends ImageError {
  override name = 'BundleError';
}

/** No program on this machine can build an image; the message says what to install or start. */
export class NoEngineError extends ImageError {
  override name = 'NoEngineError';
}

/** The engine was there, and the build failed. */
export class BuildError extends ImageError {
  override name = 'BuildError';
}

/** The base image is not named as it has to be, or its digest cannot be found out. */
export class BaseImageError extends ImageError {
  override name = 'BaseImageError';
}
