import { afterAll, expect, it } from 'vitest';
import { type Assembly, cleanUp, type Resource, written } from './testing/assembly.ts';
import { deployPages } from './testing/public-pages.ts';

afterAll(cleanUp);

/** Services whose names are those of an account, whatever the region. */
const isGlobal = (type: string) =>
  /^AWS::(?:IAM|CloudFront|S3|Route53|Budgets|Organizations)::/.test(type) ||
  type === 'AWS::CloudWatch::Dashboard';

/** Members that name something else, or something within the resource. */
const refers = /^(?:PolicyName|DomainName|HeaderName|FieldName|OriginPath|Header)$/;

/** Returns the names in a property, nested ones too. */
function namesIn(value: unknown, key = ''): readonly string[] {
  if (/(?:^|[a-z])Name$/.test(key) && !refers.test(key))
    return [written(value)].filter((name) => !/^<\w+>$/.test(name));
  if (Array.isArray(value)) return value.flatMap((each) => namesIn(each));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, each]) => namesIn(each, member));
}

/** Returns the global names of a deployment, as they are in its region. */
function globalNames(assembly: Assembly, region: string): readonly string[] {
  const files = assembly.names().filter((name) => name.endsWith('.template.json'));
  return files.flatMap((file) => {
    const { Resources }: { Resources: Readonly<Record<string, Resource>> } = JSON.parse(
      assembly.file(file) ?? '{}',
    );
    return Object.values(Resources)
      .filter(({ Type }) => isGlobal(Type))
      .flatMap(({ Type, Properties }) => namesIn(Properties).map((name) => `${Type} ${name}`))
      .map((name) => name.replaceAll('<AWS::Region>', region));
  });
}

it('the same stage can be in two regions of one account: no name of theirs that the account has once is the same', () => {
  const [one = [], other = []] = ['us-east-1', 'eu-west-1'].map((region) =>
    globalNames(deployPages({ region, dashboard: true }), region),
  );
  const types = new Set(one.map((name) => name.split(' ')[0]));
  // So that the rule has something to find.
  expect([...types]).toEqual(
    expect.arrayContaining([
      'AWS::CloudFront::Function',
      'AWS::CloudFront::OriginAccessControl',
      'AWS::CloudFront::ResponseHeadersPolicy',
      'AWS::CloudWatch::Dashboard',
      'AWS::S3::Bucket',
    ]),
  );
  expect(one.filter((name) => other.includes(name))).toEqual([]);
});
