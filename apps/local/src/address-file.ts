import { rm, writeFile } from 'node:fs/promises';

/** Says where a running local cloud is, in `.chorus/local.json`; the CLI reads it. */
export function writeAddress(file: string, url: string): Promise<void> {
  return writeFile(file, `${JSON.stringify({ url, pid: process.pid })}\n`);
}

export function removeAddress(file: string): Promise<void> {
  return rm(file, { force: true });
}
