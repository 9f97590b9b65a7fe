import { renderTable } from './table.ts';

/** What `/predict/<workflow>` answers. */
export interface Prediction {
  /** One per row: a number by model, and `ensemble`. */
  readonly predictions: readonly Readonly<Record<string, number | undefined>>[];
  readonly models: Readonly<Record<string, Served | undefined>>;
  readonly failed: Readonly<Record<string, Failure | undefined>>;
  readonly requestId: string;
}

interface Served {
  readonly version: string;
  readonly durationMs: number;
  readonly coldStart: boolean;
  readonly attempts: number;
}

interface Failure {
  readonly error: string;
  readonly message: string;
}

/** Whether a body is a prediction; anything else came from something that is not this service. */
export function isPrediction(body: unknown): body is Prediction {
  return (
    typeof body === 'object' &&
    body !== null &&
    'predictions' in body &&
    Array.isArray(body.predictions) &&
    'models' in body &&
    'failed' in body
  );
}

/**
 * The answer as text: rows by models, then who answered, then what failed.
 *
 * @param names the workflow's models in its order
 */
export function renderPrediction(prediction: Prediction, names: readonly string[]): string {
  const { predictions, models } = prediction;
  const columns = [...names.filter((name) => models[name] !== undefined), 'ensemble'];
  const rows = predictions.map((row, index) => [
    String(index + 1),
    ...columns.map((name) => row[name]),
  ]);
  return [renderTable(['row', ...columns], rows), '', renderServed(prediction, names)].join('\n');
}

/** Who answered, then what failed, then the request's id. */
export function renderServed(
  { models, failed, requestId }: Omit<Prediction, 'predictions'>,
  names: readonly string[],
): string {
  const served = names.flatMap((name) => {
    const each = models[name];
    if (each === undefined) return [];
    const start = each.coldStart ? 'cold' : 'warm';
    return [[name, each.version, each.durationMs, start, each.attempts]];
  });
  const failures = Object.entries(failed).map(
    ([name, failure]) => `${name} failed: ${failure?.error}: ${failure?.message}`,
  );
  return [
    renderTable(['model', 'version', 'ms', 'start', 'attempts'], served),
    ...(failures.length === 0 ? [] : ['', ...failures]),
    '',
    `request ${requestId}`,
  ].join('\n');
}
