import type { Swap } from '@chorus/promotion';
import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { program } from '../program.ts';
import { findTarget } from '../target.ts';

const flags = cloudFlags;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, version] = takeArguments(['name', 'version'], positionals);
  await findModel(name);
  const target = await findTarget(readSettings(io.env), values);
  const [{ swap }, { promotionTarget }] = await Promise.all([
    import('@chorus/promotion'),
    import('../live.ts'),
  ]);
  const swapped = await withCloud(target, async (cloud) => {
    const done = await swap(await promotionTarget(cloud, name), version, (line) => note(io, line));
    if (done.from === null && target.stage === undefined) {
      const { tellGateway } = await import('../new-function.ts');
      await tellGateway(cloud, name);
    }
    return done;
  });
  if (values.json === true) printJson(io, swapped);
  else print(io, ...render(swapped, target.flags));
  return 0;
}

function render({ model, from, to, durationMs }: Swap, cloud: string): readonly string[] {
  const before = from === to ? 'was live already' : `before: ${from ?? 'none'}`;
  return [
    `${model} ${to} is live and has answered (${before}). It took ${durationMs} ms.`,
    from === null || from === to
      ? `Next: ${program} models list${cloud}`
      : `To take it back: ${program} models rollback ${model}${cloud}`,
  ];
}

/** `chorus models swap`: makes another version live. */
export const modelsSwap: Command = {
  name: 'models swap',
  operands: '<name> <version>',
  summary: 'make a version live at once, if it answers',
  details: [
    'Publishes a version of the function that serves it, has that answer a request, and only then',
    'sends requests there. To try it on few requests first: chorus models promote.',
    'chorus models swap <model> v2',
  ],
  flags,
  run,
};
