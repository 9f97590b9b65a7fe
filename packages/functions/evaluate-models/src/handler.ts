import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ModelEvaluation } from '@chorus/pipeline-runs';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import type { EvaluateSettings } from './env.ts';
import { evaluateCandidate } from './evaluate.ts';
import { openInputs, openManifests } from './inputs.ts';
import { parseStep } from './steps.ts';

/**
 * Makes the handler that asks what is live, and what was trained, about the same rows that were held out, and says which of the new
 * ones are better beyond doubt. It writes nothing.
 *
 * @throws {InvalidRequestError} naming what is wrong with the event
 * @throws {MissingInputError} if rows or a candidate are not there
 * @throws {ChampionError} if what is live does not answer
 */
export function createHandler(settings: EvaluateSettings): Handler {
  const inputs = openInputs(settings);
  const lambda = new LambdaClient({});
  const registry = openManifests(settings, lambda);
  return async (event, { notes }) => {
    if (isReadyEvent(event)) return { ready: true };
    const step = parseStep(event);
    const rows = await inputs.readRows(step);
    notes['rows'] = rows.target.length;
    const models: ModelEvaluation[] = [];
    for (const each of step.models) {
      const candidate = await inputs.readCandidate(each.output);
      const functionName = settings.functions[each.model];
      const manifestOf = (version: string) => registry(each.model, version);
      const beside = { lambda, functionName, manifestOf, rows, step };
      models.push(await evaluateCandidate(each, candidate, beside));
    }
    return { models };
  };
}
