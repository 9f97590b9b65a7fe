import { defaultGates } from '../gates.ts';
import { defaultPlan, type PromotionPlan } from '../plan.ts';

/** A promotion of milliseconds, in which speed decides nothing. */
export const quickPlan: PromotionPlan = {
  ...defaultPlan,
  shadowMs: 20,
  canaryWeight: 0.5,
  canaryMs: 20,
  rate: 300,
  gates: { ...defaultGates, minimumRequests: 5, p95SlackMs: 1e6 },
};
