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
 * The look of EfficientNet-Lite0: the middle of the square photo, `crop` pixels wide and high, shrunk to `side`. Of a photo of 4:3 that is
 * what it was trained with, the middle seven eighths of the shorter side.
 */
export const centre = { crop: 296, side: 224, mean: 127, std: 128 } as const;

/**
 * What photos of an animal look like to EfficientNet besides their own classes, as shares of other sums: ImageNet has one breed of
 * horse, a chestnut, and no giraffe, so black horses look like oxen to it and giraffes like anything.
 */
export const lookalikes: Readonly<
  Record<string, { readonly cow?: number; readonly other?: number }>
> = {
  horse: { cow: 0.1, other: 0.03 },
  giraffe: { other: 0.1 },
};

/** Added to each sum of ImageNet's probabilities: a class that it rules out is not impossible. */
export const doubt = 0.003;

/**
 * From both networks to probabilities: `mean` times the average over NanoDet's views of an animal's best logit, `sum` times the log of what
 * EfficientNet gives to its classes, `bias`, softmax. For the animals besides `sum` times the log of theirs, and `other`.
 * Fitted by likelihood (`fit.ts`), `other` so that few of the ten are lost to it; see the README.
 */
export const fusion = {
  mean: 1.981,
  sum: 1.002,
  bias: [0.213, 0.087, -1.831, 0.622, 0.251, 0.157, -0.182, 1.066, -0.376, -0.006],
  other: -3.25,
} as const;

/**
 * What becomes a box: a cell whose best class has at least `score`, that overlaps none better by more than `overlap`; at most `most`. It shows
 * the animal with the largest `mean` * the cell's logit + log of the whole photo's probability and `doubt`.
 */
export const boxes = { score: 0.35, overlap: 0.5, most: 8, mean: 2, doubt: 0.02 } as const;

/**
 * From NanoDet's averages to its detection: log of the sum of exp(`sharpness` * mean), times `factor`, plus `bias`, sigmoid. Fitted by
 * likelihood, animals and others weighing the same. An animal is found when either network finds one: the larger of this and
 * of what EfficientNet gives to all animals.
 */
export const detection = { sharpness: 2, factor: 2.202, bias: 2.695 } as const;

/** Detection below this: no animal. Above it one is likelier than none, if both are as frequent. */
export const threshold = 0.5;
