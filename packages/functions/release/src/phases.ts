import type { PhaseAnswers, PromotionPhase } from '@chorus/pipeline-runs';
import type { PhaseReport } from '@chorus/promotion';

const answersOf = ({ requests, errors, p50, p95 }: PhaseReport['old']): PhaseAnswers => ({
  requests,
  errors,
  p50,
  p95,
});

/** Returns what a run's report keeps of a phase: figures alone, since a state machine carries it. */
export function phaseOf(seen: PhaseReport): PromotionPhase {
  const { phase, weight, elapsedMs, divergence, disagreements } = seen;
  return {
    phase,
    share: weight,
    seconds: elapsedMs / 1000,
    live: answersOf(seen.old),
    new: answersOf(seen.new),
    apart:
      divergence === undefined || divergence.spread === 0
        ? null
        : { mean: divergence.mean / divergence.spread, max: divergence.max / divergence.spread },
    disagreements: disagreements.map(({ output, share }) => ({ output, share })),
  };
}
