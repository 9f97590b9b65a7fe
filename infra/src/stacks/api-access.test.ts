import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';
import { methods } from '../testing/methods.ts';

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c';
const jwt = { issuer: 'https://login.example.com/pool', audience: ['web', 'phone'] };

let byKey: Assembly;
let byToken: Assembly;
beforeAll(() => {
  byKey = serviceAssembly();
  byToken = synthesise({
    access: 'jwt',
    jwt,
    domain: { name: 'api.example.com', certificate },
    waf: true,
    routeRates: { 'POST /uploads': { perSecond: 2 }, 'POST /labels': { perSecond: 3, burst: 4 } },
  });
});
afterAll(cleanUp);

const propertiesOf = (
  from: Assembly,
  stack: string,
  type: string,
): readonly Resource['Properties'][] =>
  ofType(from.resources(stack), type).map(([, each]) => each.Properties);

const functionOf = (from: Assembly, name: string) =>
  propertiesOf(from, 'Models', 'AWS::Lambda::Function').find(
    ({ FunctionName }) => FunctionName === name,
  );

describe("access by token, 'jwt'", () => {
  it('has a function judge the token of every request, and asks for no key', () => {
    const [authorizer, ...others] = ofType(byToken.resources('Api'), 'AWS::ApiGateway::Authorizer');
    expect(others).toEqual([]);
    const [id, each] = authorizer ?? [];
    const Properties = each?.Properties ?? {};
    expect(Properties).toMatchObject({
      Type: 'TOKEN',
      AuthorizerResultTtlInSeconds: 300,
      IdentitySource: 'method.request.header.Authorization',
    });
    expect(written(Properties['AuthorizerUri'] ?? '')).toMatch(
      /function:chorus-authorizer:live\/invocations$/,
    );
    const asked = methods(byToken.resources('Api'));
    expect(Object.keys(asked)).toHaveLength(blueprint.routes.length);
    for (const method of Object.values(asked))
      expect(method.Properties).toMatchObject({
        AuthorizationType: 'CUSTOM',
        AuthorizerId: { Ref: id },
        ApiKeyRequired: false,
      });
    expect(propertiesOf(byToken, 'Api', 'AWS::ApiGateway::UsagePlan')).toEqual([]);
  });

  it('does not ask the function about a header that holds no token', () => {
    const [authorizer] = propertiesOf(byToken, 'Api', 'AWS::ApiGateway::Authorizer');
    const pattern = new RegExp(String(authorizer?.['IdentityValidationExpression']));
    for (const header of ['Bearer a.b.c', 'bearer  eyJ-_.eyJ0.x9', 'Bearer a.b.c='])
      expect(header).toMatch(pattern);
    for (const header of ['', 'Bearer', 'Bearer a.b', 'Basic dTpw', 'Bearer a.b.c d', 'a.b.c'])
      expect(header).not.toMatch(pattern);
  });

  it('lets API Gateway call the function, for this authorizer alone', () => {
    const permissions = propertiesOf(byToken, 'Api', 'AWS::Lambda::Permission').filter(
      ({ FunctionName }) => written(FunctionName ?? '').includes('chorus-authorizer'),
    );
    expect(permissions).toHaveLength(1);
    expect(permissions[0]).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    });
    expect(written(permissions[0]?.['SourceArn'] ?? '')).toMatch(/\/authorizers\/<.+>$/);
    expect(written(permissions[0]?.['FunctionName'] ?? '')).toMatch(/chorus-authorizer:live$/);
  });

  it('tells the function whose tokens are taken; it has no other rights than to write its log', () => {
    expect(functionOf(byToken, 'chorus-authorizer')?.['Environment']).toEqual({
      Variables: { JWT_ISSUER: jwt.issuer, JWT_AUDIENCE: 'web phone' },
    });
    expect(functionOf(byKey, 'chorus-authorizer')).toBeUndefined();
    const role = propertiesOf(byToken, 'Models', 'AWS::IAM::Role').find(
      ({ Description }) => Description === 'Of the function chorus-authorizer',
    );
    const policies = role?.['Policies'] as readonly { readonly PolicyName: string }[];
    expect(policies.map(({ PolicyName }) => PolicyName)).toEqual(['observe']);
  });

  it('answers 401 to a caller that is unknown, 403 to one of another API, 500 while it cannot be told', () => {
    const answers = propertiesOf(byToken, 'Api', 'AWS::ApiGateway::GatewayResponse').map(
      ({ ResponseType, StatusCode, ResponseParameters }) => [
        ResponseType,
        StatusCode,
        ResponseParameters,
      ],
    );
    const challenge = { 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" };
    expect(answers).toContainEqual(['UNAUTHORIZED', '401', challenge]);
    expect(answers).toContainEqual(['ACCESS_DENIED', '403', undefined]);
    expect(answers).toContainEqual(['AUTHORIZER_FAILURE', undefined, undefined]);
  });

  it('leaves API Gateway its status of faults, as it counts a changed one as a mistake of the caller', () => {
    for (const { ResponseType, StatusCode } of propertiesOf(
      byToken,
      'Api',
      'AWS::ApiGateway::GatewayResponse',
    )) {
      if (/5XX|FAILURE|TIMEOUT|CONFIGURATION/.test(String(ResponseType)))
        expect([ResponseType, StatusCode]).toEqual([ResponseType, undefined]);
      expect(String(StatusCode)).not.toMatch(/^5/);
    }
  });

  it('does not count a refused token as a failure of the service', () => {
    const counted = propertiesOf(byToken, 'Monitoring', 'AWS::Logs::MetricFilter').map(
      ({ LogGroupName }) => LogGroupName,
    );
    expect(counted).toContain('/aws/lambda/chorus-gateway');
    expect(counted).not.toContain('/aws/lambda/chorus-authorizer');
  });
});

describe('a name of its own', () => {
  it('is served by TLS 1.2 and later, from where the stage is', () => {
    const [domain] = propertiesOf(byToken, 'Api', 'AWS::ApiGateway::DomainName');
    expect(domain).toMatchObject({
      DomainName: 'api.example.com',
      RegionalCertificateArn: certificate,
      SecurityPolicy: 'TLS_1_2',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    const [mapping] = propertiesOf(byToken, 'Api', 'AWS::ApiGateway::BasePathMapping');
    expect(mapping).not.toHaveProperty('BasePath');
    expect(byToken.template('Serving')['Outputs']).toHaveProperty('ApiTarget');
    expect(byKey.template('Serving')['Outputs']).not.toHaveProperty('ApiTarget');
  });
});

describe('AWS WAF', () => {
  it('guards the stage of the API where it is asked for', () => {
    const [guarded] = propertiesOf(byToken, 'Api', 'AWS::WAFv2::WebACLAssociation');
    expect(written(guarded?.['ResourceArn'] ?? '')).toMatch(/:\/restapis\/<.+>\/stages\/<.+>$/);
    expect(Object.values(byKey.resources('Api')).map(({ Type }) => Type)).not.toContain(
      'AWS::WAFv2::WebACL',
    );
  });

  it('stops what AWS knows to be bad, but no large body, and an address that asks too often', () => {
    const [acl] = propertiesOf(byToken, 'Api', 'AWS::WAFv2::WebACL');
    expect(acl).toMatchObject({ Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
    const rules = (acl?.['Rules'] ?? []) as readonly Record<string, unknown>[];
    const [common, rate, ...others] = rules;
    expect(others).toEqual([]);
    expect(common?.['Statement']).toEqual({
      ManagedRuleGroupStatement: {
        VendorName: 'AWS',
        Name: 'AWSManagedRulesCommonRuleSet',
        RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
      },
    });
    expect(rate).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 3000 } },
    });
  });

  it("leaves the pages' visitors out of an address's rate: they come by CloudFront's", () => {
    const [acl] = propertiesOf(byToken, 'Api', 'AWS::WAFv2::WebACL');
    const text = JSON.stringify(acl?.['Rules']);
    const pattern = new RegExp(/"RegexString":"([^"]+)"/.exec(text)?.[1] ?? 'none');
    for (const path of ['/public/uploads', '/live/public/uploads']) expect(path).toMatch(pattern);
    for (const path of ['/uploads', '/live/uploads', '/v2/models/public/infer', '/publicity'])
      expect(path).not.toMatch(pattern);
  });
});

describe('rates', () => {
  it('hold routes that have one of their own, and the whole API', () => {
    const settings = propertiesOf(byToken, 'Api', 'AWS::ApiGateway::Stage').flatMap(
      ({ MethodSettings }) => MethodSettings as readonly Record<string, unknown>[],
    );
    const rates = settings.map((each) => [
      `${each['HttpMethod']} ${each['ResourcePath']}`,
      each['ThrottlingRateLimit'],
      each['ThrottlingBurstLimit'],
    ]);
    expect(rates).toEqual([
      ['* /*', 100, 200],
      ['POST /~1uploads', 2, 4],
      ['POST /~1labels', 3, 4],
    ]);
    // A method with settings of its own takes nothing over from the stage.
    for (const each of settings)
      expect(each).toMatchObject({ LoggingLevel: 'ERROR', DataTraceEnabled: false });
  });
});
