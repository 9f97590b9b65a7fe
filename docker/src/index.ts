export { buildImage, type Image, imageTag } from './build.ts';
export { type Bundle, bundle, type Chunk } from './bundle.ts';
export { type Engine, findEngine } from './engine.ts';
export type { BuildSettings } from './env.ts';
export { BaseImageError, BuildError, BundleError, ImageError, NoEngineError } from './errors.ts';
export { type Platform, parsePlatform } from './platform.ts';
