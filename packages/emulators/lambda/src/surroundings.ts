import type { FunctionSettings } from './functions.ts';
import type { InvocationFault } from './invocation-fault.ts';
import type { SavedFunction } from './parse-saved-functions.ts';
import type { Pool } from './pool.ts';

/** The parts of the service that a function needs. */
export interface Surroundings {
  readonly saved: SavedFunction | undefined;
  save(state: SavedFunction): Promise<void>;
  /** Removes what was saved. */
  forget(): Promise<void>;
  openPool(version: string, settings: FunctionSettings): Pool;
  /** Lets a pool finish what it has and stop. */
  retirePool(pool: Pool): void;
  /** At least 0, below 1: decides between the two versions of an alias. */
  chance(): number;
  /** What goes wrong with the next event on purpose, if anything. */
  fault(): InvocationFault | undefined;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<unknown>;
}
