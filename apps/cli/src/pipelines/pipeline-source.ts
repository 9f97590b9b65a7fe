/** A new pipeline as the source text of its file, and its lines in the blueprint's. */

import { CliError } from '../errors.ts';
import { blueprintFile, lineWidth, namesWith, quote, sortedImports } from '../workflow-source.ts';

/** The parts of a pipeline's source file that differ from one pipeline to another. */
export interface PipelinePlan {
  readonly name: string;
  /** Names of the features, in the order in which the model takes them. */
  readonly columns: readonly string[];
  readonly target: string;
  /** Name of a trainer. */
  readonly trainer: string;
}

/** Returns the path of a pipeline's file from the repository's root. */
export const pipelineFile = (name: string): string => `packages/service/src/pipelines/${name}.ts`;

/** The variable that holds a pipeline. */
function pipelineVariable(name: string): string {
  const camel = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return `${/^\d/.test(camel) ? '_' : ''}${camel}Pipeline`;
}

/** Returns the source text of a pipeline's file. */
export function sourceOfPipeline({ name, columns, target, trainer }: PipelinePlan): string {
  const rows = columns.map((column) => `{ name: ${quote(column)}, description: '' }`);
  const [only = ''] = rows;
  const list = rows.length === 1 ? `[${only}]` : `[\n${rows.map((row) => `  ${row},\n`).join('')}]`;
  return `import { onnxModel, type PipelineSpec, tableSchema } from '@chorus/blueprint';

/** The columns of a row, in the order in which the model takes them. */
const columns = ${list};

/** Trains ${name} again with each new file of rows, and makes live what is better. */
export const ${pipelineVariable(name)}: PipelineSpec = {
  name: ${quote(name)},
  target: { name: ${quote(target)} },
  train: [
    {
      model: onnxModel(${quote(name)}),
      schema: tableSchema(${quote(name)}, columns, ${quote(target)}),
      trainer: ${quote(trainer)},
      options: {},
      seed: 0,
    },
  ],
  rows: { minimum: 100, maximum: 1_000_000 },
};
`;
}

/** Returns the blueprint's text with one more pipeline in it. @throws {CliError} if it has another form */
export function withPipeline(text: string, name: string): string {
  const variable = pipelineVariable(name);
  const list = /(?<=^const training = pipelines\(\[)[^\]]*(?=\]\);)/m.exec(text)?.[0];
  const line = `import { ${variable} } from './pipelines/${name}.ts';\n`;
  const imported = sortedImports(text, 'pipelines', line);
  if (imported === undefined || list === undefined)
    throw new CliError(
      `${blueprintFile} has no list that begins with "const training = pipelines([": add ${variable} of ./pipelines/${name}.ts to it by hand`,
    );
  const names = namesWith(list, variable);
  const one = `const training = pipelines([${names.join(', ')}]);`;
  const written =
    one.length <= lineWidth
      ? names.join(', ')
      : `\n${names.map((each) => `  ${each},\n`).join('')}`;
  return imported.replace(`pipelines([${list}]);`, () => `pipelines([${written}]);`);
}
