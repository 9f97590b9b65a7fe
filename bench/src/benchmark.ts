import type { Models } from './models.ts';
import type { Peer } from './peer.ts';
import type { Section } from './report/section.ts';

/** The settings that every benchmark gets. */
export interface BenchContext {
  /** Few rounds only. */
  readonly quick: boolean;
  /** A folder of this run's, removed at its end. */
  readonly directory: string;
  /** Says what happens, on a line that the next one overwrites. */
  readonly progress: (line: string) => void;
  /** The models of the workflow that is measured, trained now. */
  readonly models: Models;
  /** scikit-learn's; `undefined` when no Python on this machine has what they need. */
  readonly peer: Peer | undefined;
}

/** One part of `pnpm bench`. */
export interface Benchmark {
  /** As on the command line. */
  readonly name: string;
  /** The heading in the results. */
  readonly title: string;
  /** It needs what few machines have: not part of a run that names no benchmark. */
  readonly onlyWhenNamed?: boolean;
  readonly run: (context: BenchContext) => Promise<Section>;
}

/** The note under a table without a peer to compare with. */
export const peerIsMissing =
  'The Python peer is not on this machine: `pip install -r bench/peers/requirements.txt` in an environment of its own, then `CHORUS_BENCH_PYTHON=<its python> pnpm bench`.';
