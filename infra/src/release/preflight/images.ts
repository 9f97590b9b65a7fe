import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from '../assembly.ts';
import type { Check } from './check.ts';

/** The argument of the Dockerfile that names the image with Node. */
const baseImage = 'BASE_IMAGE';

/** Returns what an image is built on: an argument of its build, else the default in its Dockerfile. */
function baseOf({ folder, arguments: given }: Image): string | undefined {
  if (given[baseImage] !== undefined) return given[baseImage];
  const file = join(folder, 'Dockerfile');
  if (!existsSync(file)) return undefined;
  return new RegExp(`^ARG ${baseImage}=(.+)$`, 'm').exec(readFileSync(file, 'utf8'))?.[1]?.trim();
}

/** Looks whether images are built on a base that is named by its digest: another one under the same tag is another image. */
export const checkImages: Check = async ({ spec }, { images }) => {
  if (spec.keepsData === false) return [];
  const bases = new Set(images.map(baseOf).filter((each) => each !== undefined));
  return [...bases]
    .filter((each) => !/@sha256:[0-9a-f]{64}$/.test(each))
    .map(
      (each) =>
        `the images are built on ${each}, which may be another image tomorrow: name it by its digest, with npx -y pnpm@12 base-image or -c baseImage=${each.replace(/@.*$/, '')}@sha256:…`,
    );
};
