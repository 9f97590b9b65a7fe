import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cloud } from '../src/index.ts';
import { root } from './test-cloud.ts';

/** One of the openly licensed photos; sources and licences are in the `photos.csv` beside them. */
export function photo(name: string): Promise<Buffer<ArrayBuffer>> {
  return readFile(join(root, 'packages/models/image-classifier/photos', name));
}

/** The answer of `POST /uploads`. */
export interface Upload {
  readonly error?: string;
  readonly url: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

/** A candidate of an answer about a photo. */
interface Candidate {
  readonly label: string | null;
  readonly probability: number | null;
  readonly visual: number | null;
  readonly prior: number | null;
  readonly outOfRange: boolean;
}

/** The answer of `/predict/animal`. */
export interface AnimalAnswer {
  readonly error?: string;
  readonly predictions: readonly [
    Candidate & {
      readonly other: { readonly name: string; readonly probability: number } | null;
      readonly animals: readonly { readonly label: string; readonly box: readonly number[] }[];
      readonly top: readonly Candidate[];
    },
  ];
  readonly location: {
    readonly lat: number;
    readonly lon: number;
    readonly source: 'exif' | 'request';
    readonly country: string | null;
  } | null;
  readonly models: Readonly<Record<string, { readonly version: string }>>;
  readonly failed: Readonly<Record<string, { readonly error: string; readonly message: string }>>;
  readonly requestId: string;
}

interface Answer<Of> {
  readonly status: number;
  readonly body: Of;
}

async function send<Of>(cloud: Cloud, path: string, body: unknown): Promise<Answer<Of>> {
  const response = await fetch(`${cloud.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Of };
}

export function askForUpload(cloud: Cloud, body: unknown): Promise<Answer<Upload>> {
  return send(cloud, '/uploads', body);
}

export function identify(cloud: Cloud, body: unknown): Promise<Answer<AnimalAnswer>> {
  return send(cloud, '/predict/animal', body);
}

/** Uploads bytes the way a web page does. @returns their key */
export async function upload(
  cloud: Cloud,
  bytes: Buffer<ArrayBuffer>,
  contentType = 'image/jpeg',
): Promise<string> {
  const { body } = await askForUpload(cloud, { contentType, bytes: bytes.byteLength });
  const put = await fetch(body.url, { method: 'PUT', headers: body.headers, body: bytes });
  if (put.status !== 200) throw new Error(`the upload was refused: ${await put.text()}`);
  return body.key;
}
