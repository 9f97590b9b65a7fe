/**
 * COCO's ten animals, in the order and with the class numbers that NanoDet's 80 scores have
 * (cocodataset.org, categories 16 to 25 without gaps).
 */
export const animals: readonly { readonly name: string; readonly index: number }[] = [
  'bird',
  'cat',
  'dog',
  'horse',
  'sheep',
  'cow',
  'elephant',
  'bear',
  'zebra',
  'giraffe',
].map((name, position) => ({ name, index: 14 + position }));

/** What NanoDet was trained with, in its order of channels, BGR (nanodet/config/nanodet-g.yml). */
export const normalisation = {
  mean: [103.53, 116.28, 123.675],
  std: [57.375, 57.12, 58.395],
} as const;

/** Side of the square, letterboxed photo that the graph takes. */
export const side = 512;

/** Sides at which the network looks at it; 32 must divide each. */
export const views: readonly number[] = [512, 320, 192];

/** The mean logits times this make probabilities: fitted by likelihood, see the README. */
export const softmaxFactor = 3.07;

/** Detection below this: no animal. */
export const threshold = 0.39;
