import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type RowFormat, splitFile, type ValidationReport, validateFile } from '@chorus/data';
import type { RunSource } from '@chorus/pipeline-runs';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import type { DataSettings } from './env.ts';
import { openObjects } from './objects.ts';
import { type ProcessStep, parseStep, type ValidateStep } from './steps.ts';

/** The formats by the ends of keys. */
const formats: Readonly<Record<string, RowFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.parquet': 'parquet',
};

const formatOf = ({ key }: RunSource): RowFormat | undefined => formats[extname(key).toLowerCase()];

/** The report of a file that is not even downloaded. */
const refusal = ({ size }: RunSource, rule: 'bytes' | 'format', message: string) =>
  ({
    ok: false,
    rows: 0,
    bytes: size,
    columns: [],
    duplicates: { rows: 0, share: 0, exact: true },
    problems: [{ rule, message, count: 1, first: [] }],
  }) satisfies ValidationReport;

/** The rows of a run, and what their file was. */
export interface PreparedData {
  /** Key of the rows to learn from, in Parquet. */
  readonly train: string;
  /** Key of the rows that are held out, in Parquet. */
  readonly test: string;
  readonly trainRows: number;
  readonly testRows: number;
  /** Of the file that was split, in hexadecimal digits. */
  readonly sha256: string;
  /** Keys of the rows to learn from once more, in two parts: to fit on, and to choose options by. */
  readonly fit?: string;
  readonly validation?: string;
}

/** Does something in a folder that is removed afterwards. */
async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-rows-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes the handler that judges the file of a run (`validate`), and splits it (`process`). Bad data is a report, not an error.
 * The same step with the same input writes the same bytes.
 *
 * @throws {InvalidRequestError} naming what is wrong with the event
 * @throws {ChangedDataError} if the file is another one by now
 * @throws {DataError} if rows cannot be split
 */
export function createHandler(settings: DataSettings): Handler {
  const objects = openObjects(settings);

  async function validate({ run, rules }: ValidateStep): Promise<ValidationReport> {
    const format = formatOf(run);
    if (format === undefined)
      return refusal(
        run,
        'format',
        `${run.key} ends in none of ${Object.keys(formats).join(', ')}: its format is not known`,
      );
    const most = rules.bytes.maximum;
    if (run.size > most)
      return refusal(run, 'bytes', `${run.size} bytes: there may be at most ${most}`);
    return inFolder(async (folder) => {
      const file = join(folder, 'rows');
      await objects.download(run, file);
      return validateFile(file, format, rules);
    });
  }

  async function process(step: ProcessStep): Promise<PreparedData> {
    const { run, rules, split, validation: rule } = step;
    return inFolder(async (folder) => {
      const file = join(folder, 'rows');
      const part = (name: string) => join(folder, `${name}.parquet`);
      await objects.download(run, file);
      // A file of an unknown format was refused before.
      const result = await splitFile(file, formatOf(run) ?? 'csv', rules, split, {
        train: part('train'),
        test: part('test'),
        ...(rule && { validation: { rule, fit: part('fit'), judge: part('validation') } }),
      });
      const upload = async (name: string): Promise<string> => {
        const key = `${run.output}${name}.parquet`;
        await objects.upload(part(name), key);
        return key;
      };
      const keys = { train: await upload('train'), test: await upload('test') };
      if (rule === undefined) return { ...keys, ...result };
      return {
        ...keys,
        fit: await upload('fit'),
        validation: await upload('validation'),
        ...result,
      };
    });
  }

  return async (event, { notes }) => {
    if (isReadyEvent(event)) return { ready: true };
    const step = parseStep(event);
    notes['step'] = step.step;
    return step.step === 'validate' ? validate(step) : process(step);
  };
}
