import { type NamedService, namedArns, type Place } from './arns.ts';
import { type OwnNames, stageTag } from './stage-names.ts';
import type { Statement } from './statement.ts';

/** Keeps a stage's roles off what has the tag of another, where the service knows tags, and from giving it. */
export function denyTagsOfOthers({ tag }: OwnNames): readonly Statement[] {
  return ['ResourceTag', 'RequestTag'].map((kind) => ({
    Sid: `NoOther${kind}`,
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: {
      Null: { [`aws:${kind}/${stageTag}`]: 'false' },
      StringNotLike: { [`aws:${kind}/${stageTag}`]: tag },
    },
  }));
}

/** Keeps a stage's CloudFormation from giving messages to functions of others that its own names would cover. */
export function denyConsumersOfOthers(place: Place, { others }: OwnNames): readonly Statement[] {
  const functions = others.flatMap((prefix) => namedArns(place, prefix).lambda);
  return functions.length > 0
    ? [
        {
          Sid: 'NoOtherConsumers',
          Effect: 'Deny',
          Action: 'lambda:*EventSourceMapping',
          Resource: '*',
          Condition: { ArnLike: { 'lambda:FunctionArn': functions } },
        },
      ]
    : [];
}

/** What an ARN has before its name: `arn:aws:states:us-east-1:111122223333:`. */
const account = /^(?:[^:]*:){5}/;

/**
 * Returns patterns that cover ARNs, one for all kinds of an account's service: a denial may reach further than a right, and a
 * policy has little room.
 */
function covering(arns: readonly string[], prefix: string): readonly string[] {
  const ofAccounts = Map.groupBy(arns, (each) => account.exec(each)?.[0] ?? each);
  return [...ofAccounts].flatMap(([beginning, some]) =>
    some.length > 1 && some.every((each) => each.includes(prefix))
      ? [`${beginning}*${prefix}*`]
      : some,
  );
}

/**
 * Keeps a stage's roles off names of others that its own would cover: production is `chorus-…`, so `chorus-staging-…` has
 * to be taken out. Most stages need none of this.
 */
export function denyNamesOfOthers(
  place: Place,
  { others }: OwnNames,
  services: readonly NamedService[],
): readonly Statement[] {
  const named = others.flatMap((prefix) => {
    const arns = namedArns(place, prefix);
    return services.flatMap((service) => covering(arns[service], prefix));
  });
  return named.length > 0
    ? [{ Sid: 'NoOtherNames', Effect: 'Deny', Action: '*', Resource: named }]
    : [];
}
