import { vi } from 'vitest';

/** Has the monotonic clock run so many times as fast until `vi.restoreAllMocks`: a limit of minutes passes in a moment. */
export function speedUp(times: number): void {
  const now = performance.now.bind(performance);
  const begun = now();
  vi.spyOn(performance, 'now').mockImplementation(() => begun + (now() - begun) * times);
}
