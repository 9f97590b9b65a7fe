import type { RunReport, RunSource } from '@chorus/pipeline-runs';
import { InvalidRequestError } from '@chorus/protocol';

/** Compares candidates with what is live. */
export interface EvaluateStep {
  readonly run: RunSource;
  readonly data: NonNullable<RunReport['data']>;
  /** The candidates: start of the keys of their files, by model. */
  readonly models: readonly { readonly model: string; readonly output: string }[];
  /** Names of the features, in the order of the models' input. */
  readonly columns: readonly string[];
  readonly target: string;
  /** By which the rows were held out; its seed is also that of the intervals. */
  readonly split: { readonly seed: number; readonly share: number };
  /** Share of the live version's RMSE by which a new one has to be better, beyond doubt. */
  readonly margin: number;
}

/**
 * Reads a step's event, which the pipeline's own state machine makes: its members are checked, not their content.
 *
 * @throws {InvalidRequestError} naming what is missing
 */
export function parseStep(event: unknown): EvaluateStep {
  const fields: Readonly<Record<string, unknown>> =
    typeof event === 'object' && event !== null ? { ...event } : {};
  const need = (name: string, fits: boolean, what: string): void => {
    if (!fits) throw new InvalidRequestError(`${name}: expected ${what}`);
  };
  const { run, data, models, columns, target, split, margin } = fields;
  need('run', typeof run === 'object' && run !== null, 'an object');
  need('data', typeof data === 'object' && data !== null, 'an object');
  need('models', Array.isArray(models), 'a list');
  need('columns', Array.isArray(columns) && columns.length > 0, 'a list of names');
  need('target', typeof target === 'string', 'a text');
  need('split', typeof split === 'object' && split !== null, 'an object');
  need('margin', typeof margin === 'number' && margin >= 0, 'a number of 0 or more');
  return fields as unknown as EvaluateStep;
}
