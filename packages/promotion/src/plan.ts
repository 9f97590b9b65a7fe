import { PromotionError } from './errors.ts';
import { defaultGates, type Gates } from './gates.ts';

/** The phases and gates that a version passes before it is live. */
export interface PromotionPlan {
  /** How long both versions answer the same sampled requests, unseen by callers. 0: not at all. */
  readonly shadowMs: number;
  /** Share of callers' requests, 0 to 1, that the canary gets. 0: no canary. */
  readonly canaryWeight: number;
  readonly canaryMs: number;
  /** Sampled requests a second to each version. */
  readonly rate: number;
  readonly gates: Gates;
  /** Goes on although the manifest says that the version is worse. */
  readonly force: boolean;
}

export const defaultPlan: PromotionPlan = {
  shadowMs: 30_000,
  canaryWeight: 0.1,
  canaryMs: 60_000,
  rate: 10,
  gates: defaultGates,
  force: false,
};

/** @throws {PromotionError} naming what makes no sense */
export function checkPlan({ shadowMs, canaryWeight, canaryMs, rate, gates }: PromotionPlan): void {
  if (!(canaryWeight >= 0 && canaryWeight <= 1))
    throw new PromotionError(
      `A canary gets a share of all requests, from 0 % to 100 %, not ${canaryWeight * 100} %`,
    );
  const numbers = { shadowMs, canaryMs, rate, ...gates };
  for (const [name, value] of Object.entries(numbers))
    if (!(value >= 0)) throw new PromotionError(`${name} must be 0 or more, not ${value}`);
  if (!(rate > 0 && rate <= 1000))
    throw new PromotionError(`The rate must be above 0 and at most 1000 a second, not ${rate}`);
}
