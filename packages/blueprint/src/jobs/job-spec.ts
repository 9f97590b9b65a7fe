import type { Link } from '../links/link.ts';

/** A machine of SageMaker, for a job that is to run there. */
export interface SageMakerSpec {
  /** `ml.m5.xlarge` */
  readonly instance: string;
  readonly diskGb: number;
}

/** A program that runs once and ends, for what takes longer or needs more memory than a function has. Nothing runs while there is no job. */
export interface JobSpec {
  readonly name: string;
  /** Folder of the workspace package, from the repository's root. */
  readonly source: string;
  /**
   * Of a program that is not Node's: the command that runs it in `source`, whose `Dockerfile` makes its image.
   * @default the image and the entry point of the function of the same package, `src/main.ts`
   */
  readonly command?: readonly [string, ...string[]];
  /** Processors: 0.25, 0.5, 1, 2, 4, 8 or 16. */
  readonly vCpu: number;
  /** Memory; Fargate has some amounts for each number of processors. */
  readonly memoryMb: number;
  /** Whether it runs on Spot capacity, which costs a third and may be taken away: the job is then run again. @default true */
  readonly spot?: boolean;
  /** How often it is run at most, where its capacity was taken away. @default 5 */
  readonly attempts?: number;
  /** Longest that one attempt may take. */
  readonly timeoutSeconds: number;
  /**
   * Runs it as a training job of SageMaker instead of Batch, on a machine of its own. The local cloud refuses it.
   * @default Batch, with its processors and memory
   */
  readonly sageMaker?: SageMakerSpec;
  /** The resources it may use: each link gives it variables that say where that is, and the rights. @default nothing */
  readonly links?: readonly Link[];
}

/** How often a job is run at most, where nothing else is said. */
const usualAttempts = 5;

/** When a job is tried again, as Batch has it. */
export interface JobRetry {
  readonly attempts: number;
  readonly evaluateOnExit: readonly {
    readonly onStatusReason?: string;
    readonly onReason?: string;
    readonly action: 'RETRY' | 'EXIT';
  }[];
}

/** Returns when a job is tried again: after the loss of its capacity, and never because its program failed. */
export function retryOf({ attempts = usualAttempts, spot = true }: JobSpec): JobRetry {
  return {
    attempts: spot ? attempts : 1,
    evaluateOnExit: [
      { onStatusReason: 'Your Spot Task was interrupted*', action: 'RETRY' },
      { onReason: '*', action: 'EXIT' },
    ],
  };
}
