import type { DomainSpec, FunctionSize, JwtSpec, StageSpec } from '@chorus/blueprint';
import { OptionError } from './errors.ts';

type Shape = 'string' | 'number' | 'boolean' | 'list' | 'object';

/** The options that there are; a misspelt one would be ignored, since a deployment checks no types. */
const options = {
  region: 'string',
  account: 'string',
  zones: 'list',
  architecture: 'string',
  workflows: 'list',
  featureStore: 'boolean',
  fanOut: 'boolean',
  databaseProxy: 'boolean',
  functions: 'object',
  reservesConcurrency: 'boolean',
  access: 'string',
  jwt: 'object',
  domain: 'object',
  waf: 'boolean',
  rate: 'object',
  routeRates: 'object',
  requestsPerMonth: 'number',
  origins: 'list',
  publicRate: 'object',
  publicRequestsPerMonth: 'number',
  pageDomain: 'object',
  logDays: 'number',
  alarms: 'string',
  dashboard: 'boolean',
  notify: 'string',
  monthlyBudget: 'number',
  canary: 'string',
  keepsData: 'boolean',
} satisfies Record<keyof StageSpec, Shape>;

/** What options that are objects have to say. */
const parts: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  jwt: { issuer: 'string', audience: 'list' } satisfies Record<keyof JwtSpec, Shape>,
  domain: { name: 'string', certificate: 'string' } satisfies Record<keyof DomainSpec, Shape>,
  pageDomain: { name: 'string', certificate: 'string' } satisfies Record<keyof DomainSpec, Shape>,
  rate: { perSecond: 'number' },
  publicRate: { perSecond: 'number' },
};

function shapeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

/** The rules by which an option is what its type says. */
function shapeRules(spec: object): readonly Rule[] {
  const shapes: Readonly<Record<string, Shape>> = options;
  return Object.entries(spec).flatMap(
    ([name, value]: readonly [string, unknown]): readonly Rule[] => {
      const shape = shapes[name];
      // Unknown ones have a rule of their own.
      if (shape === undefined || value === undefined) return [];
      if (shapeOf(value) !== shape)
        return [[true, `${name}: expected a ${shape}, got ${JSON.stringify(value)}`]];
      return Object.entries(parts[name] ?? {}).map(([part, of]) => {
        const found = (value as Readonly<Record<string, unknown>>)[part];
        return [
          shapeOf(found) !== of,
          `${name}.${part}: expected a ${of}, got ${JSON.stringify(found)}`,
        ];
      });
    },
  );
}

const sizes = Object.keys({
  memoryMb: true,
  concurrency: true,
  provisionedConcurrency: true,
  snapStart: true,
  keepWarmMinutes: true,
} satisfies Record<keyof FunctionSize, true>);

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

/** A rule for each option that there is not. */
function unknownRules(place: string, given: object, known: readonly string[]): readonly Rule[] {
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => [
      true,
      `${place}${name}: there is no such option; there are ${known.join(', ')}`,
    ]);
}

/** A rule of an option that takes one of a few words. */
function choiceRule(option: string, value: string | undefined, allowed: readonly string[]): Rule {
  return [
    value !== undefined && !allowed.includes(value),
    `${option}: expected ${allowed.join(' or ')}, got ${value}`,
  ];
}

/** The rules of what functions may have, as Lambda has them. */
function sizeRules(functions: NonNullable<StageSpec['functions']>): readonly Rule[] {
  return Object.entries(functions).flatMap(([name, size]): readonly Rule[] => {
    const { memoryMb, concurrency, provisionedConcurrency } = size;
    const isWhole = (value: number | undefined, least: number, most: number) =>
      value === undefined || (Number.isInteger(value) && value >= least && value <= most);
    return [
      ...unknownRules(`functions.${name}.`, size, sizes),
      [
        !isWhole(memoryMb, 128, 10_240),
        `functions.${name}.memoryMb: expected a whole number from 128 to 10240, got ${memoryMb}`,
      ],
      countRule(`functions.${name}.concurrency`, concurrency),
      [
        !isWhole(provisionedConcurrency, 0, Number.MAX_SAFE_INTEGER),
        `functions.${name}.provisionedConcurrency: expected a whole number, got ${provisionedConcurrency}`,
      ],
    ];
  });
}

/** The days that CloudWatch keeps logs for. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

function rulesOf(spec: StageSpec): readonly Rule[] {
  const { region = '', account, zones, logDays, alarms, notify } = spec;
  return [
    choiceRule('architecture', spec.architecture, ['arm64', 'x64']),
    choiceRule('access', spec.access, ['api-key', 'iam', 'jwt', 'open']),
    choiceRule('canary', spec.canary, [
      'all-at-once',
      '10-percent-5-minutes',
      '10-percent-15-minutes',
    ]),
    [
      alarms !== undefined &&
        !['bootstrap', 'none'].includes(alarms) &&
        !/^arn:[\w-]+:sns:/.test(alarms),
      `alarms: expected bootstrap, none, or the ARN of a topic of SNS, got ${alarms}`,
    ],
    [
      notify !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(notify),
      `notify: expected an e-mail address, got ${notify}`,
    ],
    ...sizeRules(spec.functions ?? {}),
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
    [
      logDays !== undefined && !retentions.includes(logDays),
      `logDays: CloudWatch keeps logs for ${retentions.join(', ')} days, got ${logDays}`,
    ],
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
  // Values of another shape than their types say would break the other rules.
  for (const rules of [
    () => [...unknownRules('', spec, Object.keys(options)), ...shapeRules(spec)],
    () => rulesOf(spec),
  ]) {
    const problems = rules().flatMap(([isBroken, problem]) => (isBroken ? [problem] : []));
    if (problems.length > 0) throw new OptionError(`stage ${name}: ${problems.join('; ')}`);
  }
}
