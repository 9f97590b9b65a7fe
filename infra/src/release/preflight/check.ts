import type { AssemblyFacts } from '../assembly.ts';
import type { Release } from '../release-run.ts';

/** Looks at one thing. @returns the problems with it, each with what to do */
export type Check = (release: Release, facts: AssemblyFacts) => Promise<readonly string[]>;
