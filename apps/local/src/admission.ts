/** Lets so many requests in at once and no more: what cannot be worked on in time is refused, and not queued. */
export interface Admission {
  readonly limit: number;
  /** @returns what to call when the request's work is done; undefined if there are too many already */
  tryEnter(): (() => void) | undefined;
}

export function createAdmission({ limit }: { readonly limit: number }): Admission {
  let inside = 0;
  return {
    limit,
    tryEnter() {
      if (inside >= limit) return undefined;
      inside += 1;
      let isInside = true;
      return () => {
        if (isInside) inside -= 1;
        isInside = false;
      };
    },
  };
}
