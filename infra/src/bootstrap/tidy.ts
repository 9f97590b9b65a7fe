import { InfraError } from '../errors.ts';
import { isNear, type Stages, specOf } from './app.ts';
import { ownNames, previews } from './stage-names.ts';
import { type Found, toolkitStack } from './steps.ts';

/** The image of a function's version, by its digest; without one there is no such version. */
export interface Images {
  readonly live: string | undefined;
  readonly next: string | undefined;
}

/** The tools that tidying acts through: AWS and a terminal at work, doubles in tests. */
export interface TidyTools {
  lookAround(region: string): Promise<Found>;
  /** Returns the images of a function of a stage, by its name in the blueprint. */
  images(name: string, stage: string, region: string): Promise<Images>;
  cdk(parameters: readonly string[], region: string): Promise<void>;
  say(line: string): void;
}

/** How long an image stays that no stack has any more: to go back to an older version needs it. */
const keptDays = 30;

/**
 * Removes images and files of deployments that no stack has had for 30 days; ECR would keep, and bill, them for ever. A rule
 * of ECR by age or number would not do: the image of a function that has not changed for long is old, and live.
 *
 * @param functions names of the functions in the blueprint
 * @throws {InfraError} if a function that is live has another image than its stack: it would be removed
 */
export async function tidy(
  all: Stages,
  stage: string,
  functions: readonly string[],
  { lookAround, images, cdk, say }: TidyTools,
): Promise<void> {
  const own = ownNames(stage, Object.keys(all.stages), (other) => isNear(all, stage, other));
  const { region } = specOf(all, stage);
  const { place } = await lookAround(region);
  for (const name of stage === previews ? [] : functions) {
    const { live, next } = await images(name, stage, region);
    if (live !== undefined && live !== next)
      throw new InfraError(
        `the live version of ${name} has another image than the one deployed last, which alone its stack knows of: release ${stage} first`,
      );
  }
  say(`Removing what no stack of account ${place.account} has had for ${keptDays} days`);
  await cdk(
    [
      'gc',
      `aws://${place.account}/${place.region}`,
      '--unstable=gc',
      '--app',
      'node src/bootstrap/main.ts',
      '-c',
      `bootstrap=${own.bootstrap}`,
      '-c',
      `account=${place.account}`,
      '--toolkit-stack-name',
      toolkitStack(own),
      '--rollback-buffer-days',
      String(keptDays),
      '--created-buffer-days',
      '7',
      '--confirm=false',
    ],
    region,
  );
}
