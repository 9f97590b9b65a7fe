import { stackIds } from '../aws-tools.ts';
import { stackName } from '../release-run.ts';
import type { Check } from './check.ts';

/** What to do about a stack in this status; undefined for one that can be deployed. */
function remedyOf(status: string, name: string, isProtected: boolean): string | undefined {
  if (status === 'REVIEW_IN_PROGRESS') return undefined;
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED' || status === 'CREATE_FAILED')
    // Its first creation failed: the CDK deletes what is left and makes it anew, if it may.
    return isProtected
      ? `it was never made to the end and has to be deleted first, which its protection forbids: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`
      : undefined;
  if (status.endsWith('_IN_PROGRESS'))
    return `something changes it at this moment. Wait: aws cloudformation describe-stacks --stack-name ${name} --query 'Stacks[0].StackStatus'`;
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return `it could not be taken back. Mend what the reason names, then: aws cloudformation continue-update-rollback --stack-name ${name}`;
  if (status === 'DELETE_FAILED')
    return `it could not be deleted to the end. Mend what the reason names, then: aws cloudformation delete-stack --stack-name ${name}`;
  return status.endsWith('_FAILED')
    ? 'look at its events in the CloudFormation console'
    : undefined;
}

/** Looks whether the stacks can be deployed, and what became of those that cannot. */
export const checkStacks: Check = async (release) => {
  const { tools, report } = release;
  const found = await Promise.all(
    stackIds.map(async (id) => {
      const name = stackName(release, id);
      const state = await tools.stacks.read(name);
      if (state === undefined) return [];
      const { status, isProtected } = state;
      const remedy = remedyOf(status, name, isProtected);
      const isHealthy = status.endsWith('_COMPLETE') && status !== 'ROLLBACK_COMPLETE';
      if (isHealthy && remedy === undefined) return [];
      const reason = await tools.stacks.reason(name);
      const because = reason === undefined ? '' : ` (${reason})`;
      if (remedy !== undefined) return [`the stack ${name} is ${status}${because}: ${remedy}`];
      report(`${name} was never made to the end${because}; it is made anew`);
      return [];
    }),
  );
  return found.flat();
};
