import type { Manifest } from '@chorus/registry';
import { metricsOf } from '@chorus/registry/manifest';

/** One thing that a manifest says of a version. */
export interface Fact {
  readonly name: string;
  readonly value: string | number | boolean;
  /** The value as a person reads it. @default the value */
  readonly shown?: string;
}

const fact = (name: string, value: Fact['value'] | undefined, shown?: string): Fact[] =>
  value === undefined ? [] : [{ name, value, ...(shown !== undefined && { shown }) }];

const rounded = (value: number) => String(Number(value.toPrecision(4)));

const tensors = (list: Manifest['schema']['inputs']): string =>
  list.map(({ name, datatype, shape }) => `${name} ${datatype} [${shape.join(',')}]`).join(', ');

function metricFacts(training: Manifest['training']): Fact[] {
  return Object.entries(metricsOf(training)).flatMap(([name, { value }]) => {
    const interval = training?.intervals?.[name];
    const range = interval && ` (${rounded(interval.low)} to ${rounded(interval.high)})`;
    return fact(name, value, `${rounded(value)}${range ?? ''}`);
  });
}

function trainingFacts(training: Manifest['training']): Fact[] {
  const { dataset, trainer, options = {}, seed, split, parity } = training ?? {};
  const rule = split?.rule;
  return [
    ...fact('trainer', trainer),
    ...Object.entries(options).flatMap(([name, value]) => fact(`option ${name}`, value)),
    ...fact('seed', seed),
    ...fact('data', dataset?.name),
    ...fact('data file', dataset?.key),
    ...fact('data file version', dataset?.version),
    ...fact('data SHA-256', dataset?.sha256),
    ...fact('rows learned from', split?.trainRows),
    ...fact('rows judged on', split?.testRows),
    ...fact(
      'held out',
      rule && `${rule.share} by ${rule.by}, seed ${rule.seed}`,
      rule && `${rule.share * 100} % of the rows by their ${rule.by}, seed ${rule.seed}`,
    ),
    ...metricFacts(training),
    ...fact('ONNX Runtime apart', parity),
  ];
}

/** Returns what a manifest says of how a version came about and how good it is, so far as it says it. */
export function factsOf({ file, schema, training, lineage = {}, source }: Manifest): Fact[] {
  const { code, parent, execution } = lineage;
  return [
    ...trainingFacts(training),
    ...fact('commit', code?.commit),
    ...fact('files changed since', code?.dirty, code?.dirty === true ? 'yes' : 'no'),
    ...fact('live before', parent),
    ...fact('pipeline execution', execution),
    ...fact('weights from', source?.url),
    ...fact('takes', tensors(schema.inputs)),
    ...fact('gives', tensors(schema.outputs)),
    ...fact('bytes', file.bytes),
    ...fact('SHA-256', file.sha256),
  ];
}

/** A fact that two versions do not share; null where a manifest does not say it. */
export interface Difference {
  readonly name: string;
  readonly values: readonly [Fact['value'] | null, Fact['value'] | null];
  readonly shown: readonly [string, string];
}

/** A digest is told from another one by its beginning. */
const shownOf = (found: Fact | undefined): string =>
  (found?.shown ?? String(found?.value ?? '-')).replace(/^([0-9a-f]{12})[0-9a-f]{28,}$/, '$1…');

/** Returns what two manifests say differently, in the order of `factsOf`. */
export function differencesOf(one: Manifest, other: Manifest): Difference[] {
  const [left, right] = [factsOf(one), factsOf(other)];
  const names = new Set([...left, ...right].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [mine, theirs] = [left, right].map((facts) => facts.find((each) => each.name === name));
    if (mine?.value === theirs?.value) return [];
    return [
      {
        name,
        values: [mine?.value ?? null, theirs?.value ?? null] as const,
        shown: [shownOf(mine), shownOf(theirs)] as const,
      },
    ];
  });
}
