import { mostProbable, recordOf, shownClasses } from '@chorus/blueprint';
import { type Cell, renderTable } from './table.ts';

/** Characters that a cell shows of what is no plain value. */
const longestCell = 60;

/** The answer of `/predict/<model>`. */
interface ModelAnswer {
  readonly predictions?: readonly unknown[];
  /** Outputs that are not of one row each. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly model: Readonly<Record<string, unknown>>;
  readonly requestId?: unknown;
}

function isModelAnswer(body: unknown): body is ModelAnswer {
  const { predictions, outputs, model } = recordOf(body);
  return (
    typeof recordOf(model)['version'] === 'string' &&
    (Array.isArray(predictions) || Object.keys(recordOf(outputs)).length > 0)
  );
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  const text = JSON.stringify(value);
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}

/** True for the numbers of classes by their names. */
function areProbabilities(value: unknown): value is Readonly<Record<string, number>> {
  const numbers = Object.values(recordOf(value));
  return numbers.length > 0 && numbers.every((each) => typeof each === 'number' || each === null);
}

interface Columns {
  readonly header: readonly string[];
  readonly cellsOf: (value: unknown) => readonly Cell[];
}

/** The columns of an output: one, or one for each of a few classes. */
function columnsOf(name: string, values: readonly unknown[], isOnly: boolean): Columns {
  if (!values.every(areProbabilities))
    return { header: [name], cellsOf: (value) => [cellOf(value)] };
  const classes = Object.keys(values[0] ?? {});
  if (classes.length > shownClasses)
    return {
      header: [`${name}, ${shownClasses} of ${classes.length}`],
      cellsOf: (value) => [mostProbable(recordOf(value) as Readonly<Record<string, number>>)],
    };
  return {
    header: classes.map((each) => (isOnly ? each : `${name}: ${each}`)),
    cellsOf: (value) => classes.map((each) => cellOf(recordOf(value)[each])),
  };
}

function predictionTable(predictions: readonly unknown[]): string {
  const rows = predictions.map(recordOf);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const valuesOf = (name: string) => rows.map((row) => row[name]);
  const labelled = names.filter((name) => valuesOf(name).every(areProbabilities));
  const columns = names.map((name) => ({
    name,
    ...columnsOf(name, valuesOf(name), labelled.length === 1),
  }));
  return renderTable(
    ['row', ...columns.flatMap(({ header }) => header)],
    rows.map((row, index) => [
      String(index + 1),
      ...columns.flatMap(({ name, cellsOf }) => cellsOf(row[name])),
    ]),
  );
}

/** Returns a model's answer for a person: a row for each row, and which version answered; undefined if it is none. */
export function renderModelAnswer(answer: unknown): string | undefined {
  if (!isModelAnswer(answer)) return undefined;
  const { predictions = [], outputs = {}, model, requestId } = answer;
  const { name, version, durationMs, coldStart } = model;
  const whole = Object.entries(outputs).map(([output, value]) => [output, cellOf(value)]);
  const served = [name, version, durationMs].map(cellOf);
  return [
    ...(predictions.length === 0 ? [] : [predictionTable(predictions), '']),
    ...(whole.length === 0 ? [] : [renderTable(['output', 'value'], whole), '']),
    renderTable(
      ['model', 'version', 'ms', 'start'],
      [[...served, coldStart === true ? 'cold' : 'warm']],
    ),
    '',
    `request ${requestId}`,
  ].join('\n');
}
