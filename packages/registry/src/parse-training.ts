import {
  readInteger,
  readList,
  readNumber,
  readObject,
  readSha256,
  readText,
  wrong,
} from './fields.ts';
import type { FeatureReference, TrainingRecord } from './manifest.ts';

/** Checks how a model was trained. @throws {ManifestError} */
export function parseTraining(value: unknown): TrainingRecord {
  const training = readObject(value, 'training');
  const dataset = readObject(training['dataset'], 'training.dataset');
  const split = readObject(training['split'], 'training.split');
  const metrics = readObject(training['metrics'], 'training.metrics');
  return {
    dataset: {
      name: readText(dataset['name'], 'training.dataset.name'),
      rows: readInteger(dataset['rows'], 'training.dataset.rows', 1),
      sha256: readSha256(dataset['sha256'], 'training.dataset.sha256'),
    },
    trainer: readText(training['trainer'], 'training.trainer'),
    options: parseOptions(training['options']),
    seed: readNumber(training['seed'], 'training.seed'),
    split: {
      trainRows: readInteger(split['trainRows'], 'training.split.trainRows', 1),
      testRows: readInteger(split['testRows'], 'training.split.testRows', 0),
    },
    metrics: {
      rmse: readNumber(metrics['rmse'], 'training.metrics.rmse'),
      r2: readNumber(metrics['r2'], 'training.metrics.r2'),
    },
    parity: readNumber(training['parity'], 'training.parity'),
    reference: readList(training['reference'], 'training.reference', parseReference),
  };
}

function parseOptions(value: unknown): Record<string, number | string> {
  const options: Record<string, number | string> = {};
  for (const [name, option] of Object.entries(readObject(value, 'training.options'))) {
    options[name] =
      typeof option === 'string' ? option : readNumber(option, `training.options.${name}`);
  }
  return options;
}

function parseReference(value: unknown, path: string): FeatureReference {
  const reference = readObject(value, path);
  const edges = readList(reference['edges'], `${path}.edges`, readNumber);
  const shares = readList(reference['shares'], `${path}.shares`, readNumber);
  if (edges.some((edge, index) => index > 0 && edge <= (edges[index - 1] ?? Infinity))) {
    return wrong(`${path}.edges`, 'ascending and distinct', edges);
  }
  if (shares.length !== edges.length + 1) {
    return wrong(`${path}.shares`, `one longer than the ${edges.length} edges`, shares);
  }
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.some((share) => share < 0) || Math.abs(sum - 1) > 1e-6) {
    return wrong(`${path}.shares`, 'shares that sum to 1', shares);
  }
  return {
    name: readText(reference['name'], `${path}.name`),
    mean: readNumber(reference['mean'], `${path}.mean`),
    std: readNumber(reference['std'], `${path}.std`),
    minimum: readNumber(reference['minimum'], `${path}.minimum`),
    maximum: readNumber(reference['maximum'], `${path}.maximum`),
    edges,
    shares,
  };
}
