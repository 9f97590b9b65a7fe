import { CommandError } from '../errors.ts';
import { expiredPreviews, expiryOf, previewStage } from '../previews.ts';
import { type Commander, stageOf } from './commander.ts';
import { deployCommand } from './deploy.ts';
import { removeStage } from './destroy.ts';

/** What is asked of previews: exactly one of them. */
export interface PreviewValues {
  readonly number?: string | undefined;
  readonly remove?: string | undefined;
  readonly expired: boolean;
  readonly parameters: readonly string[];
}

/** `preview`: a stage for a pull request, which ends with it or when its time is up. */
export async function previewCommand(commander: Commander, values: PreviewValues): Promise<void> {
  const { number, remove, expired, parameters } = values;
  const { known, terminal } = commander;
  if ([number, remove, expired || undefined].filter((each) => each !== undefined).length !== 1)
    throw new CommandError('preview takes one of --number 12, --remove 12 and --expired');
  if (number !== undefined) {
    const stage = previewStage(number);
    const expires = expiryOf(commander.now(), known.previewDays);
    await deployCommand(commander, { stage, expires, parameters, model: [], yes: true });
    terminal.say(`It is deleted after ${expires}`);
    return;
  }
  const { at } = stageOf(commander, remove === undefined ? 'pr-1' : previewStage(remove));
  await commander.withAws(at, async (tools) => {
    if (remove !== undefined) return removeStage(commander, tools, previewStage(remove), 'delete');
    const found = await expiredPreviews(tools, commander.now());
    if (found.length === 0) terminal.say('No preview has expired');
    const failures: string[] = [];
    for (const { stage, since } of found) {
      terminal.say(`${stage} expired at ${since}`);
      // One that cannot be deleted keeps none of the others.
      await removeStage(commander, tools, stage, 'delete').catch((error: unknown) =>
        failures.push(`${stage}: ${error instanceof Error ? error.message : String(error)}`),
      );
    }
    if (failures.length > 0) throw new CommandError(failures.join('; '));
  });
}
