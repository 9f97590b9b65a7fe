import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BundleError } from './errors.ts';

/** A component of a CycloneDX file, as far as the table needs it. */
interface Component {
  readonly name: string;
  readonly version?: string;
  readonly licenses?: readonly {
    readonly expression?: string;
    readonly license?: { readonly id?: string; readonly name?: string };
  }[];
  readonly components?: readonly Component[];
}

/** Returns a component and those inside of it. */
function withParts(component: Component): readonly Component[] {
  return [component, ...(component.components ?? []).flatMap(withParts)];
}

/**
 * Reads the bills of materials of all bundles in a workspace.
 *
 * @returns a table in Markdown of what is under which licence
 * @throws {BundleError} if nothing is bundled
 */
export function licenceTable(root: string): string {
  const files = globSync('packages/*/*/dist/linux-*.cdx.json', { cwd: root });
  if (files.length === 0) throw new BundleError(`${root} has no bundles: pnpm bundle`);
  const holders = new Map<string, Set<string>>();
  for (const file of files) {
    const { components }: { components: readonly Component[] } = JSON.parse(
      readFileSync(join(root, file), 'utf8'),
    );
    for (const { name, version = '', licenses = [] } of components.flatMap(withParts))
      for (const { expression, license } of licenses) {
        const licence = expression ?? license?.id ?? license?.name ?? 'none';
        holders.set(licence, (holders.get(licence) ?? new Set()).add(`${name} ${version}`));
      }
  }
  const rows = [...holders].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = rows.map(
    ([licence, names]) => `| ${licence} | ${[...names].toSorted().join(', ')} |`,
  );
  return ['| licence | what |', '|---|---|', ...lines].join('\n');
}
