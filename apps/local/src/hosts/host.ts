import type { FunctionSpec } from '@chorus/blueprint';
import type { WorkerProgram, WorkerStart } from '@chorus/emulator-lambda';

/** The host that functions run on: processes of this machine, or containers of their images. */
export interface FunctionHost {
  /** Address of this machine as workers see it. */
  readonly address: string;
  program(spec: FunctionSpec, start: WorkerStart): WorkerProgram;
  /** Takes back what was made for the workers, once they have all ended. */
  close(): Promise<void>;
}
