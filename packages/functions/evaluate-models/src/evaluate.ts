import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Table } from '@chorus/data';
import type { ModelEvaluation } from '@chorus/pipeline-runs';
import { askCandidate } from './ask-candidate.ts';
import { askChampion } from './ask-champion.ts';
import { difference, figuresOf } from './compare.ts';
import type { Candidate } from './inputs.ts';
import type { EvaluateStep } from './steps.ts';

/** What a candidate is compared with. */
interface Beside {
  readonly lambda: LambdaClient;
  /** The model's function with its alias; undefined for one that the service does not have. */
  readonly functionName: string | undefined;
  readonly rows: Table;
  readonly step: Pick<EvaluateStep, 'seed' | 'margin'>;
}

const shown = (value: number): string => value.toPrecision(4);

/** Returns whether a new version is better beyond doubt, and why. */
function decide(
  { value, low, high }: NonNullable<ModelEvaluation['difference']>,
  { value: rmse }: ModelEvaluation['challenger']['rmse'],
  { value: before }: ModelEvaluation['challenger']['rmse'],
  version: string,
  margin: number,
): Pick<ModelEvaluation, 'chosen' | 'reason'> {
  const needed = margin * before ** 2;
  const chosen = low > needed;
  const told = `RMSE ${shown(rmse)}, ${version} has ${shown(before)}; its squared error is smaller by ${shown(value)} (${shown(low)} to ${shown(high)})`;
  if (chosen) return { chosen, reason: `better: ${told}` };
  const why = value <= 0 ? 'not better' : 'not better beyond doubt';
  const wanted = margin === 0 ? '' : `, and has to be by ${shown(needed)}`;
  return { chosen, reason: `${why}: ${told}${wanted}` };
}

/** Asks a candidate and the version that is live about the same rows, and compares them. */
export async function evaluateCandidate(
  { model, output }: { readonly model: string; readonly output: string },
  candidate: Candidate,
  { lambda, functionName, rows, step }: Beside,
): Promise<ModelEvaluation> {
  const { features, target, columns } = rows;
  const { seed, margin } = step;
  const answers = await askCandidate(candidate, features, columns.length);
  const challenger = figuresOf(answers, target, seed);
  const beside =
    functionName === undefined
      ? undefined
      : await askChampion(lambda, functionName, candidate.manifest.schema, features);
  const known = { model, output, challenger, rows: target.length };
  if (beside === undefined)
    return {
      ...known,
      champion: null,
      difference: null,
      chosen: true,
      reason: 'no version is live',
      warnings: [],
    };
  const { version, predictions } = beside;
  const champion = figuresOf(predictions, target, seed);
  const gain = difference(predictions, answers, target, seed);
  return {
    ...known,
    champion: { version, ...champion },
    difference: gain,
    ...decide(gain, challenger.rmse, champion.rmse, version, margin),
    warnings: [],
  };
}
