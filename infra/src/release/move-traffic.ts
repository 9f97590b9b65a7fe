import { physicalName } from '@chorus/blueprint';
import { liveAlias, nextAlias } from '../names.ts';
import type { AwsTools, Shift } from './aws-tools.ts';
import { InterruptedError, ShiftError } from './errors.ts';
import type { Run } from './release-run.ts';

/** How often a deployment is asked how far it is, in milliseconds. */
const pauseMs = 5000;

/** The name of the stage's CodeDeploy application. */
export function trafficApplication(stage: string): string {
  return physicalName('functions', stage);
}

/** Returns the functions whose next version is not what answers. */
async function shiftsOf({ tools, before }: Run): Promise<readonly Shift[]> {
  const found = await Promise.all(
    [...before.aliases].map(async ([functionName, live]): Promise<readonly Shift[]> => {
      const next = await tools.functions.alias(functionName, nextAlias);
      // What was not live before has been made so with the version that is next.
      if (live === undefined || next === undefined || next.version === live.version) return [];
      return [{ functionName, alias: liveAlias, from: live.version, to: next.version }];
    }),
  );
  return found.flat();
}

/** Waits for a deployment. @throws {ShiftError} if it does not move all requests */
async function follow(
  { tools, report }: Run,
  { functionName, to }: Shift,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  let last = '';
  for (;;) {
    const { status, problem } = await tools.traffic.state(id);
    if (status !== last) report(`${functionName} to version ${to}: ${status} (${id})`);
    last = status;
    if (status === 'Succeeded') return;
    if (status === 'Failed' || status === 'Stopped')
      throw new ShiftError(
        `${functionName} did not go to version ${to}: ${problem ?? status} (CodeDeploy ${id})`,
      );
    await tools.pause(pauseMs, signal);
  }
}

/** Moves one function's requests. */
async function shift(run: Run, each: Shift, signal: AbortSignal): Promise<void> {
  const { tools, stage, report } = run;
  const id = await tools.traffic.start(trafficApplication(stage), each);
  if (id === undefined) {
    // Before the stack with the deployment groups there is nothing that could ask the function.
    report(`${each.functionName} to version ${each.to}: at once, since nothing asks it yet`);
    await tools.functions.moveAlias(each.functionName, each.alias, each.to);
    return;
  }
  try {
    await follow(run, each, id, signal);
  } catch (error) {
    await tools.traffic.stop(id);
    throw error;
  }
}

/**
 * Moves requests to the next version of each function that has one, all functions at the same time, as CodeDeploy's group of
 * each says. When one fails, the others are stopped.
 *
 * @returns the names of those that were moved
 * @throws {ShiftError} if one does not get there
 */
export async function moveTraffic(run: Run): Promise<readonly string[]> {
  const shifts = await shiftsOf(run);
  const others = new AbortController();
  const signal = AbortSignal.any([run.signal, others.signal]);
  const moved = await Promise.allSettled(
    shifts.map(async (each) => {
      try {
        await shift(run, each, signal);
      } catch (error) {
        others.abort(new InterruptedError('another function did not get to its new version'));
        throw error;
      }
    }),
  );
  const failures = moved.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  // The one that stopped the others says why.
  const [first] = failures.toSorted(
    (a, b) => Number(a instanceof InterruptedError) - Number(b instanceof InterruptedError),
  );
  if (first !== undefined) throw first;
  return shifts.map(({ functionName }) => functionName);
}

/** Tells whether an alias is at one of two versions, and shares with no other. */
const isBetween = (versions: readonly string[], known: readonly (string | undefined)[]) =>
  versions.every((each) => known.includes(each));

/** Takes the requests of one function back. @returns what to say about it; nothing when it is where it was */
async function takeBack(tools: AwsTools, name: string, live: string): Promise<string | undefined> {
  const [now, next] = await Promise.all([
    tools.functions.alias(name, liveAlias),
    tools.functions.alias(name, nextAlias),
  ]);
  if (now === undefined || (now.version === live && now.canaries.length === 0)) return undefined;
  if (!isBetween([now.version, ...now.canaries], [live, next?.version]))
    return `${name} was left at version ${now.version}, which something else has moved it to meanwhile`;
  await tools.functions.moveAlias(name, liveAlias, live);
  return `${name} is back at version ${live}`;
}

/**
 * Takes the requests of all functions back to the versions that were live. What something else has moved is left alone.
 *
 * @returns what was done
 * @throws {AggregateError} if one could not be taken back, after all others were
 */
export async function takeTrafficBack({ tools, stage, before }: Run): Promise<readonly string[]> {
  const names = [...before.aliases.keys()];
  for (const { id } of await tools.traffic.running(trafficApplication(stage), names))
    await tools.traffic.stop(id);
  const done = await Promise.allSettled(
    [...before.aliases].map(async ([name, live]) =>
      live === undefined ? undefined : takeBack(tools, name, live.version),
    ),
  );
  const failures = done.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      failures
        .map((each: unknown) => (each instanceof Error ? each.message : String(each)))
        .join('; '),
    );
  return done.flatMap((each) =>
    each.status === 'fulfilled' && each.value !== undefined ? [each.value] : [],
  );
}
