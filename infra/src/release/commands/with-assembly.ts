import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Blueprint } from '@chorus/blueprint';
import { isVersion } from '@chorus/registry/manifest';
import { writePins } from '../../pins.ts';
import type { AwsTools } from '../aws-tools.ts';
import { CommandError } from '../errors.ts';
import { type Asked, readLivePins } from '../live-pins.ts';
import { type Commander, stageOf } from './commander.ts';

/** Reads `<name>=v7`. @throws {CommandError} */
export function askedOf(models: readonly string[], { functions }: Blueprint): Asked {
  const known = functions.flatMap(({ kind, name }) => (kind === 'model' ? [name] : []));
  return Object.fromEntries(
    models.map((text) => {
      const [name = '', version = ''] = text.split('=');
      if (!known.includes(name) || !isVersion(version))
        throw new CommandError(
          `--model: expected a model and its version, such as ${known[0] ?? 'name'}=v2, got ${text}; the stage has the models ${known.join(', ') || 'none'}`,
        );
      return [name, version];
    }),
  );
}

/** What is synthesised for a stage. */
export interface Synthesised {
  readonly stage: string;
  /** `<name>=v7` */
  readonly model: readonly string[];
  /** More for the CDK's command line. */
  readonly parameters: readonly string[];
  /** When a preview ends, in ISO 8601. */
  readonly expires?: string | undefined;
}

/** Synthesises a stage with what is live in it, into a folder that is gone afterwards. */
export async function withAssembly<Result>(
  commander: Commander,
  values: Synthesised,
  { tools, signal }: { readonly tools: AwsTools; readonly signal: AbortSignal },
  work: (assembly: string) => Promise<Result>,
): Promise<Result> {
  const { stage, expires, parameters } = values;
  const { blueprint, at } = stageOf(commander, stage);
  const folder = await mkdtemp(join(tmpdir(), 'chorus-deploy-'));
  const pins = join(folder, 'pins');
  const assembly = join(folder, 'cdk.out');
  try {
    const asked = askedOf(values.model, blueprint);
    writePins(pins, await readLivePins({ tools, blueprint, stage }, asked));
    const synthesis = {
      root: commander.root,
      stage,
      pins,
      assembly,
      expires,
      parameters,
      variables: at.variables,
      signal,
    };
    commander.terminal.say('Bundling the functions and pages');
    await commander.bundle(synthesis);
    commander.terminal.say('Making the templates');
    await commander.synthesise(synthesis);
    return await work(assembly);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
