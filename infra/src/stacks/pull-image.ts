import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcard } from '../acknowledge.ts';

/** Returns the rights to log in to ECR and to pull images from these repositories. */
export function pullStatements(repositoryArns: readonly string[]): readonly PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'Login',
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: 'Pull',
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ],
      resources: [...new Set(repositoryArns)],
    }),
  ];
}

/** Notes for cdk-nag why a role that pulls images has a right over any resource. */
export function acknowledgeLogin(role: Role): void {
  acknowledgeWildcard(role, '*', 'A login to ECR has no resource');
}
