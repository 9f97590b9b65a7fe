import { renderTable } from './table.ts';

/** The answer of `/predict/<workflow>`. */
export interface Prediction {
  /** One per row or photo; what stands in one is the workflow's own. */
  readonly predictions: readonly unknown[];
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

/** Tells whether a body is a prediction; anything else came from something that is not this service. */
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

/** Returns the models that answered, then those that failed, then the request's id. */
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
