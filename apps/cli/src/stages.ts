import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Blueprint, StageSpec } from '@chorus/blueprint';
import type { Bill } from '@chorus/cost';
import { UsageError } from './errors.ts';
import { root } from './root.ts';

/** The part of `infra/stages.ts` that commands read. */
interface Stages {
  readonly stages: Readonly<Record<string, StageSpec>>;
  /** That of pull requests, `pr-12`. */
  readonly preview: StageSpec;
}

/** The part of `infra/src/at-rest.ts` that commands ask. */
interface AtRest {
  readonly billAtRest: (blueprint: Blueprint, stage: StageSpec) => Bill;
}

/** The part of `infra/src/narrow.ts` that commands ask. */
interface Narrow {
  readonly narrow: (blueprint: Blueprint, stage: StageSpec) => Blueprint;
}

/**
 * Imports a file of `infra` that does not import the CDK. It is found by its path, as a model's recipe is: no app depends on
 * the package `infra`.
 */
async function fromInfra<Module>(file: string): Promise<Module> {
  return import(pathToFileURL(join(root, 'infra', file)).href);
}

/**
 * Returns the options of a stage.
 *
 * @throws {UsageError} naming the stages, if it is none of them
 */
export async function stageSpec(stage: string): Promise<StageSpec> {
  const { stages, preview } = await fromInfra<Stages>('stages.ts');
  const spec = /^pr-\d+$/.test(stage) ? preview : stages[stage];
  if (spec !== undefined) return spec;
  throw new UsageError(
    `There is no stage '${stage}' in infra/stages.ts, which has ${Object.keys(stages).join(', ')}`,
  );
}

/**
 * Returns the bill of a month of a stage to which no request comes.
 *
 * @param workflow of a stage that has this one alone. @default all that it has
 * @throws {UsageError} as `stageSpec`
 */
export async function billOfRest(stage: string, workflow?: string): Promise<Bill> {
  const [{ billAtRest }, { blueprint }, spec] = await Promise.all([
    fromInfra<AtRest>('src/at-rest.ts'),
    import('@chorus/service'),
    stageSpec(stage),
  ]);
  return billAtRest(blueprint, workflow === undefined ? spec : { ...spec, workflows: [workflow] });
}

/** Returns the part of the service that a stage deploys, with the sizes of its functions. @throws {UsageError} as `stageSpec` */
export async function serviceOf(stage: string): Promise<Blueprint> {
  const [{ narrow }, { blueprint }, spec] = await Promise.all([
    fromInfra<Narrow>('src/narrow.ts'),
    import('@chorus/service'),
    stageSpec(stage),
  ]);
  return narrow(blueprint, spec);
}
