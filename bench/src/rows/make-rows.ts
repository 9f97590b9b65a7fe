import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { MeasurementError } from '../errors.ts';
import { subject, values } from '../subject.ts';

/** Writes a CSV with so many rows, all a little different: what has decimals is made up to a third smaller. */
export async function makeRows(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${subject.request.csv?.columns.join(',')}\n`);
  for (let index = 0; index < count; index += 1) {
    const row = values.map((value) =>
      Number.isInteger(value) ? value : (value * (1 - index / (3 * count))).toPrecision(9),
    );
    if (!out.write(`${row.join(',')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** @throws {MeasurementError} unless a file of answers has each row once, in order */
export async function assertEachOnce(file: string, count: number): Promise<void> {
  let next = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { row } = JSON.parse(line);
    if (row !== next)
      throw new MeasurementError(`${file} has row ${row} where row ${next} should be`);
    next += 1;
  }
  if (next !== count) throw new MeasurementError(`${file} has ${next} of ${count} rows`);
}
