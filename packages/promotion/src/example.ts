import type { InferRequest } from '@chorus/protocol';

/** What a model can be tried with: a request as it is, or values that are named as its columns are. */
export type Example =
  | { readonly request: InferRequest }
  | { readonly row: Readonly<Record<string, unknown>> };
