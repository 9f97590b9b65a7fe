import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { model, onnxModel, type WorkflowSpec } from '@chorus/blueprint';
import type { TensorSpec } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { root } from './root.ts';
import { type Combination, combinations } from './workflow-answers.ts';
import { type Member, type Plan, planWorkflow } from './workflow-plan.ts';
import { blueprintFile, sourceOf, withWorkflow, workflowOf } from './workflow-source.ts';

const label: TensorSpec = { name: 'label', datatype: 'INT64', shape: [-1] };
const number: TensorSpec = { name: 'variable', datatype: 'FP32', shape: [-1, 1] };
const odds = (name: string): TensorSpec => ({
  name,
  datatype: 'FP32',
  shape: [-1, 2],
  labels: ['no', 'it\'s "yes"'],
});

const outputsFor: Readonly<Record<Combination, (index: number) => readonly TensorSpec[]>> = {
  mean: () => [number],
  median: () => [number],
  weighted: (index) => [{ ...number, name: `y${index}` }],
  softVote: (index) => [label, odds(`p-${index}`)],
  majority: () => [label, odds('p')],
  first: () => [label, odds('p')],
};

/** Two models of the same rows: a table, and inputs by name, of which one is a text. */
function planOf(
  combine: Combination,
  names: readonly [string, string],
  categories: string[],
): Plan {
  const [first, second] = names;
  const columns = names.map((name) => ({ name, description: name, minimum: -1 }));
  const inputs: readonly (readonly TensorSpec[])[] = [
    [{ name: 'X', datatype: 'FP32', shape: [-1, 2], columns, missing: true }],
    [
      {
        name: 'colour',
        datatype: 'BYTES',
        shape: [-1, 1],
        columns: [{ name: 'colour', description: '', categories }],
      },
      { name: second, datatype: 'FP32', shape: [-1, 1], missing: true },
      { name: first, datatype: 'INT64', shape: [-1] },
    ],
  ];
  const members = inputs.map((each, index): Member => {
    const name = `model-${index}`;
    return {
      spec: index === 0 ? onnxModel(name) : model(name, { memoryMb: 3008 }),
      schema: { name, inputs: each, outputs: outputsFor[combine](index), maxBatch: 9 },
      example: undefined,
      rows: [],
    };
  });
  const weights = combine === 'weighted' ? [0.25, 0.75] : undefined;
  return planWorkflow(members, { name: 'any-flow', combine, weights });
}

/** Runs the text of a workflow's file. */
async function evaluate(source: string): Promise<WorkflowSpec> {
  // Beside what the compiler writes: a folder that finds the packages, and that git ignores.
  const folder = join(root, 'apps/cli/types');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `generated-${crypto.randomUUID()}.ts`);
  await writeFile(file, source);
  try {
    const module: Readonly<Record<string, WorkflowSpec>> = await import(/* @vite-ignore */ file);
    return Object.values(module)[0] as WorkflowSpec;
  } finally {
    await rm(file);
  }
}

const plain = (spec: WorkflowSpec): unknown => JSON.parse(JSON.stringify(spec));

describe('the file of a workflow', () => {
  it.each(Object.keys(combinations) as Combination[])(
    'says what was planned: %s',
    async (combine) => {
      const plan = planOf(combine, ['age', 'calls a day'], ['red', 'blue']);
      expect(plain(await evaluate(sourceOf(plan)))).toEqual(plain(workflowOf(plan)));
    },
  );

  it('says it whatever the names and categories are', async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("it's", '"', '\\', '${', '`', '__proto__'));
    const column = text.filter(
      (name) =>
        !/":|\d\},|`|\s\s|[^\S ]/.test(name) &&
        !['colour', '', 'instances', 'parameters'].includes(name),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(column, { minLength: 2, maxLength: 2 }),
        fc.uniqueArray(text, { minLength: 1 }),
        async ([first = 'a', second = 'b'], categories) => {
          const plan = planOf('softVote', [first, second], categories);
          expect(plain(await evaluate(sourceOf(plan)))).toEqual(plain(workflowOf(plan)));
        },
      ),
      { numRuns: 15 },
    );
  });

  it.each([
    ['age', 'age:'],
    ['calls a day', "'calls a day':"],
    ["it's", `"it's":`],
    ['say "x"', `'say "x"':`],
    [`it's "x"`, String.raw`'it\'s "x"':`],
    ['a\\b', String.raw`'a\\b':`],
    ['__proto__', `['__proto__']:`],
  ])('quotes a name as the formatter does: %s', (name, key) => {
    const plan = planOf('softVote', [name, 'other'], ['red', 'blue']);
    const example = { [name]: 0, other: 0 };
    expect(sourceOf({ ...plan, example })).toContain(`${key} 0`);
  });

  it('has no line longer than the formatter leaves', () => {
    const plan = planOf(
      'softVote',
      ['a rather long name of a column', 'another one'],
      ['red', 'blue'],
    );
    for (const line of sourceOf(plan).split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('the blueprint', () => {
  it('gets the import in its place and the name at the end of the list', async () => {
    const text = await readFile(join(root, blueprintFile), 'utf8');
    const once = withWorkflow(text, 'churn-vote');
    expect(once).toContain("import { churnVoteWorkflow } from './workflows/churn-vote.ts';\n");
    expect(/const served: [^=]*= \[([^\]]*)\]/.exec(once)?.[1]).toMatch(/, churnVoteWorkflow$/);
    const many = ['b', '3d', 'z'].reduce(withWorkflow, once);
    const paths = [...many.matchAll(/from '(\.\/workflows\/[^']*)'/g)].map(([, path]) => path);
    expect(paths).toEqual(paths.toSorted());
    expect(many).toContain('  _3dWorkflow,\n');
    expect(many.split('\n').every((line) => line.length <= 130)).toBe(true);
  });

  it.each([
    [100, (name: string) => `= [a, ${name}Workflow];`],
    [101, (name: string) => `= [\n  a,\n  ${name}Workflow,\n];`],
  ])('has its list in one line up to its width (%i characters)', (width, shown) => {
    const text = (list: string) =>
      `import { a } from './workflows/a.ts';\n\nconst served: readonly WorkflowSpec[] = [${list}];\n`;
    const flat = text('a, Workflow').split('\n').at(-2) ?? '';
    const name = 'x'.repeat(width - flat.length);
    expect(withWorkflow(text('a'), name)).toContain(shown(name));
  });

  it('whose imports are in several places is left alone', () => {
    const [a, b] = ['a', 'b'].map((each) => `import { ${each} } from './workflows/${each}.ts';\n`);
    const text = `${a}const x = 1;\n${b}const served: readonly WorkflowSpec[] = [a, b];\n`;
    expect(() => withWorkflow(text, 'c')).toThrow('in several places: add cWorkflow by hand');
  });

  it('of another form is left alone', () => {
    expect(() => withWorkflow('export const blueprint = {};', 'churn')).toThrow('by hand');
  });
});
