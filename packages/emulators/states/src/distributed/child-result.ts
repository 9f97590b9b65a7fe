import { stateMachineArn } from '@chorus/emulator-aws';
import type { ChildRecord, MapRunRecord } from '../store/map-run-records.ts';

/** What becomes of the children's outputs, as `WriterConfig` says. */
export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/** Returns all that is known of a child, as JSON in AWS's form. */
function wholeOf(run: MapRunRecord, child: ChildRecord): string {
  const { status, input, output, error, cause, redrives, started, stopped } = child;
  const isPending = status === 'PENDING' || status === 'PENDING_REDRIVE';
  const isRedrivable = status !== 'SUCCEEDED' && !isPending && !run.isExpress;
  const included = { Included: true };
  return JSON.stringify({
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
    ExecutionArn: child.arn,
    Input: input,
    InputDetails: included,
    Name: child.name,
    ...(output !== undefined && { Output: output }),
    OutputDetails: included,
    RedriveCount: redrives,
    RedriveStatus: isRedrivable ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(status === 'SUCCEEDED' && {
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    }),
    ...(!isPending && { StartDate: new Date(started).toISOString() }),
    StateMachineArn: stateMachineArn(run.machine),
    Status: status,
    ...(stopped !== undefined && { StopDate: new Date(stopped).toISOString() }),
  });
}

/** Returns the results of a child, each as JSON. One that has not succeeded is told whole, whatever the transformation. */
export function resultsOf(
  run: MapRunRecord,
  child: ChildRecord,
  transformation: Transformation,
): readonly string[] {
  const { status, output = 'null' } = child;
  if (transformation === 'NONE' || status !== 'SUCCEEDED') return [wholeOf(run, child)];
  if (transformation === 'COMPACT') return [output];
  const parsed: unknown = JSON.parse(output);
  return Array.isArray(parsed) ? parsed.map((each) => JSON.stringify(each)) : [output];
}
