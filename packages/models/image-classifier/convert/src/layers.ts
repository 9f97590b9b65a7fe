/** A step of a network on NCHW values, which are known by name. */
export type Layer = { readonly output: string } & (
  | Convolution
  | Linear
  | { readonly kind: 'leaky-relu'; readonly input: string; readonly alpha: number }
  | { readonly kind: 'relu6' | 'mean'; readonly input: string }
  | ({ readonly kind: 'max-pool'; readonly input: string } & Window)
  | { readonly kind: 'concat' | 'add'; readonly inputs: readonly [string, string] }
  | { readonly kind: 'resize'; readonly input: string; readonly scale: number }
);

export interface Window {
  readonly kernel: number;
  readonly stride: number;
  /** Zeros above and left, then below and right. */
  readonly pad: readonly [before: number, after: number];
}

export interface Convolution extends Window {
  readonly kind: 'convolution';
  readonly input: string;
  /** [out, in / groups, kernel, kernel]. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly channels: { readonly in: number; readonly out: number };
  /** Default 1; as many as channels where each sees itself only. */
  readonly groups?: number;
}

/** weights * x + bias, of `[batch, in]`. */
export interface Linear {
  readonly kind: 'linear';
  readonly input: string;
  /** [out, in]. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly channels: { readonly in: number; readonly out: number };
}

export interface Network {
  readonly input: string;
  readonly layers: readonly Layer[];
  /** Names of what comes out: of NanoDet the maps of class logits `[batch, classes, height, width]`, coarsest last. */
  readonly heads: readonly string[];
  /** NanoDet's: where the box of each cell ends, `[batch, 44, height, width]`, in the order of `heads`. */
  readonly boxes?: readonly string[];
}
