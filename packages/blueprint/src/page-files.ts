/** How the files of a page are served, wherever that is. */

import { BlueprintError } from './errors.ts';
import type { PageSpec } from './pages.ts';

const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
};

/**
 * Returns the content type of a page's file by its ending.
 *
 * @throws {BlueprintError} for an ending that is not known: a browser would not take the file as what it is
 */
export function pageContentType(path: string): string {
  const type = contentTypes[path.slice(path.lastIndexOf('.') + 1)];
  if (type === undefined)
    throw new BlueprintError(`there is no content type for the page's file ${path}`);
  return type;
}

/** Returns how long a page's file may be kept: those under `assets/` have a hash in their name and never change. */
export function pageCacheControl(path: string): string {
  return path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/**
 * Returns the headers that keep a page to itself: nothing runs, loads or frames that is not its own.
 *
 * @param connect origins that the page may send to besides its own, such as that of its uploads
 */
export function pageSecurityHeaders(connect: readonly string[]): Readonly<Record<string, string>> {
  const policy = {
    'default-src': ["'none'"],
    // WebAssembly needs a word of its own; it evaluates no text.
    'script-src': ["'self'", "'wasm-unsafe-eval'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'connect-src': ["'self'", ...connect],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
      .join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

/**
 * Returns the `page.json` of a page.
 *
 * @param api where the routes that it calls begin: '' on a laptop, `/public` behind a CDN
 */
export function pageSettings(
  { settings }: Pick<PageSpec, 'settings'>,
  api: string,
): Readonly<Record<string, unknown>> {
  return { ...settings, api };
}
