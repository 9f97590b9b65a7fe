import {
  readChoice,
  readInteger,
  readNumber,
  readObject,
  readOptional,
  readSettings,
  readSha256,
  readText,
  wrong,
} from './fields.ts';
import type {
  DatasetRecord,
  Metric,
  SplitRule,
  TrainingMetrics,
  TrainingRecord,
} from './manifest.ts';
import { directions } from './metrics.ts';
import { parseReferences } from './parse-reference.ts';

/** Checks what is known of a model's training: its metrics at least. @throws {ManifestError} */
export function parseTraining(value: unknown): TrainingRecord {
  const training = readObject(value, 'training');
  return {
    ...readOptional(training, 'dataset', 'training', parseDataset),
    ...readOptional(training, 'trainer', 'training', readText),
    ...readOptional(training, 'options', 'training', parseOptions),
    ...readOptional(training, 'seed', 'training', readNumber),
    ...readOptional(training, 'split', 'training', parseSplit),
    metrics: parseMetrics(training['metrics'], 'training.metrics'),
    ...readOptional(training, 'intervals', 'training', parseIntervals),
    ...readOptional(training, 'parity', 'training', readNumber),
    ...readOptional(training, 'reference', 'training', parseReferences),
    ...readOptional(training, 'outputReference', 'training', parseReferences),
  };
}

function parseDataset(value: unknown, path: string): DatasetRecord {
  const dataset = readObject(value, path);
  return {
    name: readText(dataset['name'], `${path}.name`),
    rows: readInteger(dataset['rows'], `${path}.rows`, 1),
    sha256: readSha256(dataset['sha256'], `${path}.sha256`),
    ...readOptional(dataset, 'key', path, readText),
    ...readOptional(dataset, 'version', path, readText),
  };
}

function parseIntervals(value: unknown, path: string): NonNullable<TrainingRecord['intervals']> {
  const intervals = Object.entries(readObject(value, path));
  return Object.fromEntries(
    intervals.map(([name, interval]) => {
      const at = `${path}.${name}`;
      const ends = readSettings(interval, at, ['low', 'high']);
      const low = readNumber(ends['low'], `${at}.low`);
      const high = readNumber(ends['high'], `${at}.high`);
      return [name, high < low ? wrong(`${at}.high`, `at least ${low}`, high) : { low, high }];
    }),
  );
}

function parseSplit(value: unknown, path: string): NonNullable<TrainingRecord['split']> {
  const split = readObject(value, path);
  return {
    trainRows: readInteger(split['trainRows'], `${path}.trainRows`, 1),
    testRows: readInteger(split['testRows'], `${path}.testRows`, 0),
    ...readOptional(split, 'rule', path, parseRule),
  };
}

function parseRule(value: unknown, path: string): SplitRule {
  const rule = readSettings(value, path, ['by', 'seed', 'share']);
  const share = readNumber(rule['share'], `${path}.share`);
  if (share <= 0 || share >= 1) return wrong(`${path}.share`, 'between 0 and 1', share);
  return {
    by: readChoice(rule['by'], `${path}.by`, ['features']),
    seed: readInteger(rule['seed'], `${path}.seed`, 0),
    share,
  };
}

/** Numbers with their direction; for the RMSE and R squared the number is enough. */
function parseMetrics(value: unknown, path: string): TrainingMetrics {
  const metrics = Object.entries(readObject(value, path));
  return Object.fromEntries(
    metrics.map(([name, metric]) => [name, parseMetric(name, metric, `${path}.${name}`)]),
  );
}

function parseMetric(name: string, value: unknown, path: string): Metric | number {
  const better = directions.get(name);
  if (better !== undefined && (value === null || typeof value !== 'object'))
    return readNumber(value, path);
  if (typeof value === 'number')
    return wrong(path, `{ "value": ${value}, "better": "higher" or "lower" }`, value);
  const metric = readSettings(value, path, ['value', 'better']);
  const direction = readChoice(
    metric['better'],
    `${path}.better`,
    better === undefined ? ['higher', 'lower'] : [better],
  );
  const number = readNumber(metric['value'], `${path}.value`);
  return better === undefined ? { value: number, better: direction } : number;
}

function parseOptions(value: unknown, path: string): Record<string, number | string> {
  const options = Object.entries(readObject(value, path));
  return Object.fromEntries(
    options.map(([name, option]) => [
      name,
      typeof option === 'string' ? option : readNumber(option, `${path}.${name}`),
    ]),
  );
}
