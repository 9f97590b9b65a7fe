import type { DrawnPackage } from './package-imports.ts';

/** The part of a folder's path that groups packages in the picture. */
function groupOf(folder: string): string {
  const [first = '', second = ''] = folder.split('/');
  const nested = ['emulators', 'functions'];
  return first === 'packages' && nested.includes(second) ? `packages/${second}` : first;
}

/** One box stands for all models: they import the same, and adding one does not change the picture. */
function withOneModel(packages: readonly DrawnPackage[]): readonly DrawnPackage[] {
  const folder = 'packages/models';
  const isModel = (each: DrawnPackage): boolean => each.folder.startsWith(`${folder}/`);
  const models = packages.filter(isModel);
  if (models.length === 0) return packages;
  const names = new Set(models.map(({ name }) => name));
  const name = '@chorus/models';
  const renamed = (imports: readonly string[]) => [
    ...new Set(imports.map((each) => (names.has(each) ? name : each))),
  ];
  const imports = renamed(models.flatMap((model) => model.imports)).filter((each) => each !== name);
  const others = packages.filter((each) => !isModel(each));
  return [
    ...others.map((each) => ({ ...each, imports: renamed(each.imports) })),
    { name, folder, imports: imports.sort() },
  ];
}

const idOf = (name: string): string => name.replace('@chorus/', '').replaceAll('-', '_');

/** Packages that can be reached from others that a package imports: arrows to them would say nothing new. */
function reachable(names: readonly string[], importsBy: ReadonlyMap<string, readonly string[]>) {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    for (const next of importsBy.get(name) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  for (const name of names) visit(name);
  return seen;
}

/**
 * Draws packages and their imports as a Mermaid flowchart. An arrow that follows from others is left out, and the
 * packages under `packages/models` share one box.
 *
 * @returns the chart's text
 */
export function drawPackages(all: readonly DrawnPackage[]): string {
  const packages = withOneModel(all);
  const importsBy = new Map(packages.map(({ name, imports }) => [name, imports]));
  const groups = Map.groupBy(packages, ({ folder }) => groupOf(folder));
  const boxes = [...groups].flatMap(([group, members]) => {
    const inside = members.map(({ name }) => `    ${idOf(name)}[${name.replace('@chorus/', '')}]`);
    if (members.every(({ folder }) => folder === group)) return inside;
    return [`  subgraph in_${group.replaceAll('/', '_')} [${group}]`, ...inside, '  end'];
  });
  const arrows = packages.flatMap(({ name, imports }) => {
    const implied = reachable(imports, importsBy);
    return imports
      .filter((each) => !implied.has(each) && importsBy.has(each))
      .map((each) => `  ${idOf(name)} --> ${idOf(each)}`);
  });
  return ['flowchart TB', ...boxes, ...arrows].join('\n');
}

const marked = /(?<=<!-- packages -->\n)[\s\S]*?(?=\n<!-- \/packages -->)/;

/**
 * Puts a picture between the marks `<!-- packages -->` of a document.
 *
 * @throws {Error} if the document has no such marks
 */
export function withPicture(document: string, picture: string): string {
  if (!marked.test(document)) throw new Error('the document has no marks <!-- packages -->');
  return document.replace(marked, () => `\`\`\`mermaid\n${picture}\n\`\`\``);
}
