import { createHash } from 'node:crypto';
import { accountId, functionArn, queueArn, region } from '@chorus/emulator-aws';
import type { EventSource } from './event-source.ts';

/** Returns the id of a queue's mapping, which is the same at every start. */
export function mappingId({
  queue,
  functionName,
}: Pick<EventSource, 'queue' | 'functionName'>): string {
  const hash = createHash('sha256').update(`${queue}\n${functionName}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join('-');
}

/**
 * Returns a mapping as the Lambda API shows it.
 *
 * @param started when the poller did, in epoch milliseconds
 * @param lastResult what became of the last event
 */
export function mappingConfiguration(
  source: EventSource,
  { started, lastResult }: { readonly started: number; readonly lastResult: string },
): Readonly<Record<string, unknown>> {
  const { queue, functionName, qualifier, batchSize, windowSeconds, concurrency } = source;
  const UUID = mappingId(source);
  return {
    UUID,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${UUID}`,
    EventSourceArn: queueArn(queue),
    FunctionArn: `${functionArn(functionName)}:${qualifier}`,
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: windowSeconds,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ...(concurrency !== undefined && { ScalingConfig: { MaximumConcurrency: concurrency } }),
    State: 'Enabled',
    StateTransitionReason: 'USER_INITIATED',
    LastModified: started / 1000,
    LastProcessingResult: lastResult,
  };
}
