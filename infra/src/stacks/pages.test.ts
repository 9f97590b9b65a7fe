import { pageSecurityHeaders } from '@chorus/blueprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handler as ownPages } from '../edge/own-pages.ts';
import { edgeCode } from '../edge/viewer-request.ts';
import {
  type Assembly,
  bundledRoot,
  cleanUp,
  ofType,
  type Resource,
  synthesise,
  written,
} from '../testing/assembly.ts';
import {
  deployPages,
  page,
  plainAssembly,
  publicAssembly,
  withPages,
} from '../testing/public-pages.ts';

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d';

let assembly: Assembly;
beforeAll(() => {
  assembly = publicAssembly();
});
afterAll(cleanUp);

const only = (stack: string, type: string): Resource => {
  const [one, ...others] = ofType(assembly.resources(stack), type);
  if (one === undefined || others.length > 0) throw new Error(`not one ${type} in ${stack}`);
  return one[1];
};

interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods: readonly string[];
  readonly ViewerProtocolPolicy: string;
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId?: string;
  readonly Compress: boolean;
  readonly FunctionAssociations?: readonly unknown[];
}

interface DistributionConfig {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: readonly Behavior[];
  readonly Origins: readonly {
    readonly Id: string;
    readonly DomainName: unknown;
    readonly OriginPath?: unknown;
    readonly OriginAccessControlId?: unknown;
    readonly OriginCustomHeaders?: readonly { HeaderName: string; HeaderValue: unknown }[];
  }[];
}

interface HeadersConfig {
  readonly SecurityHeadersConfig: {
    readonly ContentSecurityPolicy: { readonly ContentSecurityPolicy: unknown };
    readonly ContentTypeOptions: { readonly Override: boolean };
    readonly FrameOptions: { readonly FrameOption: string };
    readonly ReferrerPolicy: { readonly ReferrerPolicy: string };
  };
  readonly CustomHeadersConfig: {
    readonly Items: readonly { readonly Header: string; readonly Value: string }[];
  };
}

const distribution = (): DistributionConfig =>
  only('Pages', 'AWS::CloudFront::Distribution').Properties[
    'DistributionConfig'
  ] as DistributionConfig;

const originOf = ({ TargetOriginId }: Behavior) =>
  distribution().Origins.find(({ Id }) => Id === TargetOriginId);

describe('without public pages', () => {
  let plain: Assembly;
  beforeAll(() => {
    plain = synthesise({}, { blueprint: withPages(), root: '/nowhere', bundles: 'optional' });
  });

  it.each([
    ['pages that are not to be public', withPages([page])],
    ['pages, and publicPages is false', withPages([page], false)],
    ['publicPages, and no pages', withPages([], true)],
    ['publicPages, and nothing about pages', withPages(undefined, true)],
  ])('every template is, byte for byte, as it is without pages: %s', (_, described) => {
    const same = synthesise({}, { blueprint: described, root: '/nowhere', bundles: 'optional' });
    const templates = plain.names().filter((name) => name.endsWith('.template.json'));
    expect(templates).toHaveLength(14);
    expect(same.names()).toEqual(plain.names());
    for (const name of templates) expect([name, same.file(name)]).toEqual([name, plain.file(name)]);
  });
});

describe('with public pages', () => {
  it('all that was there stays as it was, but for the uploads’ CORS and the API’s new routes', () => {
    const plain = plainAssembly();
    for (const stack of ['Storage', 'Features', 'Models', 'Workflows', 'Api', 'Monitoring']) {
      const after = assembly.resources(stack);
      const changed = Object.entries(plain.resources(stack)).filter(
        ([id, resource]) => JSON.stringify(after[id]) !== JSON.stringify(resource),
      );
      const types = changed.map(([, { Type }]) => Type);
      const expected: Readonly<Record<string, readonly string[]>> = {
        Storage: ['AWS::S3::Bucket'],
        // Deployments are never changed: another set of methods makes another one, which the stage then names.
        Api: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'],
      };
      expect([stack, types.sort()]).toEqual([stack, expected[stack] ?? []]);
    }
  });

  it("has nothing that cdk-nag or CloudFormation's validator object to, whatever the options", () => {
    const domain = { name: 'photos.example.com', certificate };
    const all = [
      assembly,
      publicAssembly('iam'),
      deployPages({ access: 'open', pageDomain: domain }),
      deployPages({}, [page, { ...page, path: '/console', source: 'apps/console' }]),
    ];
    for (const each of all) {
      const report = JSON.parse(each.file('validation-report.json') ?? '{"pluginReports":[]}');
      expect(
        report.pluginReports.flatMap((plugin: { violations: unknown }) => plugin.violations),
      ).toEqual([]);
    }
  });

  it('synthesises without a build of the page only where bundles are optional', () => {
    const described = { blueprint: withPages([page], true), root: bundledRoot() };
    expect(() => synthesise({}, described)).toThrow('npx -y pnpm@12 bundle');
    const without = synthesise({}, { ...described, bundles: 'optional' });
    expect(Object.keys(without.resources('Pages'))).toEqual(
      Object.keys(assembly.resources('Pages')),
    );
  });
});

describe("the pages' bucket", () => {
  it('is private, and CloudFront alone reads it, by this distribution', () => {
    expect(only('Pages', 'AWS::S3::Bucket')).toMatchObject({
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    const { Statement } = only('Pages', 'AWS::S3::BucketPolicy').Properties['PolicyDocument'] as {
      Statement: readonly {
        Effect: string;
        Action: unknown;
        Principal: unknown;
        Condition: unknown;
      }[];
    };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.flatMap(({ Action }) => Action).sort()).toEqual([
      's3:GetObject',
      's3:ListBucket',
    ]);
    for (const { Principal, Condition } of allowed) {
      expect(Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
      expect(JSON.stringify(Condition)).toMatch(
        /AWS:SourceArn.*distribution\/.*"Ref":"Distribution/,
      );
    }
    expect(originOf(distribution().DefaultCacheBehavior)?.OriginAccessControlId).toBeDefined();
  });

  it('may be there already when pages come back: nothing names it, and it stays', () => {
    const bucket = only('Pages', 'AWS::S3::Bucket');
    expect(bucket.Properties).not.toHaveProperty('BucketName');
    expect(bucket.DeletionPolicy).toBe('RetainExceptOnCreate');
  });
});

describe('CloudFront', () => {
  it('serves files by GET over TLS, compressed, as long as their own headers say', () => {
    const config = distribution();
    expect(config).toMatchObject({ HttpVersion: 'http2and3', DefaultRootObject: 'index.html' });
    expect(config.DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD'],
      ViewerProtocolPolicy: 'redirect-to-https',
      Compress: true,
      // CachingOptimized
      CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
    });
    expect(config.DefaultCacheBehavior).not.toHaveProperty('FunctionAssociations');
  });

  it('passes /public on to the API, keeps nothing of it, and refuses pages of other origins', () => {
    const [behavior, ...others] = distribution().CacheBehaviors;
    expect(others).toEqual([]);
    expect(behavior).toMatchObject({
      PathPattern: '/public/*',
      ViewerProtocolPolicy: 'https-only',
      // CachingDisabled, AllViewerExceptHostHeader
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      FunctionAssociations: [{ EventType: 'viewer-request' }],
    });
    expect(behavior?.AllowedMethods).toContain('POST');
    const origin = behavior && originOf(behavior);
    expect(JSON.stringify(origin?.DomainName)).toMatch(/NestedStackApi.*execute-api/);
    expect(only('Pages', 'AWS::CloudFront::Function').Properties).toMatchObject({
      FunctionCode: edgeCode(ownPages),
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
  });

  it('lets a page run its own scripts and talk to its own origin and the bucket of uploads, and nothing else', () => {
    const config = only('Pages', 'AWS::CloudFront::ResponseHeadersPolicy').Properties[
      'ResponseHeadersPolicyConfig'
    ] as HeadersConfig;
    const security = config.SecurityHeadersConfig;
    expect(security).toMatchObject({
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
    });
    // As a browser gets them, they are those that the page has on a laptop.
    const uploads =
      'https://chorus-uploads-<AWS::AccountId>-<AWS::Region>.s3.<AWS::Region>.<AWS::URLSuffix>';
    const headers = {
      'content-security-policy': written(security.ContentSecurityPolicy.ContentSecurityPolicy),
      'x-content-type-options': security.ContentTypeOptions.Override && 'nosniff',
      'x-frame-options': security.FrameOptions.FrameOption,
      'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
      ...Object.fromEntries(
        config.CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value]),
      ),
    };
    expect(headers).toEqual(pageSecurityHeaders([uploads]));
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ${uploads};`);
    for (const behavior of [distribution().DefaultCacheBehavior, ...distribution().CacheBehaviors])
      expect(behavior).toMatchObject({ ResponseHeadersPolicyId: expect.anything() });
  });

  it('has no name that the same stage in another region would have', () => {
    const all = Object.entries(assembly.resources('Pages')).filter(([, { Type }]) =>
      /^AWS::CloudFront::(?!Distribution)/.test(Type),
    );
    expect(all).toHaveLength(3);
    for (const [id, { Properties }] of all)
      expect([id, JSON.stringify(Properties)]).toEqual([
        id,
        expect.stringMatching(/"Name":(?:"us-east-1|\{"Fn::Join":\[.*?"AWS::Region")/),
      ]);
  });

  it('has a folder for each further page', () => {
    const two = deployPages({}, [page, { ...page, path: '/console', source: 'apps/console' }]);
    expect(ofType(two.resources('Pages'), 'AWS::CloudFront::Function')).toHaveLength(2);
  });

  it('has a name of its own with TLS 1.2 or later, where there is a certificate for it', () => {
    const own = deployPages({ pageDomain: { name: 'photos.example.com', certificate } });
    const [[, resource] = []] = ofType(own.resources('Pages'), 'AWS::CloudFront::Distribution');
    expect(resource?.Properties['DistributionConfig']).toMatchObject({
      Aliases: ['photos.example.com'],
      ViewerCertificate: { AcmCertificateArn: certificate, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
  });
});
