import { extname } from 'node:path';
import { OptionError } from '../errors.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * Returns the content type of a page's file, by the end of its name.
 *
 * @throws {OptionError} for a kind of file that is not known: browsers refuse scripts and styles of another type
 */
export function contentTypeOf(file: string): string {
  const found = contentTypes[extname(file).toLowerCase()];
  if (found === undefined)
    throw new OptionError(
      `${file}: pages have no files of this kind; known are ${Object.keys(contentTypes).join(' ')}`,
    );
  return found;
}
