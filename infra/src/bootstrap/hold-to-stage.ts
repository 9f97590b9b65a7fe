import { Aspects, Aws, CfnResource } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { bootstrapName, bootstrapOf, rolePath } from './stage-names.ts';

/**
 * Holds the roles of a stage's stacks to what its bootstrap allows: they have the stage's permissions boundary, and, like
 * its policies, the stage's path. One without them is refused by the execution policy, and so fails a deployment rather than
 * gain rights.
 */
export function holdToStage(scope: IConstruct, stage: string): void {
  const bootstrap = bootstrapOf(stage);
  const boundary = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/${bootstrapName(bootstrap, 'boundary')}`;
  Aspects.of(scope).add({
    visit(node) {
      if (!CfnResource.isCfnResource(node)) return;
      if (CfnRole.isCfnRole(node)) {
        node.permissionsBoundary = boundary;
        node.path = rolePath(stage);
      }
      if (CfnManagedPolicy.isCfnManagedPolicy(node)) node.path = rolePath(stage);
    },
  });
}
