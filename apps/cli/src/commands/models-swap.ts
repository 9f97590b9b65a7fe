import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { type Io, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { program } from '../program.ts';
import type { Swap } from '../swap.ts';
import { findTarget } from '../target.ts';

const flags = cloudFlags;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, version] = takeArguments(['name', 'version'], positionals);
  await findModel(name);
  const target = await findTarget(readSettings(io.env), values.aws);
  const { swap } = await import('../swap.ts');
  const swapped = await withCloud(target, (cloud) => swap(cloud, name, version));
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
      : `To take it back: ${program} models swap ${model} ${from}${cloud}`,
  ];
}

/** `chorus models swap`: makes another version live. */
export const modelsSwap: Command = {
  name: 'models swap',
  operands: '<name> <version>',
  summary: 'make a version live, and take it back if it does not get ready',
  details: [
    'Points the function at the version, waits until that is through and has it load its weights.',
    'chorus models swap random-forest v2',
  ],
  flags,
  run,
};
