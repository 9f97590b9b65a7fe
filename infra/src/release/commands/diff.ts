import { diff, diffLines } from '../diff.ts';
import { interruptible } from '../terminal.ts';
import { type Commander, stageOf } from './commander.ts';
import { type Synthesised, withAssembly } from './with-assembly.ts';

/** `diff`: what a release would change, with what is live kept. */
export async function diffCommand(commander: Commander, values: Synthesised): Promise<void> {
  const { stage } = values;
  const { at } = stageOf(commander, stage);
  await interruptible(commander.terminal, (signal) =>
    commander.withAws(at, (tools) =>
      withAssembly(commander, values, { tools, signal }, async (assembly) => {
        const found = await diff({ tools, stage, assembly });
        for (const line of diffLines(found)) commander.terminal.say(line);
        commander.terminal.tell({ kind: 'diff', stage, stacks: found });
      }),
    ),
  );
}
