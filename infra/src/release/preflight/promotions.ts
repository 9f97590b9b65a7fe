import { physicalName } from '@chorus/blueprint';
import { describeLock } from '@chorus/promotion';
import { liveAlias } from '../../names.ts';
import { trafficApplication } from '../move-traffic.ts';
import { functionNames, modelsOf, type Release, stackName } from '../release-run.ts';
import type { Check } from './check.ts';

/** The number of CodeDeploy's deployments under way, by function. */
async function deploymentsOf(release: Release): Promise<ReadonlyMap<string, string>> {
  const { tools, stage } = release;
  const running = await tools.traffic.running(trafficApplication(stage), functionNames(release));
  return new Map(running.map(({ id, functionName }) => [functionName, id]));
}

async function checkLocks(release: Release): Promise<readonly string[]> {
  const { tools } = release;
  const foundation = await tools.stacks.read(stackName(release, 'Foundation'));
  const bucket = foundation?.outputs['ModelBucket'];
  if (bucket === undefined) return [];
  const found = await Promise.all(
    modelsOf(release).map(async ({ name }) => {
      const lock = await tools.buckets.lock(bucket, name);
      return lock === undefined
        ? []
        : [
            `${name} is being changed at this moment: ${describeLock(lock)}. Wait for it or stop it there; without it the lock ends by itself at ${lock.expires}`,
          ];
    }),
  );
  return found.flat();
}

/** Looks whether requests of a function are being moved: to release would cut that off. */
export const checkPromotions: Check = async (release) => {
  const { tools, blueprint, stage } = release;
  const deployments = await deploymentsOf(release);
  const found = await Promise.all(
    blueprint.functions.map(async ({ name, kind }) => {
      const functionName = physicalName(name, stage);
      const id = deployments.get(functionName);
      if (id !== undefined)
        return [
          `a deployment of ${functionName} is under way, or was left by a release that died: ${id}. Wait for it, or end it: aws deploy stop-deployment --auto-rollback-enabled --deployment-id ${id}`,
        ];
      const alias = await tools.functions.alias(functionName, liveAlias);
      if (alias === undefined || alias.canaries.length === 0) return [];
      const shared = `the alias of ${functionName} shares requests with version ${alias.canaries.join(', ')}`;
      return kind === 'model'
        ? [
            `${name} is being promoted: ${shared}. Wait until that is through, or end it: npx -y pnpm@12 chorus models rollback ${name} --aws --stage ${stage}`,
          ]
        : [
            `${shared}: end that: aws lambda update-alias --function-name ${functionName} --name ${liveAlias} --routing-config AdditionalVersionWeights={}`,
          ];
    }),
  );
  return [...found.flat(), ...(await checkLocks(release))];
};

/** Looks whether the versions that the assembly keeps live still are: hours may lie between the two. */
export const checkPins: Check = async ({ tools, blueprint, stage }, { pins }) => {
  const found = await Promise.all(
    blueprint.functions.map(async ({ name }) => {
      const functionName = physicalName(name, stage);
      const pinned = pins[functionName]?.live;
      const live = (await tools.functions.alias(functionName, liveAlias))?.version;
      if (live === undefined || live === pinned) return [];
      const what = pinned === undefined ? 'has none' : `keeps ${pinned}`;
      return [`${functionName} is at version ${live}, the assembly ${what}`];
    }),
  );
  const changed = found.flat();
  return changed.length === 0
    ? []
    : [
        `something was promoted or deployed since this assembly was made: ${changed.join('; ')}. Make it again, from the start`,
      ];
};
