import type { PromotionPhase, RunReport } from '@chorus/pipeline-runs';
import { renderTable } from '../table.ts';

const shown = (value: number): string => value.toPrecision(3);

const percentOf = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

/** Returns what was seen of new versions beside live ones before all requests were theirs. */
export function trialLines({ promoted }: RunReport): readonly string[] {
  const seen = promoted.flatMap(({ model, version, champion, phases = [] }) =>
    phases.map((phase) => ({ model, version, champion, ...phase })),
  );
  if (seen.length === 0) return [];
  const row = (
    phase: string,
    name: string,
    { requests, errors, p50, p95 }: PromotionPhase['live'],
  ) => [phase, name, requests, errors, p50?.toFixed(1), p95?.toFixed(1)];
  return [
    '',
    renderTable(
      ['tried out', 'version', 'requests', 'failed', 'p50 ms', 'p95 ms'],
      seen.flatMap(({ model, version, champion, phase, share, live, new: next }) => [
        row(share > 0 ? `${phase}, ${percentOf(share)}` : phase, `${model} ${champion}`, live),
        row('', `${model} ${version}`, next),
      ]),
    ),
    ...seen.flatMap(({ model, phase, apart, disagreements }) => [
      ...(apart === null
        ? []
        : [
            `In the ${phase}, predictions of ${model} were ${shown(apart.mean)} times their spread apart on average, ${shown(apart.max)} at most.`,
          ]),
      ...disagreements.map(
        ({ output, share }) =>
          `In the ${phase}, ${output} of ${model} differed in ${percentOf(share)} of the answers.`,
      ),
    ]),
  ];
}
