import type { InferRequest, ModelSchema } from '@chorus/protocol';

/**
 * The distances from a reference above which a window of so many rows is too far from it for chance:
 * what is below is as likely as not the luck of which rows came.
 */
export interface DriftThresholds {
  /** Rows of the window. */
  readonly rows: number;
  /** Jensen-Shannon distance, natural logarithm. */
  readonly js: number;
  /** Population stability index. */
  readonly psi: number;
  /** Largest difference of the shares up to a bin's end; absent for categories, which have no order. */
  readonly ks?: number;
  /** Wasserstein distance in standard deviations of the reference; absent for categories. */
  readonly wasserstein?: number;
}

interface AnyReference {
  readonly name: string;
  /** Share of the rows with a value per bin; sums to 1. */
  readonly shares: readonly number[];
  /** Rows that it was taken from. Default: those of the training. */
  readonly rows?: number;
  /** Share of these rows that have no value; default 0. */
  readonly missing?: number;
  /** By ascending rows. Absent in manifests that were written before there were any. */
  readonly thresholds?: readonly DriftThresholds[];
}

/** Summary of one feature, or of one output, that is a number. */
export interface NumberReference extends AnyReference {
  readonly mean: number;
  readonly std: number;
  readonly minimum: number;
  readonly maximum: number;
  /**
   * Inner decile edges, ascending and distinct; a value falls into the bin right of every edge it
   * exceeds (`x > edge`). The shares are one more.
   */
  readonly edges: readonly number[];
  /** Mean of the values of each bin. Absent in manifests that were written before there were any. */
  readonly centres?: readonly number[];
}

/** Summary of one feature, or of one output, that is one of some categories. */
export interface CategoryReference extends AnyReference {
  /** Distinct; one for each share. */
  readonly categories: readonly string[];
}

/** Summary of one feature, or of one output: what drift is measured against. */
export type FeatureReference = NumberReference | CategoryReference;

/** A number that says how good a version is, and in which direction that is. */
export interface Metric {
  readonly value: number;
  readonly better: 'higher' | 'lower';
}

/** What was measured on rows that the version was not trained on, by name. */
export interface TrainingMetrics {
  readonly [name: string]: Metric | number | undefined;
  /** Root of the mean squared error, in the target's unit (Boston: thousands of dollars). */
  readonly rmse?: number;
  /** Share of the target's variance that is explained: 1 is all of it. */
  readonly r2?: number;
}

/**
 * Which rows were held out: those whose hash of seed and features is below the share, wherever they stand. A version that was
 * trained by a rule has seen no row that the same rule holds out, in any file.
 */
export interface SplitRule {
  readonly by: 'features';
  /** Whole number, `[0, 2^32)`. */
  readonly seed: number;
  /** Between 0 and 1. */
  readonly share: number;
}

/** The rows that a version was trained and judged on. */
export interface DatasetRecord {
  readonly name: string;
  /** Of both parts of the split. */
  readonly rows: number;
  /** Of the file that was split. */
  readonly sha256: string;
  /** Where the file is: the key of an object, or a path. */
  readonly key?: string;
  /** The version of the object, where its bucket keeps versions. */
  readonly version?: string;
}

/** How a version came about, so far as it is known. */
export interface Lineage {
  /** The commit that trained or pushed it, and whether files had been changed since. */
  readonly code?: { readonly commit: string; readonly dirty: boolean };
  /** The version that was live then: the one it is to be better than. */
  readonly parent?: string;
  /** The name of the pipeline's execution. */
  readonly execution?: string;
}

/** The record of a model's training, so far as it is known. */
export interface TrainingRecord {
  readonly dataset?: DatasetRecord;
  readonly trainer?: string;
  readonly options?: Readonly<Record<string, number | string>>;
  readonly seed?: number;
  readonly split?: {
    readonly trainRows: number;
    readonly testRows: number;
    /** Absent where rows were held out otherwise, by their place in the file or by hand. */
    readonly rule?: SplitRule;
  };
  readonly metrics: TrainingMetrics;
  /** By metric, where it lies with 95 % confidence: few rows say little. */
  readonly intervals?: Readonly<Record<string, { readonly low: number; readonly high: number }>>;
  /** Largest |ONNX Runtime - trainer| over all rows. */
  readonly parity?: number;
  /** Of the rows that the model was trained on: one for each column. */
  readonly reference?: readonly FeatureReference[];
  /**
   * Of the answers about held-out rows, by the name of the output: about the rows that it was trained
   * on a model answers otherwise than about new ones. Of an output with `labels` the answer is the
   * label of the largest number.
   */
  readonly outputReference?: readonly FeatureReference[];
}

/** Red, green and blue, or one number for each channel in the order in which the graph takes them. */
export type Triple = readonly [number, number, number];

/** The one photo that a graph takes: how its pixels become a tensor. */
export interface ImageInput {
  /** Name of the graph's only input. */
  readonly name: string;
  /** `[1,3,height,width]` or `[1,height,width,3]`. */
  readonly layout: 'NCHW' | 'NHWC';
  readonly datatype: 'UINT8' | 'FP32';
  readonly width: number;
  readonly height: number;
  readonly channels: 'RGB' | 'BGR';
  /** `contain` letterboxes, `fill` stretches, `cover` crops what does not fit. */
  readonly fit: 'contain' | 'fill' | 'cover';
  /** Colour around a letterboxed photo, red, green and blue from 0 to 255; default: black. */
  readonly background?: Triple;
  readonly kernel: 'nearest' | 'linear' | 'cubic' | 'lanczos3';
  /** FP32: a pixel's 0..255 is multiplied by this first; default 1. */
  readonly scale?: number;
  /** FP32: subtracted after that, in the graph's order of channels; default 0. */
  readonly mean?: Triple;
  /** FP32: divided by at last, in the graph's order of channels; default 1. */
  readonly std?: Triple;
}

/** The graph's output about a photo: how its numbers become probabilities. */
export interface ImageOutput {
  /** Name of the output with one number for each class: `[1,n]`. */
  readonly name: string;
  /** The function that is still to be applied to these numbers. */
  readonly activation: 'none' | 'softmax' | 'sigmoid';
  /** Logits are divided by it before the activation; default 1. */
  readonly temperature?: number;
  /** Name of an output of one number from 0 to 1: how sure that there is anything to name at all. */
  readonly detection?: string;
  /**
   * Name of an output of the things one by one, `[1,k,6]` as detectors are exported with their non-maximum suppression: left, top, right,
   * bottom in pixels of the input, score from 0 to 1, class. Of score 0: none. Default: there are none.
   */
  readonly boxes?: string;
}

/** One answer of a classifier, and the classes of the graph that mean it: their probabilities are summed. */
export interface ImageLabel {
  readonly name: string;
  readonly indices: readonly number[];
}

/** All that is needed to ask a classifier of images; another one drops in by other values here. */
export interface ImageSection {
  readonly input: ImageInput;
  readonly output: ImageOutput;
  /** Classes that neither a label nor one of `others` names are dropped; the rest is renormalised to a sum of 1. */
  readonly labels: readonly ImageLabel[];
  /**
   * What the graph knows besides, and what is answered by name but never as a label: where all of them together are more probable than
   * the best label, the photo shows none of the labels. Default: none.
   */
  readonly others?: readonly ImageLabel[];
  /** Below this detection, from 0 to 1, the answer is that there is nothing. */
  readonly threshold: number;
}

/** The source of weights that were not trained here. */
export interface WeightsSource {
  readonly title: string;
  readonly url: string;
  /** SPDX identifier. */
  readonly licence: string;
  /** The digest of the file that was fetched from there, before any conversion. */
  readonly sha256?: string;
}

/** The content of `manifest.json` beside `model.onnx`: enough to verify, serve and judge a version. */
export interface Manifest {
  readonly format: 1;
  readonly name: string;
  readonly version: string;
  readonly file: { readonly name: 'model.onnx'; readonly bytes: number; readonly sha256: string };
  readonly schema: ModelSchema;
  readonly training?: TrainingRecord;
  readonly lineage?: Lineage;
  /** Present for classifiers of images: between the request's photo and the graph. */
  readonly image?: ImageSection;
  readonly source?: WeightsSource;
  /** A request that the model takes, to try a version with and to show how it is asked. */
  readonly example?: Pick<InferRequest, 'inputs'>;
  readonly session?: SessionSettings;
}

/** How the graph is opened. */
export interface SessionSettings {
  /** Whether ONNX Runtime optimises the graph and keeps its memory: pays for large graphs, costs small ones their quick start. */
  readonly optimize: boolean;
}
