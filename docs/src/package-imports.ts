import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A package of the workspace and the packages that its sources import. */
export interface DrawnPackage {
  /** `@chorus/asl` */
  readonly name: string;
  /** From the repository's root: `packages/asl`. */
  readonly folder: string;
  readonly imports: readonly string[];
}

/** Imports that stand in code, as `import … from`, `export … from` or `import(…)`. */
const imported = /(?:from|import)\s*\(?\s*'(?<name>@chorus\/[\w-]+)/g;

const isTest = (file: string): boolean => /\.test\.ts$|\/(?:testing|e2e|images)\//.test(file);

function importsOf(root: string, folder: string, name: string): string[] {
  const found = new Set<string>();
  for (const file of globSync(`${folder}/src/**/*.ts`, { cwd: root })) {
    if (isTest(file)) continue;
    for (const { groups } of readFileSync(join(root, file), 'utf8').matchAll(imported))
      found.add(groups?.['name'] ?? '');
  }
  found.delete(name);
  return [...found].sort();
}

/**
 * Reads every package of a workspace and what its sources import, tests aside.
 *
 * @param root the workspace's root, absolute
 * @returns packages in the order of their folders
 */
export function packageImports(root: string): readonly DrawnPackage[] {
  const manifests = globSync('{apps,packages,bench,docker,infra}/**/package.json', {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  });
  return manifests
    .map((manifest) => {
      const { name } = JSON.parse(readFileSync(join(root, manifest), 'utf8'));
      const folder = dirname(manifest);
      return { name, folder, imports: importsOf(root, folder, name) };
    })
    .filter(({ name }) => typeof name === 'string' && name.startsWith('@chorus/'))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Packages that import each other, directly or through others: one list for each circle. */
export function circles(packages: readonly DrawnPackage[]): readonly (readonly string[])[] {
  const importsBy = new Map(packages.map(({ name, imports }) => [name, imports]));
  const found = new Map<string, readonly string[]>();
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) {
      const circle = path.slice(start);
      found.set(circle.toSorted().join(), circle);
      return;
    }
    for (const next of importsBy.get(name) ?? []) visit(next, [...path, name]);
  };
  for (const { name } of packages) visit(name, []);
  return [...found.values()];
}
