import type { InferRequest } from '@chorus/protocol';

/** A request to try a model with: as it is, or as values named like the model's columns. */
export type Example =
  | { readonly request: InferRequest }
  | { readonly row: Readonly<Record<string, unknown>> };
