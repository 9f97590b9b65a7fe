import { physicalName } from '@chorus/blueprint';
import { firstVersion } from '@chorus/registry';
import { LiveVersionError } from '../errors.ts';
import { liveAlias } from '../names.ts';
import type { FunctionPin, ModelVersion, StagePins } from '../pins.ts';
import type { AwsTools } from './aws-tools.ts';
import type { Versioned } from './first-version.ts';
import { type Release, stackName } from './release-run.ts';

/** A stage whose live versions are asked for. */
export type LiveStage = Pick<Release, 'tools' | 'blueprint' | 'stage'>;

/** Versions of models that are asked for by hand: `<name>=v7`. */
export type Asked = Readonly<Record<string, string>>;

/** Reads a function's version that answers. @throws {LiveVersionError} while its requests are being moved */
async function livePin(tools: AwsTools, functionName: string): Promise<FunctionPin | undefined> {
  const alias = await tools.functions.alias(functionName, liveAlias);
  if (alias === undefined) return undefined;
  if (alias.canaries.length > 0)
    throw new LiveVersionError(
      `${functionName} shares requests with its version ${alias.canaries.join(', ')}: a promotion or a deployment is under way. Wait until that is through`,
    );
  const model = await tools.functions.model(functionName, alias.version);
  return { live: alias.version, ...(model !== undefined && { model }) };
}

async function versionOf(
  registry: Versioned | undefined,
  model: string,
  asked: string | undefined,
): Promise<ModelVersion> {
  if (registry === undefined) return { version: asked ?? firstVersion };
  const version = asked ?? (await registry.listVersions(model)).at(-1);
  if (version === undefined) return { version: firstVersion };
  const { file } = await registry.fetchManifest(model, version);
  return { version, sha256: file.sha256 };
}

/**
 * Reads what is live in a stage, to synthesise its templates with. A model that serves nothing yet gets the newest version
 * there is, else `v1`, which the release brings about. Nothing is changed.
 *
 * @throws {LiveVersionError} while a promotion or a deployment is under way
 * @throws {UnknownVersionError} if the registry does not have a version that is asked for
 */
export async function readLivePins(
  { tools, blueprint, stage }: LiveStage,
  asked: Asked = {},
): Promise<StagePins> {
  const foundation = await tools.stacks.read(stackName({ stage }, 'Foundation'));
  const bucket = foundation?.outputs['ModelBucket'];
  const registry = bucket === undefined ? undefined : tools.buckets.registry(bucket);
  const pins = await Promise.all(
    blueprint.functions.map(async ({ name, kind }): Promise<readonly [string, FunctionPin]> => {
      const live = await livePin(tools, physicalName(name, stage));
      const isSettled =
        kind !== 'model' || (live?.model !== undefined && asked[name] === undefined);
      if (isSettled) return [name, live ?? {}];
      return [name, { ...live, model: await versionOf(registry, name, asked[name]) }];
    }),
  );
  return {
    stage,
    functions: Object.fromEntries(pins.filter(([, pin]) => Object.keys(pin).length > 0)),
  };
}
