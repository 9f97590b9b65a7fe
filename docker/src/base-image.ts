import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BaseImageError } from './errors.ts';
import { runProgram } from './run-program.ts';

/** The image that the functions' images are built on. */
export interface BaseImage {
  /** Name and tag: `node:24-bookworm-slim`. */
  readonly image: string;
  /** `sha256:…` of its index, which lists one image for each processor; undefined: whatever the tag means that day. */
  readonly digest: string | undefined;
}

const file = join(import.meta.dirname, '../base-image.json');
const digestForm = /^sha256:[0-9a-f]{64}$/;

/** Splits `name:tag@sha256:…`. @throws {BaseImageError} for a digest that is none */
export function parseBaseImage(reference: string): BaseImage {
  const [image = '', digest, ...rest] = reference.split('@');
  const isWrong = image === '' || rest.length > 0;
  if (isWrong || (digest !== undefined && !digestForm.test(digest)))
    throw new BaseImageError(
      `The base image ${reference}: expected a name, or a name with @sha256: and 64 hexadecimal digits`,
    );
  return { image, digest };
}

/** Returns what a Dockerfile's FROM takes: `name:tag@sha256:…`, or `name:tag` without a digest. */
export function referenceOf({ image, digest }: BaseImage): string {
  return digest === undefined ? image : `${image}@${digest}`;
}

/** Reads the base image that the repository names, `docker/base-image.json`. @throws {BaseImageError} */
export function pinnedBaseImage(path: string = file): BaseImage {
  const { image, digest }: { image?: unknown; digest?: unknown } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  if (typeof image !== 'string' || !(typeof digest === 'string' || digest === null))
    throw new BaseImageError(
      `${path}: expected {"image": "name:tag", "digest": "sha256:…" or null}`,
    );
  return parseBaseImage(digest === null ? image : `${image}@${digest}`);
}

/** Reads the digest in what Docker says about an image; undefined for anything else. */
function digestIn(manifest: string): string | undefined {
  try {
    const { digest }: { digest?: unknown } = JSON.parse(manifest);
    return typeof digest === 'string' && digestForm.test(digest) ? digest : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Asks the registry which digest the base image's tag has now, through Docker's own client and credentials, and writes it to
 * `docker/base-image.json`.
 *
 * @returns the base image as it is named now
 * @throws {BaseImageError} if there is no Docker with buildx, or no registry answers
 */
export async function updateBaseImage(path: string = file): Promise<BaseImage> {
  const { image } = pinnedBaseImage(path);
  // Some releases of buildx ignore a format without `json`.
  const asked = ['buildx', 'imagetools', 'inspect', '--format', '{{json .Manifest}}', image];
  const { stdout, stderr } = await runProgram('docker', asked, { timeoutMs: 120_000 });
  const digest = digestIn(stdout);
  if (digest === undefined)
    throw new BaseImageError(
      `docker ${asked.join(' ')} does not say which digest ${image} has: ${(stderr + stdout).trim()}`,
    );
  await writeFile(path, `${JSON.stringify({ image, digest }, undefined, 2)}\n`);
  return { image, digest };
}
