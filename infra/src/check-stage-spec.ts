import type { DomainSpec, StageSpec } from '@chorus/blueprint';
import { OptionError } from './errors.ts';

type Rule = readonly [isBroken: boolean, problem: string];

/** A number of an option, where it is set, that has to be whole and positive. */
function countRule(option: string, value: number | undefined): Rule {
  return [
    value !== undefined && !(Number.isInteger(value) && value > 0),
    `${option} has to be a positive whole number, got ${value}`,
  ];
}

/** The rules of a name of one's own, whose certificate is in this region. */
function domainRules(
  option: string,
  domain: DomainSpec | undefined,
  region: string,
): readonly Rule[] {
  if (domain === undefined) return [];
  const { name, certificate } = domain;
  const [, , service, place] = certificate.split(':');
  return [
    [
      !/^(?:[a-z0-9-]+\.)+[a-z]+$/.test(name),
      `${option}.name: expected a name such as photos.example.com, got ${name}`,
    ],
    [
      service !== 'acm' || place !== region,
      `${option}.certificate: expected the ARN of a certificate in ${region}, got ${certificate}`,
    ],
  ];
}

function rulesOf(spec: StageSpec): readonly Rule[] {
  const { region, account, zones } = spec;
  return [
    [
      !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region),
      `region: expected a region such as us-east-1, got ${region}`,
    ],
    [
      account !== undefined && !/^\d{12}$/.test(account),
      `account: expected twelve digits, got ${account}`,
    ],
    [
      zones !== undefined &&
        (zones[0] === zones[1] || zones.some((zone) => !/^[a-z]$/.test(zone.replace(region, '')))),
      `zones: expected two zones of ${region} such as ${region}a and ${region}b, got ${zones?.join(' and ')}`,
    ],
    countRule('requestsPerMonth', spec.requestsPerMonth),
    countRule('publicRequestsPerMonth', spec.publicRequestsPerMonth),
    countRule('logDays', spec.logDays),
    countRule('monthlyBudget', spec.monthlyBudget),
    countRule('rate.perSecond', spec.rate?.perSecond),
    countRule('rate.burst', spec.rate?.burst),
    countRule('publicRate.perSecond', spec.publicRate?.perSecond),
    countRule('publicRate.burst', spec.publicRate?.burst),
    ...domainRules('domain', spec.domain, region),
    // Where CloudFront looks, whatever the region of the stage.
    ...domainRules('pageDomain', spec.pageDomain, 'us-east-1'),
  ];
}

/**
 * Checks the options of a stage, which its type does not judge.
 *
 * @throws {OptionError} naming the stage and every problem
 */
export function checkStageSpec(name: string, spec: StageSpec): void {
  const problems = rulesOf(spec).flatMap(([isBroken, problem]) => (isBroken ? [problem] : []));
  if (problems.length > 0) throw new OptionError(`stage ${name}: ${problems.join('; ')}`);
}
