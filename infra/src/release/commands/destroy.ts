import { defaultStage } from '@chorus/blueprint';
import type { AwsTools } from '../aws-tools.ts';
import { destroy } from '../destroy.ts';
import { confirm } from '../terminal.ts';
import { type Commander, stageOf } from './commander.ts';

/** Deletes a stage that was asked about. */
export async function removeStage(
  { terminal }: Commander,
  tools: AwsTools,
  stage: string,
  data: 'keep' | 'delete',
): Promise<void> {
  const report = (line: string) => {
    terminal.say(line);
    terminal.tell({ kind: 'says', stage, text: line });
  };
  const { stacks, kept } = await destroy({ tools, stage, data, report });
  for (const each of kept) terminal.say(`kept ${each}`);
  terminal.tell({ kind: 'destroyed', stage, stacks, kept });
}

/** `destroy`: deletes a stage, asked about by its name. */
export async function destroyCommand(
  commander: Commander,
  {
    stage,
    data,
    yes,
  }: { readonly stage: string; readonly data: 'keep' | 'delete'; readonly yes: boolean },
): Promise<void> {
  const { terminal } = commander;
  const { at, spec } = stageOf(commander, stage);
  const what =
    data === 'delete'
      ? `all of ${stage}, its models, uploads and feature store included, which nothing brings back`
      : `${stage}; its buckets and feature store stay`;
  await commander.withAws(at, async (tools) => {
    // For production's data no script answers.
    if (!yes || (data === 'delete' && stage === defaultStage)) {
      const { account } = await tools.account.identity();
      await confirm(
        terminal,
        `In account ${account}, ${spec.region}: this deletes ${what}. Type ${stage} to do it: `,
        stage,
        stage === defaultStage && data === 'delete'
          ? `the data of ${stage} is deleted only when a person types its name`
          : 'add --yes to delete',
      );
    }
    await removeStage(commander, tools, stage, data);
  });
}
