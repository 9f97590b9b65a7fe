import { App } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { afterAll, describe, expect, it } from 'vitest';
import { cleanUp, temporaryFolder } from '../testing/assembly.ts';
import { addStacks, type Stages } from './app.ts';

afterAll(cleanUp);

const account = '111122223333';
const all: Stages = {
  repository: { name: 'acme/chorus', id: 7 },
  stages: {
    staging: { region: 'us-east-1', notify: 'someone@example.com', monthlyBudget: 20 },
    production: { region: 'us-east-1' },
  },
  preview: { region: 'us-east-1' },
};

/** The resources of a type, of the stacks of a bootstrap that cdk-nag and CloudFormation's validator have looked over. */
function made(bootstrap: string, type: string, stages = all, alter?: (app: App) => void) {
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  addStacks(app, stages, bootstrap, account);
  alter?.(app);
  const assembly = app.synth();
  const resources = assembly.stacks.flatMap(({ template }): readonly CfnResourceLike[] =>
    Object.values(template.Resources),
  );
  return resources.filter(({ Type }) => Type === type);
}

interface CfnResourceLike {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

describe.each(['staging', 'production', 'preview'])('the stacks of %s', (bootstrap) => {
  it('have nothing that cdk-nag objects to', () => {
    expect(made(bootstrap, 'AWS::IAM::ManagedPolicy')).toHaveLength(5);
    const alter = (app: App) => {
      const stack = app.node.findChild('Bootstrap');
      new Topic(stack, 'Objectionable');
    };
    expect(() => made(bootstrap, 'AWS::SNS::Topic', all, alter)).toThrow();
  });

  it('fit into what CloudFormation takes without a bucket', () => {
    const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
    addStacks(app, all, bootstrap, account);
    for (const { template } of app.synth().stacks)
      expect(JSON.stringify(template).length).toBeLessThan(51_200);
  });
});

it("GitHub's identity provider stays when its stack goes, and names no certificate", () => {
  const [provider] = made('staging', 'AWS::IAM::OIDCProvider');
  expect(provider?.Properties).toEqual({
    Url: 'https://token.actions.githubusercontent.com',
    ClientIdList: ['sts.amazonaws.com'],
  });
  expect(provider?.DeletionPolicy).toBe('RetainExceptOnCreate');
});

describe('the budget', () => {
  it('mails before it is spent, and is of the whole account', () => {
    const [budget] = made('staging', 'AWS::Budgets::Budget');
    expect(budget?.Properties).toMatchObject({
      Budget: { BudgetLimit: { Amount: 20, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
    });
    expect(JSON.stringify(budget)).toContain('someone@example.com');
    expect(JSON.stringify(budget)).not.toContain('CostFilters');
  });

  it('is of the tag of the stage where the account has more stages', () => {
    const spec = { region: 'us-east-1', account, notify: 'someone@example.com' };
    const together = { ...all, stages: { staging: spec, production: spec } };
    const [budget] = made('staging', 'AWS::Budgets::Budget', together);
    expect(JSON.stringify(budget)).toContain('user:chorus:stage$staging');
  });

  it('is not there without an address, nor is a subscription of the alarms', () => {
    expect(made('production', 'AWS::Budgets::Budget')).toEqual([]);
    expect(made('production', 'AWS::SNS::Subscription')).toEqual([]);
    expect(made('staging', 'AWS::SNS::Subscription')).toHaveLength(1);
  });
});

it('the topic of alarms has the name that stages look for, and takes messages by TLS alone', () => {
  const [topic] = made('production', 'AWS::SNS::Topic');
  expect(topic?.Properties).toMatchObject({ TopicName: 'chorus-alarms' });
  expect(JSON.stringify(made('production', 'AWS::SNS::TopicPolicy'))).toContain(
    '"aws:SecureTransport":"false"',
  );
  expect(made('preview', 'AWS::SNS::Topic')).toEqual([]);
});

it('too many stages in one account are refused before IAM refuses their policies', () => {
  const stages = Object.fromEntries(
    ['production', 'alpha', 'beta', 'gamma', 'delta'].map((name) => [
      name,
      { region: 'us-east-1' },
    ]),
  );
  expect(() => made('production', 'AWS::IAM::Role', { ...all, stages })).toThrow(
    /chorus-production-boundary has \d+ characters, and IAM takes 6144/,
  );
  const apart = Object.fromEntries(
    Object.keys(stages).map((name, index) => [
      name,
      { region: 'us-east-1', account: `11112222333${index}` },
    ]),
  );
  expect(made('production', 'AWS::IAM::Role', { ...all, stages: apart })).toHaveLength(2);
});
