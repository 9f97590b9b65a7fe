import type { Blueprint, StageSpec } from '@chorus/blueprint';
import { type Stages, specOf } from '../../context.ts';
import type { Variables } from '../../env.ts';
import { partOfStage } from '../../part-of-stage.ts';
import type { AtAws } from '../aws/at-aws.ts';
import type { AwsTools } from '../aws-tools.ts';
import type { Synthesis } from '../synthesise.ts';
import type { Terminal } from '../terminal.ts';

/** The service and the means that commands act with. */
export interface Commander {
  readonly blueprint: Blueprint;
  readonly known: Stages & { readonly previewDays: number };
  /** The repository's root, absolute. */
  readonly root: string;
  readonly variables: Variables;
  readonly terminal: Terminal;
  /** Where a path on the command line begins. */
  readonly from: string;
  withAws<Result>(at: AtAws, work: (tools: AwsTools) => Promise<Result>): Promise<Result>;
  bundle(of: Synthesis): Promise<void>;
  synthesise(of: Synthesis): Promise<void>;
  /** Looks whether images can be built. @returns what is in the way */
  builderProblem(variables: Variables): Promise<string | undefined>;
  now(): Date;
}

/** A stage, as a command knows it. */
export interface StageAt {
  readonly spec: StageSpec;
  /** The part of the service that the stage deploys. */
  readonly blueprint: Blueprint;
  readonly at: AtAws;
}

/** Returns what a command knows of its stage. @throws {OptionError} if there is no such stage, or its options contradict each other */
export function stageOf({ blueprint, known, variables }: Commander, stage: string): StageAt {
  const spec = specOf(stage, known);
  return {
    spec,
    blueprint: partOfStage(stage, spec, blueprint),
    at: {
      stage,
      region: spec.region,
      variables: { ...variables, AWS_REGION: spec.region, AWS_DEFAULT_REGION: spec.region },
      parameters: ['--require-approval', 'never'],
    },
  };
}
