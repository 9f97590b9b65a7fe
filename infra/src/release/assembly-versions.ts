import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseModelKey } from '@chorus/registry/manifest';
import { LiveVersionError } from '../errors.ts';
import type { Versions } from './live-versions.ts';

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties?: {
          readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
        };
      }
    >
  >;
}

/** The models' versions that a synthesised stage would deploy. */
export function versionsOfAssembly(assembly: string, stage: string): Versions {
  const folder = join(assembly, `assembly-${stage}`);
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  const versions = templates.flatMap((file) => {
    const { Resources }: Template = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return Object.values(Resources).flatMap(({ Type, Properties }) => {
      const key = Properties?.Environment?.Variables?.['MODEL_KEY'];
      if (Type !== 'AWS::Lambda::Function' || typeof key !== 'string') return [];
      const { name, version } = parseModelKey(key);
      return [[name, { version }] as const];
    });
  });
  return Object.fromEntries(versions);
}

/**
 * Makes sure that an assembly deploys what is live, since hours may lie between the two: staging, an approval.
 *
 * @throws {LiveVersionError} naming each model that has been promoted since
 */
export function checkStillLive(assembled: Versions, live: Versions): void {
  const changed = Object.entries(live).flatMap(([model, { version }]) => {
    const other = assembled[model]?.version;
    return version === other
      ? []
      : [`${model} is at ${version}, the assembly has ${other ?? 'none'}`];
  });
  if (changed.length > 0)
    throw new LiveVersionError(
      `Models were promoted since this assembly was made: ${changed.join('; ')}. Run the deployment again from the start`,
    );
}
