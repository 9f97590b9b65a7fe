import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Table } from '@chorus/data';
import type { Measured, ModelEvaluation, VersionFigures } from '@chorus/pipeline-runs';
import { type Manifest, mayHaveSeen, metricsOf } from '@chorus/registry/manifest';
import { evaluateVersions, type MeasuredVersion, measureVersion } from '@chorus/training';
import { askCandidate } from './ask-candidate.ts';
import { askChampion } from './ask-champion.ts';
import type { Candidate } from './inputs.ts';
import type { EvaluateStep } from './steps.ts';

/** What a candidate is compared with. */
export interface Beside {
  readonly lambda: LambdaClient;
  /** The model's function with its alias; undefined for one that the service does not have. */
  readonly functionName: string | undefined;
  /** Reads the manifest of a version; undefined where there is none any more. */
  readonly manifestOf: (version: string) => Promise<Manifest | undefined>;
  readonly rows: Table;
  readonly step: Pick<EvaluateStep, 'margin' | 'split'>;
}

const shown = (value: number): string => value.toPrecision(4);

function figuresOf({ metrics, intervals }: MeasuredVersion): VersionFigures {
  return {
    rmse: { value: metrics.rmse, ...intervals.rmse },
    r2: { value: metrics.r2, ...intervals.r2 },
  };
}

/** Returns why a new version takes the place of the live one, or does not. */
function reasonOf(
  better: boolean,
  { value, low, high }: Measured,
  challenger: VersionFigures,
  champion: VersionFigures & { readonly version: string },
  margin: number,
): string {
  const told = `RMSE ${shown(challenger.rmse.value)}, ${champion.version} has ${shown(champion.rmse.value)}; it is smaller by ${shown(value)} (${shown(low)} to ${shown(high)})`;
  if (better) return `better: ${told}`;
  const why = value <= 0 ? 'not better' : 'not better beyond doubt';
  return margin === 0
    ? `${why}: ${told}`
    : `${why}: ${told}, and has to be by ${shown(margin * champion.rmse.value)}`;
}

/** How many times its own error a live version may have before it is said that the data is another. */
const strange = 2;

/** Returns what a reader has to know of the comparison. */
function warningsOf(
  champion: VersionFigures & { readonly version: string },
  manifest: Manifest | undefined,
  split: EvaluateStep['split'],
): readonly string[] {
  const { version, rmse } = champion;
  if (manifest === undefined)
    return [`${version} is not in the registry any more: what it was trained on is not known`];
  const before = metricsOf(manifest.training)['rmse']?.value;
  return [
    ...(mayHaveSeen(manifest.training, { by: 'features', ...split })
      ? [`${version} was split by another rule, and may have seen rows that are held out here`]
      : []),
    ...(before !== undefined && rmse.value > strange * before
      ? [
          `${version} had an RMSE of ${shown(before)} when it was published, and has ${shown(rmse.value)} here: the data is not as it was`,
        ]
      : []),
  ];
}

/** Asks a candidate and the version that is live about the same rows, and compares them. */
export async function evaluateCandidate(
  { model, output }: { readonly model: string; readonly output: string },
  candidate: Candidate,
  { lambda, functionName, manifestOf, rows, step }: Beside,
): Promise<ModelEvaluation> {
  const { features, target, columns } = rows;
  const { split, margin } = step;
  const { seed } = split;
  const answers = await askCandidate(candidate, features, columns.length);
  const live =
    functionName === undefined
      ? undefined
      : await askChampion(lambda, functionName, candidate.manifest.schema, features);
  const known = { model, output, rows: target.length };
  if (live === undefined)
    return {
      ...known,
      champion: null,
      challenger: figuresOf(measureVersion(answers, target, seed)),
      difference: null,
      chosen: true,
      reason: 'no version is live',
      warnings: [],
    };
  const { version, predictions } = live;
  const evaluated = evaluateVersions(
    target,
    { champion: predictions, challenger: answers },
    { margin, seed },
  );
  const champion = { version, ...figuresOf(evaluated.champion) };
  const challenger = figuresOf(evaluated.challenger);
  const { comparison } = evaluated;
  const difference = { value: comparison.difference, ...comparison.interval };
  const chosen = comparison.better === 'challenger';
  return {
    ...known,
    champion,
    challenger,
    difference,
    chosen,
    reason: reasonOf(chosen, difference, challenger, champion, margin),
    warnings: warningsOf(champion, await manifestOf(version), split),
  };
}
