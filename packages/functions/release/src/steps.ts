import type { ModelEvaluation, PublishedVersion, RunSource } from '@chorus/pipeline-runs';
import { defaultGates, type Example, type Gates } from '@chorus/promotion';
import { InvalidRequestError } from '@chorus/protocol';

/** Publishes candidates as versions. */
export interface PublishStep {
  readonly step: 'publish';
  readonly run: RunSource;
  readonly models: readonly ModelEvaluation[];
}

/** How long, with how many requests and by which limits a version is tried out. */
interface Trial {
  readonly shadowSeconds?: number;
  readonly canarySeconds?: number;
  /** Share of callers' requests, 0 to 1. */
  readonly canaryShare?: number;
  readonly requestsPerSecond?: number;
  readonly limits?: Partial<Gates>;
}

/** Makes versions live. */
export interface PromoteStep {
  readonly step: 'promote';
  readonly run: RunSource;
  readonly promotion: 'all' | 'shadow' | 'canary';
  /** How it is tried out, where that is not the usual way. */
  readonly trial?: Trial;
  readonly models: readonly PublishedVersion[];
  /** What a version has to answer before it is live, by model. */
  readonly examples: Readonly<Record<string, readonly Example[]>>;
}

const promotions = ['all', 'shadow', 'canary'];

/** @throws {InvalidRequestError} for a limit that there is not, or that is no number */
function checkLimits(limits: unknown): void {
  const names = Object.keys(defaultGates);
  for (const [name, value] of Object.entries(Object(limits)))
    if (!names.includes(name) || typeof value !== 'number')
      throw new InvalidRequestError(
        `trial.limits.${name}: expected a number for one of ${names.join(', ')}`,
      );
}

/**
 * Reads a step's event, which the pipeline's own state machine makes: its members are checked, not their content.
 *
 * @throws {InvalidRequestError} naming what is missing
 */
export function parseStep(event: unknown): PublishStep | PromoteStep {
  const fields: Readonly<Record<string, unknown>> =
    typeof event === 'object' && event !== null ? { ...event } : {};
  const { step, run, models, promotion, trial, examples } = fields;
  if (step !== 'publish' && step !== 'promote')
    throw new InvalidRequestError('step: expected publish or promote');
  if (typeof run !== 'object' || run === null)
    throw new InvalidRequestError('run: expected an object');
  if (!Array.isArray(models)) throw new InvalidRequestError('models: expected a list');
  if (step === 'promote') {
    if (!promotions.includes(String(promotion)))
      throw new InvalidRequestError(`promotion: expected ${promotions.join(', ')}`);
    if (typeof examples !== 'object' || examples === null)
      throw new InvalidRequestError('examples: expected an object');
    checkLimits(Object(trial).limits);
  }
  return fields as unknown as PublishStep | PromoteStep;
}
