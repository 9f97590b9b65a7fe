import type { JobProgram } from '@chorus/emulator-batch';
import type { WorkerProgram, WorkerStart } from '@chorus/emulator-lambda';

/** The host that functions run on: processes of this machine, or containers of their images. */
export interface FunctionHost {
  /** Address of this machine as workers see it. */
  readonly address: string;
  /** @param source folder of the function's package, from the repository's root */
  program(source: string, start: WorkerStart): WorkerProgram;
  /**
   * A program that is not Node's: run in its package's folder, or in the image of its own `Dockerfile`.
   *
   * @param source folder of the package, from the repository's root
   */
  foreignProgram(
    source: string,
    command: readonly [string, ...string[]],
    start: WorkerStart,
  ): JobProgram;
  /** Takes back what was made for the workers, once they have all ended. */
  close(): Promise<void>;
}
