import { type RequestProfile, requestCost } from '@chorus/cost';
import type { Call, Service } from './call.ts';
import type { FunctionSize } from './served.ts';

/** One model's part in an answer. */
interface ModelRun {
  readonly size: FunctionSize;
  /** As the model says, in milliseconds; undefined when it did not answer. */
  readonly durationMs: number | undefined;
}

/**
 * Returns the cost of a request's answer on AWS, in US dollars with three digits: API Gateway, this function until
 * now, the models and, if there was one, the workflow and what its functions write into tables. An estimate below the bill: the start of a function and a
 * failed attempt are not measured; logs and transfer are left out.
 */
export function estimatedCost(
  { size }: Service,
  { receivedMs }: Call,
  models: readonly ModelRun[],
  more: Pick<RequestProfile, 'workflow' | 'written'> = {},
): number {
  const runs = [...models, { size, durationMs: Date.now() - receivedMs }];
  const invocations = runs.flatMap(({ size: { memoryMb, architecture }, durationMs }) =>
    durationMs === undefined
      ? []
      : [{ durationMs, memoryMb, ...(architecture !== undefined && { architecture }) }],
  );
  const cost = requestCost({ invocations, ...more });
  return Number(cost.toPrecision(3));
}
