import { InternalError } from '@chorus/protocol';
import type { ImageInput, ImageLabel } from '@chorus/registry/manifest';

/** One thing on a photo. */
export interface Box {
  readonly label: string;
  readonly probability: number;
  /** Left, top, width and height, as fractions of the upright photo. */
  readonly box: readonly [number, number, number, number];
}

/** Left, top, right, bottom, score, class. */
const numbersOfBox = 6;

/** The photo's left and top edge in pixels of the graph's input, and how many of these it is wide and high there. */
interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Returns where a photo lies in the input; with `cover` it reaches beyond. */
function frameOf(photo: { width: number; height: number }, input: ImageInput): Frame {
  const [across, down] = [input.width / photo.width, input.height / photo.height];
  if (input.fit === 'fill') return { left: 0, top: 0, width: input.width, height: input.height };
  const scale = input.fit === 'contain' ? Math.min(across, down) : Math.max(across, down);
  const [width, height] = [photo.width * scale, photo.height * scale];
  return { left: (input.width - width) / 2, top: (input.height - height) / 2, width, height };
}

const within = (fraction: number): number => Math.min(Math.max(fraction, 0), 1);

/**
 * Makes boxes of what a graph found, in its order; what is no label's is left out, as is what lies beside the photo.
 * @param found rows of six numbers, in pixels of the input
 * @throws InternalError for numbers that are none
 */
export function boxesOf(
  found: ArrayLike<number>,
  photo: { readonly width: number; readonly height: number },
  input: ImageInput,
  labels: readonly ImageLabel[],
): readonly Box[] {
  const numbers = Array.from(found);
  if (!numbers.every(Number.isFinite))
    throw new InternalError('the classifier gave a box that has no place');
  const frame = frameOf(photo, input);
  const boxes: Box[] = [];
  for (let at = 0; at + numbersOfBox <= numbers.length; at += numbersOfBox) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, index] = numbers.slice(at, at + numbersOfBox);
    const label = labels.find(({ indices }) => indices.includes(index ?? -1));
    const [left, right] = [x1, x2].map((x) => within((x - frame.left) / frame.width));
    const [top, bottom] = [y1, y2].map((y) => within((y - frame.top) / frame.height));
    const [width, height] = [(right ?? 0) - (left ?? 0), (bottom ?? 0) - (top ?? 0)];
    if (score > 0 && label !== undefined && width > 0 && height > 0)
      boxes.push({
        label: label.name,
        probability: within(score),
        box: [left ?? 0, top ?? 0, width, height],
      });
  }
  return boxes;
}
