import type { IConstruct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from '../acknowledge.ts';
import type { Statement } from './statement.ts';

function listOf(values: string | readonly string[] | undefined): readonly string[] {
  if (values === undefined) return [];
  return typeof values === 'string' ? [values] : values;
}

/** Says why statements that allow something have wildcards, one by one: a new one is a finding of cdk-nag again. */
export function acknowledgeStatements(
  scope: IConstruct,
  statements: readonly Statement[],
  reason: string,
): void {
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
  const wild = (values: readonly string[]) =>
    new Set(values.filter((value) => value.includes('*')));
  for (const action of wild(allowed.flatMap(({ Action }) => listOf(Action))))
    acknowledge(scope, `AwsSolutions-IAM5[Action::${action}]`, reason);
  for (const resource of wild(allowed.flatMap(({ Resource }) => listOf(Resource))))
    acknowledgeWildcard(scope, resource, reason);
}
