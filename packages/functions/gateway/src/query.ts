/** Parameters of a query that only the routes of workflows take. */

import { asynchronousQuery, traceQuery } from '@chorus/blueprint';
import { InvalidRequestError } from '@chorus/protocol';
import type { Served } from './served.ts';

/** By parameter: the value that asks for nothing, and what else there is. */
const ofWorkflows = [
  { name: asynchronousQuery.name, off: asynchronousQuery.now, instead: 'this answers at once' },
  {
    name: traceQuery.name,
    off: traceQuery.off,
    instead: 'by the Open Inference Protocol they take the parameter chorus_trace',
  },
] as const;

/**
 * Refuses what would be ignored: a model has no timeline, and is not answered later.
 *
 * @throws InvalidRequestError naming the parameter, and the workflows whose routes take it
 */
export function checkQuery(query: ReadonlyMap<string, string>, served: Served): void {
  for (const { name, off, instead } of ofWorkflows) {
    const value = query.get(name) ?? '';
    if (value === '' || value === off) continue;
    const workflows = [...served.values()].flatMap((each) =>
      each.kind === 'workflow' ? [`/predict/${each.name}`] : [],
    );
    throw new InvalidRequestError(
      `${name}: only the routes of workflows take it, ${workflows.join(', ')}; ${instead}`,
    );
  }
}
