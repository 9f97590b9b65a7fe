import type { Metric, TrainingRecord } from './manifest.ts';

/** Metrics that may be bare numbers: for them it is known which direction is better. */
export const directions: ReadonlyMap<string, Metric['better']> = new Map([
  ['rmse', 'lower'],
  ['r2', 'higher'],
]);

/** Returns the metrics of a version, each with its direction; none where nothing was measured. */
export function metricsOf(training: TrainingRecord | undefined): Readonly<Record<string, Metric>> {
  const metrics = Object.entries(training?.metrics ?? {}).flatMap(([name, metric]) => {
    if (typeof metric === 'object') return [[name, metric] as const];
    const better = directions.get(name);
    if (metric === undefined || better === undefined) return [];
    return [[name, { value: metric, better }] as const];
  });
  return Object.fromEntries(metrics);
}
