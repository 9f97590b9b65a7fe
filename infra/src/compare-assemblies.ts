import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

type Json = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;

/** Resources of every template of an assembly, nested ones included, by the template's name. */
function templatesOf(assembly: string): Readonly<Record<string, Resources>> {
  const files = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /^assembly-/.test(file) && file.endsWith('.template.json'),
  );
  return Object.fromEntries(
    files.map((file) => [
      file
        .replace(/^assembly-[^/]*\//, '')
        .replace(/[0-9A-F]{8}(?:\.nested)?\.template\.json$/, ''),
      JSON.parse(readFileSync(join(assembly, file), 'utf8')).Resources ?? {},
    ]),
  );
}

/** Returns the paths at which two values differ: `Environment.Variables.MODEL_KEY`. */
function differences(before: unknown, after: unknown, path: string): readonly string[] {
  if (isDeepStrictEqual(before, after)) return [];
  const isRecord = (value: unknown): value is Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isRecord(before) || !isRecord(after)) return [path];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    differences(before[key], after[key], path === '' ? key : `${path}.${key}`),
  );
}

function compareTemplates(before: Resources, after: Resources): readonly string[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return ids.flatMap((id) => {
    const [was, is] = [before[id], after[id]];
    if (was === undefined) return [`- added: \`${id}\` (${is?.Type})`];
    if (is === undefined) return [`- **removed**: \`${id}\` (${was.Type})`];
    // Where a nested template lies changes with anything inside it, which is told there.
    const changed = differences(was.Properties ?? {}, is.Properties ?? {}, '').filter(
      (path) => !path.startsWith('TemplateURL'),
    );
    return changed.length === 0
      ? []
      : [`- changed: \`${id}\` (${is.Type}): ${changed.map((path) => `\`${path}\``).join(', ')}`];
  });
}

/**
 * Returns the changes that deploying one assembly after the other would make, as Markdown: resources that come, go,
 * or have other properties. It needs no account; `cdk diff` of two assemblies does not look into nested stacks.
 */
export function compareAssemblies(before: string, after: string): string {
  const [was, is] = [templatesOf(before), templatesOf(after)];
  const sections = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .sort()
    .flatMap((name) => {
      const lines = compareTemplates(was[name] ?? {}, is[name] ?? {});
      return lines.length === 0 ? [] : [`### ${name}`, '', ...lines, ''];
    });
  return ['## Infrastructure', '', ...(sections.length === 0 ? ['No change.'] : sections)].join(
    '\n',
  );
}
