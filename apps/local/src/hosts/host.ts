import type { FunctionSpec } from '@chorus/blueprint';
import type { WorkerStart } from '../lambda/service.ts';
import type { WorkerProgram } from '../lambda/worker.ts';

/** Where functions run: as processes of this machine, or as containers of their images. */
export interface FunctionHost {
  /** Address of this machine as workers see it. */
  readonly address: string;
  program(spec: FunctionSpec, start: WorkerStart): WorkerProgram;
  /** Takes back what was made for the workers, once they have all ended. */
  close(): Promise<void>;
}
