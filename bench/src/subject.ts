import type { WorkflowSpec } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { MeasurementError } from './errors.ts';

const isRow = (example: unknown): example is Readonly<Record<string, number>> =>
  typeof example === 'object' &&
  example !== null &&
  Object.values(example).every((value) => typeof value === 'number');

/** The workflow that is measured: the first of the blueprint that asks nothing but models, about rows of numbers. */
function findSubject(): { workflow: WorkflowSpec; row: Readonly<Record<string, number>> } {
  for (const workflow of blueprint.workflows) {
    const { example, functions } = workflow;
    if (isRow(example) && functions.every(({ kind }) => kind === 'model'))
      return { workflow, row: example };
  }
  throw new MeasurementError('no workflow of the service asks models about rows of numbers');
}

const { workflow, row } = findSubject();

/** The workflow that is measured. Its models are those of every section. */
export const subject: WorkflowSpec = workflow;

/** The route of the workflow that is measured. */
export const route: string = `/predict/${workflow.name}`;

/** The workflow's example as the body of a request. */
export const oneRow: string = JSON.stringify(row);

/** So many rows in one body, all a little different: what has decimals is made up to a third smaller. */
export function manyRows(count: number): string {
  const instances = Array.from({ length: count }, (_, index) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        Number.isInteger(value) ? value : value * (1 - index / (3 * count)),
      ]),
    ),
  );
  return JSON.stringify({ instances });
}

/** The values of the example, in the order of the columns. */
export const values: readonly number[] = Object.values(row);
