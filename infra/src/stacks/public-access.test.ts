import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, cleanUp, ofType, written } from '../testing/assembly.ts';
import { methods } from '../testing/methods.ts';
import { called, deployPages, plainAssembly, publicAssembly } from '../testing/public-pages.ts';

interface Config {
  readonly Origins: readonly { readonly OriginCustomHeaders?: readonly unknown[] }[];
}

let assembly: Assembly;
beforeAll(() => {
  assembly = publicAssembly();
});
afterAll(cleanUp);

describe('the public routes', () => {
  const api = () => assembly.resources('Api');

  it('are the twins of those that pages call, and no others', () => {
    const paths = Object.keys(methods(api()));
    expect(paths.filter((path) => path.includes('/public')).sort()).toEqual(
      called.map(({ path }) => `POST /public${path}`).sort(),
    );
    expect(paths).toHaveLength(blueprint.routes.length + called.length);
    expect(paths).not.toContain(`POST /public${blueprint.routes[0]?.path}`);
  });

  it('give the answers of the routes they are twins of, by the same rules', () => {
    for (const { path } of called) {
      const [own, twin] = [path, `/public${path}`].map(
        (each) => methods(api())[`POST ${each}`]?.Properties,
      );
      for (const property of ['RequestModels', 'RequestValidatorId'])
        expect(written(twin?.[property] ?? '')).toBe(written(own?.[property] ?? ''));
      const [ofOwn, ofTwin] = [own, twin].map((each) => Object(each?.['Integration']));
      expect(written({ ...ofTwin, RequestTemplates: {} })).toBe(
        written({ ...ofOwn, RequestTemplates: {} }),
      );
    }
  });

  it('answer at once: strangers leave nothing behind that is worked off later', () => {
    const templates = called.map(({ path }) =>
      ['', '/public'].map((prefix) =>
        written(Object(methods(api())[`POST ${prefix}${path}`]?.Properties['Integration'])),
      ),
    );
    const [own, twins] = [0, 1].map((at) => templates.map((each) => each[at]).join());
    expect(own).toContain('async');
    expect(twins).not.toContain('async');
  });

  it.each(['api-key', 'iam', 'open'] as const)(
    'leave all other routes closed as they are with access %s',
    (access) => {
      const [closed, open] = [plainAssembly(access), publicAssembly(access)].map((each) =>
        methods(each.resources('Api')),
      );
      for (const [route, { Properties }] of Object.entries(closed ?? {}))
        expect([route, open?.[route]?.Properties]).toEqual([route, Properties]);
    },
  );

  it.each(['api-key', 'iam', 'open'] as const)(
    'answer only what comes by way of CloudFront, which adds the key, with access %s',
    (access) => {
      const deployed = publicAssembly(access);
      const twins = Object.entries(methods(deployed.resources('Api'))).filter(([route]) =>
        route.includes('/public/'),
      );
      expect(twins).toHaveLength(called.length);
      for (const [, { Properties }] of twins)
        expect(Properties).toMatchObject({ ApiKeyRequired: true, AuthorizationType: 'NONE' });
      const keys = ofType(deployed.resources('Api'), 'AWS::ApiGateway::ApiKey').map(
        ([, { Properties }]) => [Properties['Name'], Properties['Value']],
      );
      // The part of the stack's id that CloudFormation makes up.
      const unique = (stack: unknown) => ({ 'Fn::Select': [2, { 'Fn::Split': ['/', stack] }] });
      expect(keys).toContainEqual(['chorus-page-key', unique({ Ref: 'AWS::StackId' })]);
      const origins = ofType(deployed.resources('Pages'), 'AWS::CloudFront::Distribution').flatMap(
        ([, { Properties }]) => (Properties['DistributionConfig'] as Config).Origins,
      );
      const headers = origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);
      expect(headers).toEqual([
        { HeaderName: 'x-api-key', HeaderValue: unique({ Ref: expect.stringMatching(/Api/) }) },
      ]);
    },
  );

  it('are held to a rate each, and to a quota a month together', () => {
    const [own, limited] = [
      assembly,
      deployPages({ publicRate: { perSecond: 2 }, publicRequestsPerMonth: 500 }),
    ];
    const settingsOf = (of: Assembly) =>
      ofType(of.resources('Api'), 'AWS::ApiGateway::Stage').flatMap(
        ([, { Properties }]) => Properties['MethodSettings'] as Record<string, unknown>[],
      );
    const rates = (of: Assembly) =>
      settingsOf(of)
        .filter(({ ResourcePath }) => String(ResourcePath).startsWith('/~1public'))
        .map((each) => [
          each['HttpMethod'],
          each['ThrottlingRateLimit'],
          each['ThrottlingBurstLimit'],
        ]);
    // A method with settings of its own takes nothing over from the stage.
    for (const each of settingsOf(own))
      expect(each).toMatchObject({
        LoggingLevel: 'ERROR',
        MetricsEnabled: false,
        DataTraceEnabled: false,
      });
    expect(rates(own)).toEqual(called.map(() => ['POST', 5, 10]));
    expect(rates(limited)).toEqual(called.map(() => ['POST', 2, 4]));
    const quota = (of: Assembly) =>
      ofType(of.resources('Api'), 'AWS::ApiGateway::UsagePlan').find(
        ([, { Properties }]) => Properties['UsagePlanName'] === 'chorus-page-usage',
      )?.[1].Properties['Quota'];
    expect(quota(own)).toEqual({ Limit: 100_000, Period: 'MONTH' });
    expect(quota(limited)).toEqual({ Limit: 500, Period: 'MONTH' });
  });

  it('answer no page of another origin: there are no CORS headers, and no OPTIONS', () => {
    expect(Object.keys(methods(api())).filter((route) => route.startsWith('OPTIONS'))).toEqual([]);
    const integrations = Object.values(methods(api())).map(({ Properties }) => Properties);
    expect(JSON.stringify(integrations)).not.toContain('Access-Control');
  });
});

describe('uploads', () => {
  it('are taken from the pages’ own origin only, which a deployment names; at first from nobody', () => {
    const bucket = ofType(assembly.resources('Storage'), 'AWS::S3::Bucket').find(
      ([, { Properties }]) => Properties['CorsConfiguration'] !== undefined,
    )?.[1];
    expect(bucket?.Properties['CorsConfiguration']).toEqual({
      CorsRules: [
        {
          AllowedMethods: ['PUT'],
          AllowedOrigins: [{ Ref: expect.stringContaining('PageOrigin') }],
          AllowedHeaders: ['content-type'],
          MaxAge: 3600,
        },
      ],
    });
    const foundation = assembly.template('Foundation');
    expect(foundation['Parameters']).toMatchObject({
      PageOrigin: { Default: 'https://page.invalid', AllowedPattern: 'https://[a-z0-9.-]+' },
    });
    expect(foundation['Outputs']).toMatchObject({ UploadOrigin: { Value: { Ref: 'PageOrigin' } } });
    expect(assembly.template('Serving')['Outputs']).toMatchObject({
      PageUrl: expect.anything(),
      PageBucket: expect.anything(),
    });
  });
});
