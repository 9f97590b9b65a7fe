/** The texts of `chorus models add` about a model. */

import type { Inspection } from '@chorus/intake';
import type { TensorSpec } from '@chorus/protocol';
import type { Manifest } from '@chorus/registry';
import { renderTable } from './table.ts';
import type { Target } from './target.ts';

/** Returns what `--json` prints of a new model. @param target the cloud that serves it now */
export function reportNewModel(
  manifest: Manifest,
  { producer, opsets, changes, notes, answer, deviation }: Inspection,
  files: readonly string[],
  target: Target | undefined,
): unknown {
  const { name, version, schema, example } = manifest;
  return {
    model: name,
    version,
    producer,
    opsets,
    schema,
    changes,
    notes,
    example,
    answer,
    deviation: deviation ?? null,
    files,
    servedBy: target?.apiUrl ?? null,
  };
}

const shown = ({ shape }: TensorSpec): string =>
  `[${shape.map((size) => (size === -1 ? '?' : size)).join(', ')}]`;

/** At most so many names of classes or columns are listed. */
const longestList = 8;

function list(names: readonly string[]): string {
  const more = names.length - longestList;
  return more > 0 ? `${names.slice(0, longestList).join(', ')} and ${more} more` : names.join(', ');
}

const labelsOf = (image: Manifest['image']): readonly string[] =>
  (image?.labels ?? []).map(({ name }) => name);

/** How a photo becomes the graph's input, and its output probabilities. */
function pixelsOf(image: Manifest['image']): readonly string[] {
  if (image === undefined) return [];
  const { input, output } = image;
  const { name, datatype, layout, width, height, channels, fit } = input;
  const fits = { fill: 'stretched', cover: 'cut', contain: 'fitted' }[fit];
  const activation = output.activation === 'none' ? 'probabilities' : output.activation;
  return [
    `photo    ${fits} to ${width} x ${height} pixels, ${channels}, for ${name} ${datatype} ${layout}; ${activation} of ${output.name}`,
    '',
  ];
}

/** Returns whether its drift can be told. */
const driftLine = (training: Manifest['training']): string =>
  training?.reference === undefined
    ? 'drift    not told: give the rows it was trained on with --reference rows.csv'
    : `drift    told against ${training.reference[0]?.rows ?? 0} rows of its training`;

/** Returns what a person reads of a new model: its tensors, what was changed in its file, and what to know. */
export function describeNewModel(
  { name, file, schema, session, image, training }: Manifest,
  { producer, opsets, changes, notes, deviation }: Inspection,
): readonly string[] {
  const rows = [
    ...schema.inputs.map((each) => [
      'takes',
      each.name,
      each.datatype,
      shown(each),
      list((each.columns ?? []).map((column) => column.name)) ||
        (each.missing ? 'missing values allowed' : ''),
    ]),
    ...schema.outputs.map((each) => [
      'gives',
      each.name,
      each.datatype,
      shown(each),
      list(each.labels ?? (each.name === 'labels' ? labelsOf(image) : [])),
    ]),
  ];
  return [
    `${name}: ${Math.ceil(file.bytes / 1000)} kB by ${producer || 'an unknown exporter'}, operator sets ${opsets}${session?.optimize ? ', optimised when it is opened' : ''}`,
    '',
    renderTable(['', 'tensor', 'datatype', 'shape', 'names'], rows),
    '',
    ...pixelsOf(image),
    ...(image === undefined ? [driftLine(training)] : []),
    ...changes.map((line) => `changed  ${line}`),
    ...notes.map((line) => `note     ${line}`),
    ...(deviation === undefined
      ? []
      : [
          deviation.difference === 0
            ? 'samples  answered exactly as they say'
            : `samples  answered as they say; largest difference ${deviation.difference.toExponential(1)}, in ${deviation.output}`,
        ]),
    ...(image === undefined || changes.length + notes.length > 0 || deviation !== undefined
      ? ['']
      : []),
  ];
}

/** Returns what was written, and the commands that ask the model. */
export async function nextSteps(
  { name, schema, example, image }: Manifest,
  files: readonly string[],
  target: Target | undefined,
): Promise<readonly string[]> {
  const { predictBody } = await import('./model-request.ts');
  const body = JSON.stringify(example === undefined ? {} : predictBody(schema, example));
  const url = target?.apiUrl ?? 'http://127.0.0.1:8787';
  const quoted = body.length > 2000 ? '@row.json' : `'${body.replaceAll("'", String.raw`'\''`)}'`;
  return [
    `Wrote ${files.join(', ')}.`,
    target === undefined
      ? 'No local cloud is running: npx -y pnpm@12 start serves it, like every deployment. Then ask it:'
      : `${name} v1 is live at ${url}. Ask it:`,
    '',
    image === undefined
      ? `  curl -s ${url}/predict/${name} -H 'content-type: application/json' -d ${quoted}`
      : `  echo '{"image":"'$(base64 < photo.jpg | tr -d '\\n')'"}' | curl -s ${url}/predict/${name} -H 'content-type: application/json' -d @-`,
    '',
    `The same as an Open Inference Protocol model:  curl -s ${url}/v2/models/${name}`,
  ];
}
