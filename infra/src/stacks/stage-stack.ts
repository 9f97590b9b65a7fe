import { physicalName } from '@chorus/blueprint';
import { DefaultStackSynthesizer, type StackProps } from 'aws-cdk-lib';
import { qualifierOf, stageTag } from '../bootstrap/stage-names.ts';
import type { StageOptions } from '../options.ts';

/**
 * Returns the properties that the stacks of a stage share. Each is deployed by the roles of its stage's own bootstrap, and
 * has tags from which all its resources can be told.
 */
export function stageStack(
  part: 'foundation' | 'functions' | 'serving',
  { name, expires }: StageOptions,
): StackProps {
  return {
    stackName: physicalName(part, name),
    synthesizer: new DefaultStackSynthesizer({ qualifier: qualifierOf(name) }),
    tags: {
      [stageTag]: name,
      ...(expires !== undefined && { 'chorus:expires': expires }),
    },
  };
}
