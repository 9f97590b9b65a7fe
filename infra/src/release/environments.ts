import { physicalName } from '@chorus/blueprint';
import { InfraError } from '../errors.ts';
import { liveAlias, nextAlias } from '../names.ts';
import type { AwsTools, KeptReady } from './aws-tools.ts';
import { functionNames, type Run } from './release-run.ts';

/** How often environments that are being made are looked at, in milliseconds. */
const pauseMs = 5000;

/** Returns how many environments the stage wants ready, by the function's physical name. */
function wantedOf({ blueprint, stage }: Run): ReadonlyMap<string, number> {
  return new Map(
    blueprint.functions.map(({ name, provisionedConcurrency = 0 }) => [
      physicalName(name, stage),
      provisionedConcurrency,
    ]),
  );
}

const several = (number: number) => (number === 1 ? '1 environment' : `${number} environments`);

/** Ends what versions keep ready, save those that are to. @returns what was ended, in a few words */
async function endOthers(
  { functions }: AwsTools,
  name: string,
  stay: readonly (string | undefined)[],
): Promise<readonly string[]> {
  const others = (await functions.keptReady(name)).filter(({ version }) => !stay.includes(version));
  for (const { version } of others) await functions.endReady(name, version);
  return others.map(
    ({ version, environments }) => `${several(environments)} of ${name}:${version}`,
  );
}

/** Waits until a version has its environments. @throws {InfraError} if Lambda cannot make them */
async function untilReady({ tools, signal }: Run, name: string, version: string): Promise<void> {
  for (;;) {
    const kept = await tools.functions.keptReady(name);
    const found = kept.find((each) => each.version === version);
    if (found?.status === 'READY') return;
    if (found === undefined || found.status === 'FAILED')
      throw new InfraError(
        `${name}:${version} did not get the environments that it is to keep ready: ${found?.problem ?? 'something else ended them'}`,
      );
    await tools.pause(pauseMs, signal);
  }
}

const has = (kept: readonly KeptReady[], version: string, environments: number) =>
  kept.some((each) => each.version === version && each.environments === environments);

/**
 * Has Lambda keep environments of the next versions ready, as many as the stage says, and waits for them. What neither answers
 * nor is next keeps none: `concurrency` has room for two versions.
 *
 * CloudFormation could do this, on the version. It would publish a new version whenever the number changes, which Lambda
 * refuses for a function that has not changed, and it would leave the environments of the version before to be paid for ever.
 *
 * @throws {InfraError} if Lambda cannot make them
 */
export async function keepReady(run: Run): Promise<string> {
  const { tools, before, report } = run;
  const made: (readonly [name: string, version: string])[] = [];
  for (const [name, environments] of wantedOf(run)) {
    const next = (await tools.functions.alias(name, nextAlias))?.version;
    for (const ended of await endOthers(tools, name, [before.aliases.get(name)?.version, next]))
      report(`ended ${ended}, which answers nothing`);
    if (environments === 0 || next === undefined) continue;
    if (!has(await tools.functions.keptReady(name), next, environments))
      await tools.functions.keepReady(name, next, environments);
    made.push([name, next]);
  }
  for (const each of made) await untilReady(run, ...each);
  return made.map(([name, version]) => `${name}:${version}`).join(', ') || 'none are wanted';
}

/** Gives the versions that were live what they kept ready before, and has no other keep any. */
export async function takeReadyBack({ tools, before }: Run): Promise<readonly string[]> {
  const said: string[] = [];
  for (const [name, live] of before.aliases) {
    const was = before.ready.get(name)?.find(({ version }) => version === live?.version);
    if (
      was !== undefined &&
      !has(await tools.functions.keptReady(name), was.version, was.environments)
    ) {
      await tools.functions.keepReady(name, was.version, was.environments);
      said.push(`${name}:${was.version} gets its ${several(was.environments)} back`);
    }
    for (const ended of await endOthers(tools, name, [was?.version])) said.push(`ended ${ended}`);
  }
  return said;
}

/**
 * Ends the environments that versions keep which answer no request any more; they would be paid all the same. To go back is no
 * longer asked for then. A failure is told and takes nothing back: the release is good, and `keepReady` of the next one insists.
 */
export async function endSuperseded(run: Run): Promise<string> {
  const { tools, stage } = run;
  const wanted = wantedOf(run);
  const ended: string[] = [];
  for (const name of functionNames(run))
    try {
      const live = await tools.functions.alias(name, liveAlias);
      const stay = wanted.get(name) === 0 ? [] : [live?.version, ...(live?.canaries ?? [])];
      ended.push(...(await endOthers(tools, name, stay)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      run.report(
        `${name} may keep environments of a version that answers nothing, and they are paid: ${message}. The release is good; the next one of ${stage} ends them`,
      );
    }
  return ended.length === 0 ? 'none were kept' : `ended ${ended.join(', ')}`;
}
