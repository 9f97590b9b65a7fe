import { setTimeout as sleep } from 'node:timers/promises';
import type { PipelineRun } from '@chorus/pipeline-runs';
import { CliError } from '../errors.ts';
import type { PipelineCloud } from './pipeline-cloud.ts';

/** Milliseconds between two looks. */
const pauseMs = 300;

/** How long a run may take to begin, in milliseconds: EventBridge delivers within seconds. */
const patienceMs = 120_000;

/** Returns the names of the states that an execution has entered, in their order. */
async function statesOf({ sfn }: PipelineCloud, executionArn: string): Promise<readonly string[]> {
  const { paginateGetExecutionHistory } = await import('@aws-sdk/client-sfn');
  const names: string[] = [];
  for await (const { events = [] } of paginateGetExecutionHistory(
    { client: sfn },
    { executionArn },
  ))
    names.push(...events.flatMap((event) => event.stateEnteredEventDetails?.name ?? []));
  return names;
}

/**
 * Waits until a run has ended, or waits for a person.
 *
 * @param isIt tells the run from others of the pipeline
 * @param report gets the name of each state that it enters
 * @throws {CliError} if none begins
 */
export async function followRun(
  cloud: PipelineCloud,
  pipeline: string,
  isIt: (run: PipelineRun) => boolean,
  report: (state: string) => void,
): Promise<PipelineRun> {
  const machine = await cloud.machineArn(pipeline);
  const began = Date.now();
  let told = 0;
  for (;;) {
    const run = (await cloud.runs.list(pipeline, 50)).find(isIt);
    if (run === undefined && Date.now() - began > patienceMs)
      throw new CliError(`No run of ${pipeline} has begun: chorus pipeline list ${pipeline}`);
    if (run !== undefined) {
      const arn = `${machine.replace(':stateMachine:', ':execution:')}:${run.execution}`;
      const states = await statesOf(cloud, arn);
      for (const state of states.slice(told)) report(state);
      told = states.length;
      if (run.status !== 'running') return run;
    }
    await sleep(pauseMs);
  }
}
