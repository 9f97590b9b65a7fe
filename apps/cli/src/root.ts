import { resolve } from 'node:path';

/** The repository's root, three folders up from this file. */
export const root: string = resolve(import.meta.dirname, '../../..');
