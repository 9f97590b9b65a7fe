/** A candidate of an answer: what the photo says, what the place says, and both. */
export interface Candidate {
  readonly label: string;
  readonly probability: number;
  readonly visual: number;
  /** Null where the place is not known. */
  readonly prior: number | null;
  readonly outOfRange: boolean;
}

/** One of several subjects in a photo: `box` is left, top, width and height as fractions of the upright photo. */
interface Found {
  readonly label: string;
  readonly probability: number;
  readonly box: readonly [number, number, number, number];
}

/** The prediction of one photo. */
export interface Prediction {
  readonly label: string | null;
  readonly probability: number | null;
  /** A subject that has none of the labels, by the name it looks like. */
  readonly other?: { readonly name: string; readonly probability: number } | null;
  readonly top: readonly Candidate[];
  readonly animals?: readonly Found[];
}

/** The body of a good answer. */
export interface Answer {
  readonly predictions: readonly [Prediction];
  readonly location: { readonly country: string | null } | null;
  readonly failed: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}
