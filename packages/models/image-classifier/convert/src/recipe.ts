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

/** The normalisation that NanoDet was trained with, in its order of channels, BGR (nanodet/config/nanodet-g.yml). */
export const normalisation = {
  mean: [103.53, 116.28, 123.675],
  std: [57.375, 57.12, 58.395],
} as const;

/** Side of the square, letterboxed photo that the graph takes. */
export const side = 448;

/** One look at the photo: shrunk to a side that 32 divides, perhaps mirrored. */
export interface View {
  readonly side: number;
  readonly mirrored: boolean;
}

export const views: readonly View[] = [
  { side: 448, mirrored: false },
  { side: 320, mirrored: true },
  { side: 224, mirrored: false },
  { side: 192, mirrored: true },
];

/**
 * From the mean over the views of each animal's best logit to probabilities: times `factor`, plus
 * `bias`, softmax. Fitted by likelihood, see the README.
 */
export const softmax = { factor: 3.288, bias: [1.43, 0, 0, 0, 0, 0, 0, 2.22, 0, 0] } as const;

/**
 * From the same means to the detection: log of the sum of exp(`sharpness` * mean), times `factor`,
 * plus `bias`, sigmoid. Fitted by likelihood, animals and others weighing the same.
 */
export const detection = { sharpness: 2, factor: 2.47, bias: 3.108 } as const;

/** Detection below this: no animal. Above it one is likelier than none, if both are as frequent. */
export const threshold = 0.5;
