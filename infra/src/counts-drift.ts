import type { FunctionSpec } from '@chorus/blueprint';

/** Whether a function judges the drift of models. */
export function countsDrift({ links = [] }: FunctionSpec): boolean {
  return links.some(({ kind }) => kind === 'model-logs');
}
