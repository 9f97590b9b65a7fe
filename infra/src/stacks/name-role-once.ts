import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Takes the list of dependencies off a resource that names its role anyway: the CDK adds one for policies that are
 * attached to the role later, and here there are none.
 */
export function nameRoleOnce(construct: IConstruct): void {
  const { defaultChild } = construct.node;
  if (CfnResource.isCfnResource(defaultChild)) defaultChild.addOverride('DependsOn', undefined);
}
