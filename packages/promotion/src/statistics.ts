/** The answers that one version gave to its requests. */
export interface Tally {
  requests: number;
  /** How many failed, by error: `ModelLoadError: the weights are damaged`. */
  readonly errors: Map<string, number>;
  /** Round trips of those that did not, in milliseconds. */
  readonly latencies: number[];
}

/** The same for people and gates. */
export interface Summary {
  readonly requests: number;
  readonly errors: number;
  readonly errorKinds: Readonly<Record<string, number>>;
  /** Milliseconds; null when nothing was answered. */
  readonly p50: number | null;
  readonly p95: number | null;
  /**
   * The least that the p95 is, with 99 % confidence: of few answers one that was slow by chance is the p95 itself.
   * Distribution-free, by order statistics (Hahn and Meeker, Statistical Intervals, 5.2).
   */
  readonly p95AtLeast: number | null;
}

export function newTally(): Tally {
  return { requests: 0, errors: new Map(), latencies: [] };
}

/** Notes one request. @param failure undefined when it was answered */
export function note(tally: Tally, milliseconds: number, failure: string | undefined): void {
  tally.requests += 1;
  if (failure === undefined) tally.latencies.push(milliseconds);
  else tally.errors.set(failure, (tally.errors.get(failure) ?? 0) + 1);
}

/**
 * The value below or at which a share of the values lies (nearest rank); null of none.
 *
 * @param ascending sorted
 */
export function percentile(ascending: readonly number[], share: number): number | null {
  const rank = Math.max(1, Math.ceil(share * ascending.length));
  return ascending[rank - 1] ?? null;
}

/** Share of values above a p95. */
const above = 0.05;
const confidence = 0.99;
/** The standard normal distribution's value at that confidence. */
const deviations = 2.326;

/** Returns how many of so many values are above their true p95, at most, with that confidence (binomial). */
export function mostAboveP95(count: number): number {
  // Far from the edges the normal distribution is as good, and its terms do not vanish.
  if (count > 1000)
    return Math.ceil(count * above + deviations * Math.sqrt(count * above * (1 - above)));
  let term = (1 - above) ** count;
  let sum = term;
  let most = 0;
  while (sum < confidence) {
    term *= ((count - most) / (most + 1)) * (above / (1 - above));
    most += 1;
    sum += term;
  }
  return most;
}

export function summarise({ requests, errors, latencies }: Tally): Summary {
  const ascending = latencies.toSorted((one, other) => one - other);
  return {
    requests,
    errors: errors.values().reduce((sum, count) => sum + count, 0),
    errorKinds: Object.fromEntries(errors),
    p50: percentile(ascending, 0.5),
    p95: percentile(ascending, 0.95),
    p95AtLeast:
      ascending[Math.max(0, ascending.length - mostAboveP95(ascending.length) - 1)] ?? null,
  };
}
