import type { Blueprint } from '../types.ts';
import type { JobSpec } from './job-spec.ts';

/** Names of the jobs that functions and state machines run. */
function runBy({ functions, workflows, machines = [] }: Blueprint): ReadonlySet<string> {
  return new Set(
    [...functions, ...workflows, ...machines].flatMap(({ links = [] }) =>
      links.flatMap((link) => (link.kind === 'job' ? link.job : [])),
    ),
  );
}

/** Returns the jobs that something which is left runs, and those that nothing ever ran. */
export function usefulJobs(full: Blueprint, left: Blueprint): readonly JobSpec[] {
  const [before, now] = [runBy(full), runBy(left)];
  return (full.jobs ?? []).filter(({ name }) => now.has(name) || !before.has(name));
}
