import type { WorkerProgram, WorkerStart } from '@chorus/emulator-lambda';

/** The host that functions run on: processes of this machine, or containers of their images. */
export interface FunctionHost {
  /** Address of this machine as workers see it. */
  readonly address: string;
  /** @param source folder of the function's package, from the repository's root */
  program(source: string, start: WorkerStart): WorkerProgram;
  /** Takes back what was made for the workers, once they have all ended. */
  close(): Promise<void>;
}
