/** A new workflow as the source text of its file, and its lines in the blueprint's. */

import {
  ask,
  type FunctionSpec,
  first,
  gather,
  majority,
  mean,
  median,
  model,
  onnxModel,
  onnxModelSource,
  rows,
  softVote,
  type WorkflowSpec,
  weighted,
  workflow,
} from '@chorus/blueprint';
import { CliError } from './errors.ts';
import type { Plan, PlannedInput } from './workflow-plan.ts';

/** The file that lists the workflows, from the repository's root. */
export const blueprintFile = 'packages/service/src/blueprint.ts';

/** Returns the path of a workflow's file from the repository's root. */
export const workflowFile = (name: string): string => `packages/service/src/workflows/${name}.ts`;

/** Longest line of code; the formatter of the repository breaks longer ones. */
export const lineWidth = 100;

/** Returns a text as TypeScript. */
export const quote = (text: string): string => {
  const json = JSON.stringify(text);
  return text.includes("'") && !text.includes('"')
    ? json
    : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
};

function keyOf(name: string): string {
  // As a plain key, or a quoted one, it would be the object's prototype.
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/** Stands for the variable that holds all columns. */
const shared = Symbol('columns');

/** A value of JSON as TypeScript, `used` characters into its line, in lines of their own where it is too long for one. */
function literal(value: unknown, indent: string, used: number): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  const [open, close, space] = isList ? ['[', ']', ''] : ['{', '}', ' '];
  const members = (inner: string, of: (key: string) => number): readonly string[] =>
    isList
      ? value.map((each) => literal(each, inner, inner.length))
      : Object.entries(value).map(([name, each]) =>
          each === shared ? name : `${keyOf(name)}: ${literal(each, inner, of(name))}`,
        );
  const flat = `${open}${space}${members('', () => 0).join(', ')}${space}${close}`;
  if (!flat.includes('\n') && used + flat.length <= lineWidth - 1) return flat;
  const inner = `${indent}  `;
  const lines = members(inner, (name) => inner.length + keyOf(name).length + 2);
  return `${open}\n${lines.map((line) => `${inner}${line},\n`).join('')}${indent}${close}`;
}

/** The variable that holds a workflow. */
function variableOf(name: string): string {
  const camel = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return `${/^\d/.test(camel) ? '_' : ''}${camel}Workflow`;
}

/** The call that makes a model's function, with the options that differ from the usual ones. */
function callOf(spec: FunctionSpec): { readonly maker: string; readonly text: string } {
  const isAdded = spec.source === onnxModelSource;
  const usual: Readonly<Record<string, unknown>> = {
    ...(isAdded ? onnxModel(spec.name) : model(spec.name)),
  };
  const options = Object.fromEntries(
    Object.entries(spec).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]),
    ),
  );
  const more = Object.keys(options).length === 0 ? '' : `, ${literal(options, '        ', 40)}`;
  const maker = isAdded ? 'onnxModel' : 'model';
  return { maker, text: `${maker}(${quote(spec.name)}${more})` };
}

function answerText({ combine, output, classes, weights }: Plan): string {
  const more =
    combine === 'softVote'
      ? `, ${literal({ classes }, '  ', 30)}`
      : combine === 'weighted'
        ? `, ${literal(weights, '  ', 30)}`
        : '';
  return `${combine}(${quote(output)}${more})`;
}

/** Sorts imported names as the formatter of the repository does: `RowColumn`, `rows`, `WorkflowSpec`, `workflow`. */
const sortKeyOf = (imported: string): string =>
  [...imported.replace(/^type /, '')]
    .map((letter) => `${letter.toLowerCase()}${letter === letter.toLowerCase() ? 1 : 0}`)
    .join('');

/** Returns the source text of a workflow's file. */
export function sourceOf(plan: Plan): string {
  const calls = plan.asks.map(({ spec }) => callOf(spec));
  const imports = [
    'ask',
    'gather',
    'rows',
    'type RowColumn',
    'type WorkflowSpec',
    'workflow',
    plan.combine,
    ...new Set(calls.map(({ maker }) => maker)),
  ].toSorted((one, other) => (sortKeyOf(one) < sortKeyOf(other) ? -1 : 1));
  const oneLine = `import { ${imports.join(', ')} } from '@chorus/blueprint';`;
  const imported =
    oneLine.length <= lineWidth
      ? oneLine
      : `import {\n${imports.map((each) => `  ${each},\n`).join('')}} from '@chorus/blueprint';`;
  const all = JSON.stringify(plan.columns.map(({ name }) => ({ name })));
  const withAll = (input: PlannedInput): unknown =>
    JSON.stringify(input.columns) === all ? { ...input, columns: shared } : input;
  const asks = plan.asks.map(
    ({ inputs, output }, index) =>
      `      ask(${calls[index]?.text}, {\n        inputs: ${literal(inputs.map(withAll), '        ', 16)},\n        outputs: ${literal([output], '        ', 17)},\n      }),\n`,
  );
  return `${imported}

/** The columns of a row. */
const columns: readonly RowColumn[] = ${literal(plan.columns, '', 38)};

/** Asks ${plan.asks.map(({ spec }) => spec.name).join(', ')} about the same rows. */
export const ${variableOf(plan.name)}: WorkflowSpec = workflow({
  name: ${quote(plan.name)},
  request: rows({ columns }),
  steps: gather(
    [
${asks.join('')}    ],
    { quorum: 1 },
  ),
  answer: ${answerText(plan)},
  example: ${literal(plan.example, '  ', 11)},
});
`;
}

/** Returns the workflow that the file says. @throws {BlueprintError} naming both sides when something does not fit */
export function workflowOf(plan: Plan): WorkflowSpec {
  const { name, columns, asks, combine, output, classes, weights, example } = plan;
  const answers = {
    mean: () => mean(output),
    median: () => median(output),
    weighted: () => weighted(output, weights),
    softVote: () => softVote(output, { classes }),
    majority: () => majority(output),
    first: () => first(output),
  };
  return workflow({
    name,
    request: rows({ columns }),
    steps: gather(
      asks.map((each) => ask(each.spec, { inputs: each.inputs, outputs: [each.output] })),
      { quorum: 1 },
    ),
    answer: answers[combine](),
    example,
  });
}

/** Returns the names in the text of a list, and one more at its end. */
export function namesWith(list: string, name: string): readonly string[] {
  const names = list.split(',').map((each) => each.trim());
  return [...names.filter((each) => each !== ''), name];
}

/**
 * Returns the blueprint's text with one more import of a folder, in alphabetical order; undefined if its imports of that folder do
 * not stand together.
 *
 * @param line the import
 */
export function sortedImports(text: string, folder: string, line: string): string | undefined {
  const form = new RegExp(`^import \\{[^}]*\\} from '\\./${folder}/[^']+';\\n`, 'gm');
  const imports = [...text.matchAll(form)].map(([each]) => each);
  const block = imports.join('');
  if (block === '' || !text.includes(block)) return undefined;
  const pathOf = (each: string): string => / from '(.*)'/.exec(each)?.[1] ?? '';
  const sorted = [...imports, line].toSorted((one, other) =>
    pathOf(one) < pathOf(other) ? -1 : 1,
  );
  return text.replace(block, () => sorted.join(''));
}

/** Returns the blueprint's text with one more workflow in it. @throws {CliError} if it has another form */
export function withWorkflow(text: string, name: string): string {
  const variable = variableOf(name);
  const list = /(?<=^const served: readonly WorkflowSpec\[\] = \[)[^\]]*(?=\];)/m.exec(text)?.[0];
  const line = `import { ${variable} } from './workflows/${name}.ts';\n`;
  const imported = sortedImports(text, 'workflows', line);
  if (imported === undefined || list === undefined)
    throw new CliError(
      `${blueprintFile} has no list that begins with "const served: readonly WorkflowSpec[] = [", or imports workflows in several places: add ${variable} by hand`,
    );
  const names = namesWith(list, variable);
  const one = names.join(', ');
  const served =
    `const served: readonly WorkflowSpec[] = [${one}];`.length <= lineWidth
      ? one
      : `\n${names.map((each) => `  ${each},\n`).join('')}`;
  return imported.replace(`= [${list}];`, () => `= [${served}];`);
}
