import { TrainingError } from '../errors.ts';
import type { FitRowsContext, FittedModel, Trainer } from '../trainer.ts';
import { collectRows, type RowSource } from './row-source.ts';

/**
 * Learns from rows with any trainer: in bounded memory if it can, else from all of them in a table.
 *
 * @param options - every option, in range: see `resolveOptions`
 * @throws TrainingError when the rows cannot be read or are beyond the trainer; that they are too many is said before
 * the first is read
 */
export async function fitRows(
  trainer: Trainer,
  rows: RowSource,
  options: Readonly<Record<string, number>>,
  context: FitRowsContext,
): Promise<FittedModel> {
  refuseTooMany(trainer, rows.rows);
  return trainer.fitRows === undefined
    ? trainer.fit(await collectRows(rows), options, context)
    : trainer.fitRows(rows, options, context);
}

/** @throws TrainingError when a trainer is not made for so many rows */
export function refuseTooMany(
  { name, mostRows }: Pick<Trainer, 'name' | 'mostRows'>,
  rows: number,
): void {
  if (mostRows === undefined || rows <= mostRows) return;
  throw new TrainingError(
    `${name} learns from at most ${mostRows} rows, not from ${rows}: train it on a sample, or take a trainer without such a limit, like a forest`,
  );
}
