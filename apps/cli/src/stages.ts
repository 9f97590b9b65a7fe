import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StageSpec } from '@chorus/blueprint';
import { UsageError } from './errors.ts';
import { root } from './root.ts';

/** The part of `infra/stages.ts` that commands read. */
interface Stages {
  readonly stages: Readonly<Record<string, StageSpec>>;
  /** That of pull requests, `pr-12`. */
  readonly preview: StageSpec;
}

/**
 * Reads the stages that are deployed. The file is data of the repository, as a model's recipe is: no package of its own to
 * depend on, since `infra` is not for apps.
 */
async function readStages(): Promise<Stages> {
  return import(pathToFileURL(join(root, 'infra/stages.ts')).href);
}

/**
 * Returns the options of a stage.
 *
 * @throws {UsageError} naming the stages, if it is none of them
 */
export async function stageSpec(stage: string): Promise<StageSpec> {
  const { stages, preview } = await readStages();
  const spec = /^pr-\d+$/.test(stage) ? preview : stages[stage];
  if (spec !== undefined) return spec;
  throw new UsageError(
    `There is no stage '${stage}' in infra/stages.ts, which has ${Object.keys(stages).join(', ')}`,
  );
}
