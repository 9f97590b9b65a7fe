import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { kindOf } from '@chorus/photo/kinds';
import { CliError, messageOf, UsageError } from './errors.ts';
import { addressOf, type HttpApi, post, put, refusal } from './http-api.ts';

/** A photo as the body of a request names it. */
export type PhotoInBody = { readonly image: string } | { readonly key: string };

/** A place in degrees. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
}

/**
 * Reads a file.
 *
 * @param path a file, or `-` for stdin
 * @throws {CliError} if it cannot be read
 */
export async function readFileOrStdin(path: string, stdin: Readable): Promise<Buffer<ArrayBuffer>> {
  if (path === '-') return Buffer.from(await buffer(stdin));
  return await readFile(path).catch((cause: Error) => {
    throw new CliError(`Cannot read ${path}: ${cause.message}`, { cause });
  });
}

/**
 * Gets a photo to where the service can look at it: inside the request, or by an upload when it is too large for that.
 *
 * @param maxInlineBytes largest photo that goes inside a request
 * @param say told when an upload begins
 * @throws {CliError} if it is no photo or the service does not take it
 */
export async function sendPhoto(
  api: HttpApi,
  bytes: Buffer<ArrayBuffer>,
  maxInlineBytes: number,
  say: (line: string) => void,
): Promise<PhotoInBody> {
  const { contentType } = kindOrError(bytes);
  if (bytes.byteLength <= maxInlineBytes) return { image: bytes.toString('base64') };
  const asked = await post(api, '/uploads', { contentType, bytes: bytes.byteLength });
  if (asked.status !== 200 || !isUpload(asked.json))
    throw refusal(asked, addressOf(api, '/uploads'));
  const { url, key, headers } = asked.json;
  say(`Uploading ${(bytes.byteLength / 1e6).toFixed(1)} MB as ${basename(key)}`);
  const sent = await put(url, headers, bytes);
  if (sent.status !== 200) {
    throw new CliError(`${sent.status}: the upload was refused: ${sent.text.slice(0, 300)}`);
  }
  return { key };
}

/** True for the first bytes of a photo, readable or not. */
export function isPhoto(bytes: Uint8Array): boolean {
  try {
    kindOf(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns the kind of a photo. Refuses other bytes at once; the service would do so only after they have been sent.
 */
function kindOrError(bytes: Uint8Array): ReturnType<typeof kindOf> {
  try {
    return kindOf(bytes);
  } catch (cause) {
    throw new CliError(messageOf(cause), { cause });
  }
}

interface Upload {
  readonly url: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

function isUpload(json: unknown): json is Upload {
  return typeof json === 'object' && json !== null && 'url' in json && 'key' in json;
}

/**
 * The place that `--at lat,lon` names.
 *
 * @throws {UsageError} if it is not two numbers; whether they are on Earth the service judges
 */
export function parsePlace(text: string): Place {
  const match = /^\s*(?<lat>[-+]?\d+(?:\.\d+)?)\s*,\s*(?<lon>[-+]?\d+(?:\.\d+)?)\s*$/.exec(text);
  const { lat, lon } = match?.groups ?? {};
  if (lat === undefined || lon === undefined) {
    throw new UsageError(
      `--at takes degrees north and east, such as 52.52,13.40 or --at=-1.29,36.82; got '${text}'`,
    );
  }
  return { lat: Number(lat), lon: Number(lon) };
}
