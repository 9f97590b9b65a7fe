import type { ImageSection, Manifest } from '@chorus/registry/manifest';
import {
  checkSignature,
  ModelLoadError,
  type Signature,
  type SignatureCheck,
} from '@chorus/runtime';
import { inputShape } from './preprocess.ts';

/** Returns the section of a manifest about images. @throws ModelLoadError `schema-mismatch` when there is none */
export function imageSection(manifest: Manifest, place: string): ImageSection {
  if (manifest.image === undefined) {
    throw new ModelLoadError(
      'schema-mismatch',
      `${place}: its manifest has no section image, which says how photos become its input: add it and push a new version`,
    );
  }
  return manifest.image;
}

/** Numbers in an output for one photo; undefined where only a run can tell. */
function countOf(shape: readonly (number | string)[]): number | undefined {
  const [batch, ...rest] = shape;
  const dims = typeof batch === 'number' ? shape : rest;
  return dims.reduce<number | undefined>(
    (count, size) => (count === undefined || typeof size === 'string' ? undefined : count * size),
    1,
  );
}

/** Returns the faults of one output: it has to be float32 and to have numbers enough. */
function outputFault(
  session: Signature,
  name: string,
  isEnough: (count: number) => boolean,
  expected: string,
): string[] {
  const found = session.outputMetadata.find((output) => output.name === name);
  if (found === undefined) {
    const names = session.outputMetadata.map((output) => output.name).join(', ');
    return [`no output ${name}, but ${names}`];
  }
  if (!found.isTensor || found.type !== 'float32') {
    return [`output ${name} is ${found.isTensor ? found.type : 'no tensor'}, not float32`];
  }
  const count = countOf(found.shape);
  return count === undefined || isEnough(count)
    ? []
    : [
        `output ${name} [${found.shape.join(',')}] has ${count} numbers for a photo, not ${expected}`,
      ];
}

/**
 * Compares a graph with the image section of its manifest.
 * @throws ModelLoadError `schema-mismatch`, naming what differs
 */
export function checkImageSignature(
  session: Signature,
  { schema, manifest, place }: SignatureCheck,
): void {
  const { input, output, labels, others = [] } = imageSection(manifest, place);
  const { name, datatype } = input;
  const graphInput = { name, datatype, shape: inputShape(input) };
  checkSignature(session, { ...schema, inputs: [graphInput], outputs: [] }, place);
  const used = [...labels, ...others].flatMap(({ indices }) => indices);
  const classes = 1 + used.reduce((a, b) => Math.max(a, b), 0);
  const faults = [
    ...outputFault(session, output.name, (n) => n >= classes, `${classes} or more for the labels`),
    ...(output.detection === undefined
      ? []
      : outputFault(session, output.detection, (n) => n === 1, 'one')),
    ...(output.boxes === undefined
      ? []
      : outputFault(session, output.boxes, (n) => n % 6 === 0, 'six for each box')),
  ];
  if (faults.length > 0) {
    throw new ModelLoadError(
      'schema-mismatch',
      `${place} does not fit its manifest: ${faults.join('; ')}`,
    );
  }
}
