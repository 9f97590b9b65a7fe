import type { Rollback } from '@chorus/promotion';
import { parseArguments, takeArguments } from '../arguments.ts';
import { withCloud } from '../cloud.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { type Io, note, print, printJson } from '../io.ts';
import { findModel } from '../models.ts';
import { program } from '../program.ts';
import { findTarget } from '../target.ts';

const flags = {
  force: {
    type: 'boolean',
    description: 'take the lock from a promotion that runs, which then ends',
  },
  ...cloudFlags,
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name] = takeArguments(['name'], positionals);
  await findModel(name);
  const target = await findTarget(readSettings(io.env), values);
  const [{ rollBack }, { promotionTarget }] = await Promise.all([
    import('@chorus/promotion'),
    import('../live.ts'),
  ]);
  const rolledBack = await withCloud(target, async (cloud) =>
    rollBack(await promotionTarget(cloud, name), {
      force: values.force === true,
      report: (line) => note(io, line),
    }),
  );
  if (values.json === true) printJson(io, rolledBack);
  else print(io, ...render(rolledBack, target.flags));
  return 0;
}

function render(rollback: Rollback, cloud: string): readonly string[] {
  const { model, from, to, wasCanary, durationMs } = rollback;
  const taken = wasCanary
    ? `The canary of ${from.version} ended`
    : `${from.version} was taken back`;
  return [
    `${taken}: ${model} ${to.version} (function version ${to.functionVersion}) serves all requests. It took ${durationMs} ms.`,
    `Next: ${program} models list${cloud}`,
  ];
}

/** `chorus models rollback`: returns to what was live before. */
export const modelsRollback: Command = {
  name: 'models rollback',
  operands: '<name>',
  summary: 'return to the version that was live before, or end a canary',
  details: [
    'The version before is still published, so this is one move of the alias.',
    'chorus models rollback <model>',
  ],
  flags,
  run,
};
