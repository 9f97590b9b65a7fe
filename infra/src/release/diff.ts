import { type StackId, stackIds } from './aws-tools.ts';
import { type Release, stackName } from './release-run.ts';
import { type Change, changesOf, treeOfAssembly } from './template-tree.ts';

/** What a release would change in one stack. */
export interface StackDiff {
  /** Its physical name. */
  readonly stack: string;
  readonly isNew: boolean;
  readonly changes: readonly Change[];
}

/** Compares the stacks of a stage with an assembly. Nothing is changed. */
export async function diff(
  of: Pick<Release, 'tools' | 'stage' | 'assembly'>,
): Promise<readonly StackDiff[]> {
  const { tools, stage, assembly } = of;
  return Promise.all(
    stackIds.map(async (id: StackId) => {
      const stack = stackName(of, id);
      const isNew = (await tools.stacks.read(stack)) === undefined;
      const before = isNew ? undefined : await tools.stacks.templates(stack);
      return { stack, isNew, changes: changesOf(before, treeOfAssembly(assembly, stage, id)) };
    }),
  );
}

const signs = { added: '+', changed: '~', removed: '-' } as const;

/** Returns a comparison as lines for people. */
export function diffLines(diffs: readonly StackDiff[]): readonly string[] {
  return diffs.flatMap(({ stack, isNew, changes }) => {
    const count = (kind: Change['kind']) => changes.filter((each) => each.kind === kind).length;
    const summary =
      changes.length === 0
        ? 'no change'
        : `${count('added')} added, ${count('changed')} changed, ${count('removed')} removed`;
    return [
      `${stack}${isNew ? ' (new)' : ''}: ${summary}`,
      ...(isNew ? [] : changes.map(({ kind, id, type }) => `  ${signs[kind]} ${type} ${id}`)),
    ];
  });
}
