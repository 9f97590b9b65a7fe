import { packTensor, stringifyJson, type Tensor } from '@chorus/protocol';
import { maxResponseBytes } from './runtime-api.ts';

/** Room for outputs as text, beside what else an answer says. */
const largestText = maxResponseBytes - 10_000;

/** As text, a number takes 25 bytes at most: so many always fit. */
const fewElements = largestText / 25;

/**
 * Returns outputs as they fit into an answer that Lambda carries: those that would be too large as text as base64 of their
 * bytes, see `packTensor`.
 */
export function fitOutputs(outputs: readonly Tensor[]): readonly (Tensor | Omit<Tensor, 'data'>)[] {
  const elements = outputs.reduce((sum, { data }) => sum + data.length, 0);
  return elements > fewElements && stringifyJson(outputs).length > largestText
    ? outputs.map(packTensor)
    : outputs;
}
