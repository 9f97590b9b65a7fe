import type { Docker } from './engine.ts';

/** A layer that holds something. */
export interface Layer {
  /** The path that was copied, or `base`. */
  readonly name: string;
  readonly bytes: number;
}

/** An image of the store. */
export interface ImageSize {
  readonly bytes: number;
  /** From the base upwards. */
  readonly layers: readonly Layer[];
}

/** The target of a COPY as BuildKit (`COPY app app # buildkit`) and the legacy builder (`… COPY dir:1f in app`) note it. */
const copied = /\bCOPY .*?(?<target>[\w./-]+)\/?\s*(?:# buildkit)?\s*$/;

/** Reads a line of `docker history`: bytes, a tab, the instruction. */
function readLayer(line: string): Layer {
  const [bytes, instruction = ''] = line.split('\t');
  const target = copied.exec(instruction)?.groups?.['target'];
  const name = target?.split('/').at(-1) ?? (/\bRUN\b/.test(instruction) ? 'run' : 'base');
  return { name, bytes: Number(bytes) };
}

/** Reads `docker history` without its empty layers; it begins with the topmost. */
export function readHistory(text: string): Layer[] {
  const layers = text.split('\n').map(readLayer);
  return layers.filter(({ bytes }) => bytes > 0).toReversed();
}

/** Sizes of an image, unpacked. @throws {MeasurementError} when it is not in the store */
export async function imageSize({ run }: Docker, image: string): Promise<ImageSize> {
  const format = ['--no-trunc', '--human=false', '--format', '{{.Size}}\t{{.CreatedBy}}'];
  return {
    bytes: Number(await run('image', 'inspect', '--format', '{{.Size}}', image)),
    layers: readHistory(await run('history', ...format, image)),
  };
}

/** Returns the digests of an image's layers, from the base upwards; none when it is not in the store. */
export async function layerDigests({ run }: Docker, image: string): Promise<readonly string[]> {
  const text = await run('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image).catch(
    () => '[]',
  );
  return JSON.parse(text) as string[];
}
