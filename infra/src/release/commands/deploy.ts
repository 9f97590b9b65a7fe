import { resolve } from 'node:path';
import { readPackageIndex } from '../../env.ts';
import { writePins } from '../../pins.ts';
import type { AwsTools } from '../aws-tools.ts';
import { diff, diffLines } from '../diff.ts';
import { CommandError } from '../errors.ts';
import { readLivePins } from '../live-pins.ts';
import { lookFirst } from '../preflight.ts';
import { release } from '../release.ts';
import { eventLine } from '../tell.ts';
import { confirm, interruptible } from '../terminal.ts';
import { type Commander, stageOf } from './commander.ts';
import { askedOf, type Synthesised, withAssembly } from './with-assembly.ts';

/** The values of a deployment on the command line. */
export interface DeployValues extends Synthesised {
  /** The folder that was synthesised before. */
  readonly assembly?: string | undefined;
  /** The folder that gets what is live. */
  readonly pin?: string | undefined;
  /** Whether nothing is asked. */
  readonly yes: boolean;
}

const withoutTerminal = 'add --yes to release';

/** Releases a stage from an assembly, and says what happens. */
async function releaseFrom(
  commander: Commander,
  values: DeployValues,
  tools: AwsTools,
  { assembly, signal }: { readonly assembly: string; readonly signal: AbortSignal },
): Promise<void> {
  const { stage } = values;
  const { terminal, root } = commander;
  const { spec, blueprint } = stageOf(commander, stage);
  if (!values.yes) {
    for (const line of diffLines(await diff({ tools, stage, assembly }))) terminal.say(line);
    const { account } = await tools.account.identity();
    const question = `Release ${stage} in account ${account}, ${spec.region}? [y/N] `;
    await confirm(terminal, question, 'y', withoutTerminal);
  }
  await release({
    tools,
    blueprint,
    spec,
    stage,
    root,
    packageIndex: readPackageIndex(commander.variables),
    assembly,
    signal,
    tell(event) {
      terminal.say(eventLine(event));
      terminal.tell(event);
    },
  });
  terminal.say(`${stage} is released`);
  terminal.tell({ kind: 'released', stage });
}

/** `deploy`: from source, from an assembly (`--assembly`), or only what is live into a folder (`--pin`). */
export async function deployCommand(commander: Commander, values: DeployValues): Promise<void> {
  const { stage, pin, assembly, model } = values;
  const { spec, blueprint, at } = stageOf(commander, stage);
  if (assembly !== undefined && (pin !== undefined || model.length > 0))
    throw new CommandError(
      '--assembly releases what was synthesised before: without --pin and --model',
    );
  // Before minutes go into bundles.
  if (pin === undefined && !values.yes && !commander.terminal.isAsked)
    throw new CommandError(`there is no terminal to ask at: ${withoutTerminal}`);
  if (pin === undefined) commander.terminal.say(`${stage} in ${spec.region} (infra/stages.ts)`);
  await interruptible(commander.terminal, (signal) =>
    commander.withAws(at, async (tools) => {
      if (pin !== undefined) {
        const folder = resolve(commander.from, pin);
        writePins(
          folder,
          await readLivePins({ tools, blueprint, stage }, askedOf(model, blueprint)),
        );
        commander.terminal.say(`wrote what is live in ${stage} to ${folder}`);
        commander.terminal.tell({ kind: 'pinned', stage, folder });
        return;
      }
      if (assembly !== undefined)
        return releaseFrom(commander, values, tools, {
          assembly: resolve(commander.from, assembly),
          signal,
        });
      const { builderProblem, variables } = commander;
      await lookFirst({ tools, spec, stage, builderProblem: () => builderProblem(variables) });
      return withAssembly(commander, values, { tools, signal }, (made) =>
        releaseFrom(commander, values, tools, { assembly: made, signal }),
      );
    }),
  );
}
