import { expect, it } from 'vitest';
import { judge } from '../testing/policy.ts';
import { namedArns, namedServices, placeOf } from './arns.ts';
import { denyNamesOfOthers } from './deny-others.ts';
import { ownNames } from './stage-names.ts';

const place = placeOf('111122223333', 'us-east-1');
const own = ownNames('production', ['production', 'staging']);

it.each(namedServices)(
  'names of other stages are denied of %s, of every kind, and no own ones',
  (service) => {
    const everything = { Effect: 'Allow' as const, Action: '*', Resource: '*' };
    const Statement = [everything, ...denyNamesOfOthers(place, own, [service])];
    const judged = (prefix: string) =>
      namedArns(place, prefix)[service].map((arn) =>
        judge(
          { policies: [{ Statement }] },
          { action: `${service}:Any`, resource: arn.replaceAll('*', 'house') },
        ),
      );
    for (const prefix of own.others) expect(new Set(judged(prefix))).toEqual(new Set(['denied']));
    expect(own.others).toHaveLength(2);
    expect(new Set(judged(own.prefix))).toEqual(new Set(['allowed']));
  },
);
