import type { AppOptions } from '../options.ts';

/** The options that every nested stack is made from, whatever the stage. */
export type Service = Pick<
  AppOptions,
  'blueprint' | 'root' | 'bundles' | 'baseImage' | 'imageCache'
>;
