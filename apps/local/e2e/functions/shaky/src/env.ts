import { existsSync, mkdirSync } from 'node:fs';

/** The seed of all chances; without one there is none. */
export function seed(): string | undefined {
  return process.env['CHAOS_SEED'];
}

/** The file with which what always failed stops failing. */
const mendedFile = (): string | undefined => process.env['CHAOS_MENDED'];

/** Whether what always failed does so no more. */
export function isMended(): boolean {
  const file = mendedFile();
  return file !== undefined && existsSync(file);
}

/** Whether nothing was noted under a name before, by any process; it is now. */
export function isFirst(name: string): boolean {
  const made = mkdirSync(`${mendedFile()}-${name}`, { recursive: true });
  return made !== undefined;
}
