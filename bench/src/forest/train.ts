import { parquetRows } from '@chorus/data';
import { type FittedModel, fitRows, type RowSource, randomForest } from '@chorus/training';
import { columns, target } from './write-rows.ts';

/** A forest in a process of its own, so that its memory and time are: prints a line of JSON as peers/forest.py does. */

const [train = '', test = '', options = ''] = process.argv.slice(2);

async function errorOf(model: FittedModel, rows: RowSource): Promise<number> {
  let squares = 0;
  for await (const { features, target: truth } of rows.read()) {
    model.predict(features).forEach((value, row) => {
      squares += (value - (truth[row] ?? Number.NaN)) ** 2;
    });
  }
  return Math.sqrt(squares / rows.rows);
}

const started = performance.now();
const rows = await parquetRows(train, columns, target);
const model = await fitRows(randomForest, rows, JSON.parse(options), { seed: 0 });
const seconds = (performance.now() - started) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const rmse = await errorOf(model, await parquetRows(test, columns, target));
const cpu = (userCPUTime + systemCPUTime) / 1e6;
process.stdout.write(`${JSON.stringify({ seconds, cpu, peakMb: maxRSS / 1024, rmse })}\n`);
