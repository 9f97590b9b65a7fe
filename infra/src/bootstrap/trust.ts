import type { Repository } from '@chorus/blueprint';
import { WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { globalArn, type Place } from './arns.ts';

/** Who vouches for GitHub's workflows. */
export const issuer = 'token.actions.githubusercontent.com';

/** The only branch whose workflows may deploy a stage. */
const branch = 'refs/heads/main';

/**
 * Trusts the workflows of one repository that run in one GitHub environment, and of a stage those of the branch `main` alone.
 *
 * The repository is told by its number, which no other can take over when it is renamed or deleted. IAM asks for a condition
 * on the subject too; GitHub writes it with numbers for repositories made after July 2026, and without for older ones.
 *
 * @param anyBranch whether the workflows of pull requests are trusted too
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export function trustWorkflows(
  place: Place,
  { name, id }: Repository & { readonly id: number },
  environment: string,
  anyBranch: boolean,
): WebIdentityPrincipal {
  const [owner, short] = name.split('/');
  return new WebIdentityPrincipal(globalArn(place, 'iam', `oidc-provider/${issuer}`), {
    StringEquals: {
      [`${issuer}:aud`]: 'sts.amazonaws.com',
      [`${issuer}:environment`]: environment,
      [`${issuer}:repository_id`]: String(id),
      ...(!anyBranch && { [`${issuer}:ref`]: branch }),
    },
    StringLike: {
      [`${issuer}:sub`]: [
        `repo:${name}:environment:${environment}`,
        `repo:${owner}@*/${short}@${id}:environment:${environment}`,
      ],
    },
  });
}
