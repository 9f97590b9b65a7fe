import { bootstrapOf } from '../../bootstrap/stage-names.ts';
import type { AssemblyFacts } from '../assembly.ts';
import { functionNames, type Release } from '../release-run.ts';
import type { Check } from './check.ts';

/** The stage that a release is for, and how it reaches AWS. */
type OfStage = Pick<Release, 'tools' | 'spec' | 'stage'>;

/** Looks whether credentials and assembly are of the stage's account and region. */
export async function checkAccount(
  { tools, spec, stage }: OfStage,
  facts: Pick<AssemblyFacts, 'account' | 'region'>,
): Promise<readonly string[]> {
  const { account } = await tools.account.identity();
  const problems: string[] = [];
  if (spec.account !== undefined && spec.account !== account)
    problems.push(
      `the credentials are of the account ${account}, and ${stage} is deployed to ${spec.account} (infra/stages.ts): take those of that account, for example with AWS_PROFILE`,
    );
  if (facts.account !== undefined && facts.account !== account && facts.account !== spec.account)
    problems.push(
      `the assembly was made for the account ${facts.account}, not ${account}: make it again`,
    );
  if (facts.region !== undefined && facts.region !== spec.region)
    problems.push(
      `the assembly was made for ${facts.region}, and ${stage} is in ${spec.region} (infra/stages.ts): make it again`,
    );
  return problems;
}

/** Looks whether the CDK's bootstrap stack of the stage is there, and new enough. */
export async function checkBootstrap(
  { tools, stage }: OfStage,
  { bootstrap }: Pick<AssemblyFacts, 'bootstrap'>,
): Promise<readonly string[]> {
  const remedy = `run: npx -y pnpm@12 run bootstrap --stage ${bootstrapOf(stage)}`;
  const found = await Promise.all(
    Object.entries(bootstrap).map(async ([parameter, needed]) => {
      const version = await tools.account.bootstrapVersion(parameter);
      if (version === undefined)
        return [`the account is not prepared for ${stage} (there is no ${parameter}): ${remedy}`];
      return version < needed
        ? [
            `the CDK's bootstrap of ${stage} is version ${version}, and ${needed} is needed: ${remedy}`,
          ]
        : [];
    }),
  );
  return found.flat();
}

/** The environments that AWS keeps in every account for functions that reserve none. */
const keptUnreserved = 100;

/** Looks whether the account has as many environments as the functions reserve. */
export const checkConcurrency: Check = async (release, { reserved }) => {
  const { tools, stage } = release;
  const needed = Object.values(reserved).reduce((sum, each) => sum + each, 0);
  if (needed === 0) return [];
  const { limit, unreserved } = await tools.account.concurrency();
  // What functions of this stage hold already is theirs.
  const names = new Set([...Object.keys(reserved), ...functionNames(release)]);
  const held = await Promise.all([...names].map((name) => tools.functions.reserved(name)));
  const left = unreserved + held.reduce((sum, each) => sum + each, 0) - needed;
  if (left >= keptUnreserved) return [];
  return [
    `the functions of ${stage} reserve ${needed} environments, and AWS keeps ${keptUnreserved} for functions that reserve none; the account has ${limit} in all, of which ${left} would be left. Ask for at least ${limit + keptUnreserved - left} (Service Quotas, AWS Lambda, "Concurrent executions", L-B99A9384), or say reservesConcurrency: false for the stage in infra/stages.ts`,
  ];
};

/** Looks whether the region has the zones that the feature store is put into. */
export const checkZones: Check = async ({ tools, blueprint, spec }) => {
  if (blueprint.featureStore === undefined) return [];
  const { zones: wanted, region } = spec;
  const zones = await tools.account.zones();
  if (wanted === undefined)
    return zones.length >= 2
      ? []
      : [
          `the feature store needs two availability zones, and ${region} has ${zones.join(', ') || 'none'}`,
        ];
  const missing = wanted.filter((each) => !zones.includes(each));
  return missing.length === 0
    ? []
    : [
        `${missing.join(' and ')} cannot be used by this account: choose two of ${zones.join(', ')} as zones of the stage in infra/stages.ts`,
      ];
};
