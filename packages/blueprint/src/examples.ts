import type { InferRequest } from '@chorus/protocol';
import type { Blueprint, FunctionSpec } from './types.ts';

/** A request to try a model with: its own, or a row of a workflow that asks it. */
type Example =
  | { readonly request: InferRequest }
  | { readonly row: Readonly<Record<string, unknown>> };

/** Returns the requests that a model's versions answer before they are live: its own example, then those of the workflows that ask it. */
export function examplesOf(
  { workflows }: Pick<Blueprint, 'workflows'>,
  { name, example }: Pick<FunctionSpec, 'name' | 'example'>,
): readonly Example[] {
  const rows = workflows
    .filter(({ functions }) => functions.some((each) => each.name === name))
    .map((workflow) => ({ row: workflow.example }));
  return example === undefined ? rows : [{ request: example }, ...rows];
}
