import { type Blueprint, pageSecurityHeaders, physicalName } from '@chorus/blueprint';
import { Aws, CfnOutput, Duration, Fn, NestedStack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type DistributionProps,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { RestApiOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { handler as ownPages } from '../edge/own-pages.ts';
import { handler as pageFolders } from '../edge/page-folders.ts';
import { edgeCode } from '../edge/viewer-request.ts';
import { bucketName } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { indexFile } from '../pages/page-files.ts';
import { publicPrefix } from '../pages/public-routes.ts';
import { pageKey } from './public-access.ts';
import type { Service } from './service.ts';
import { closed, removalOf } from './storage.ts';

/** CloudFront's names are those of an account, whatever the region that a stage is deployed to. */
function globalName(stageName: string): string {
  return `${physicalName('pages', stageName)}-${Aws.REGION}`;
}

function atRequest(
  stack: NestedStack,
  name: string,
  handler: Parameters<typeof edgeCode>[0],
): BehaviorOptions['functionAssociations'] {
  const code = new EdgeFunction(stack, name, {
    code: FunctionCode.fromInline(edgeCode(handler)),
    runtime: FunctionRuntime.JS_2_0,
  });
  return [{ function: code, eventType: FunctionEventType.VIEWER_REQUEST }];
}

/** Returns the hosts of the buckets that pages put uploads into, as presigned URLs have them. */
function uploadHosts({ buckets }: Blueprint, stageName: string): readonly string[] {
  return buckets
    .filter(({ browserUploads }) => browserUploads === true)
    .map(({ name }) => `https://${bucketName(name, stageName)}.s3.${Aws.REGION}.${Aws.URL_SUFFIX}`);
}

/** CloudFront's own names for the headers that it takes no other way. */
const itsOwn = [
  'content-security-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
];

/** The headers of every answer: those that pages have on a laptop, and that it is HTTPS from now on. */
function securityHeaders(
  stack: NestedStack,
  blueprint: Blueprint,
  stageName: string,
): ResponseHeadersPolicy {
  const headers = pageSecurityHeaders(uploadHosts(blueprint, stageName));
  const override = true;
  return new ResponseHeadersPolicy(stack, 'Headers', {
    responseHeadersPolicyName: globalName(stageName),
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy: headers['content-security-policy'] ?? '',
        override,
      },
      contentTypeOptions: { override },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override },
    },
    customHeadersBehavior: {
      customHeaders: Object.entries(headers)
        .filter(([header]) => !itsOwn.includes(header))
        .map(([header, value]) => ({ header, value, override })),
    },
  });
}

/** A name of one's own, and the certificate for it: only then can CloudFront be told the oldest TLS that it speaks. */
function ownDomain(stack: NestedStack, { pageDomain }: StageOptions): Partial<DistributionProps> {
  if (pageDomain === undefined) return {};
  return {
    domainNames: [pageDomain.name],
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', pageDomain.certificate),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

/** The bucket of the pages' files. Only CloudFront reads it; a deployment fills it. */
function addBucket(stack: NestedStack, options: StageOptions): Bucket {
  const bucket = new Bucket(stack, 'Files', {
    ...closed,
    // CloudFormation names it, so that one that stayed is not in the way when pages come back.
    removalPolicy: removalOf(options),
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  acknowledge(
    bucket,
    'AwsSolutions-S1',
    'CloudFront alone reads it; what it read is what anyone may see',
  );
  return bucket;
}

function addDistribution(
  stack: NestedStack,
  { blueprint }: Service,
  { stack: apiStack, api }: PublicApi,
  options: StageOptions,
  bucket: Bucket,
): Distribution {
  const responseHeadersPolicy = securityHeaders(stack, blueprint, options.name);
  const everywhere = {
    responseHeadersPolicy,
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  };
  const hasFolders = (blueprint.pages ?? []).some(({ path }) => path !== '/');
  const distribution = new Distribution(stack, 'Distribution', {
    comment: physicalName('pages', options.name),
    httpVersion: HttpVersion.HTTP2_AND_3,
    defaultRootObject: indexFile,
    defaultBehavior: {
      ...everywhere,
      // With the right to list, what is missing is 404 rather than 403.
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        originAccessControl: new S3OriginAccessControl(stack, 'Access', {
          originAccessControlName: globalName(options.name),
        }),
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      }),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      // How long a file stays at CloudFront its own header says; compressed by gzip or Brotli.
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      ...(hasFolders && { functionAssociations: atRequest(stack, 'PageFolders', pageFolders) }),
    },
    additionalBehaviors: {
      [`${publicPrefix}/*`]: {
        ...everywhere,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        origin: new RestApiOrigin(api, { customHeaders: { 'x-api-key': pageKey(apiStack) } }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // API Gateway finds an API by its host.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        functionAssociations: atRequest(stack, 'OwnPages', ownPages),
      },
    },
    ...ownDomain(stack, options),
  });
  acknowledgeFindings(distribution, options);
  return distribution;
}

function acknowledgeFindings(distribution: Distribution, { pageDomain }: StageOptions): void {
  acknowledge(
    distribution,
    '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
    'it has a default root object, and CloudFront passes no query on to the bucket: nobody gets a list of it',
  );
  acknowledge(distribution, 'AwsSolutions-CFR1', 'the page is for visitors of every country');
  acknowledge(
    distribution,
    'AwsSolutions-CFR2',
    'no WAF: it costs more than everything else at rest; rates and a quota bound what the public routes can cost',
  );
  acknowledge(
    distribution,
    'AwsSolutions-CFR3',
    "a log would hold the visitors' addresses; API Gateway logs each call of a route without them",
  );
  if (pageDomain === undefined)
    acknowledge(
      distribution,
      'AwsSolutions-CFR4',
      "CloudFront's own certificate lets nobody choose; with the stage's `pageDomain` it is TLS 1.2 from 2021",
    );
}

/** The API that has the public routes, and its stack. */
export interface PublicApi {
  readonly stack: NestedStack;
  readonly api: RestApi;
}

/** Where the pages are deployed. */
export interface DeployedPages {
  /** `https://d111111abcdef8.cloudfront.net`. */
  readonly origin: string;
  readonly bucket: string;
}

/**
 * Adds the nested stack of the public pages: a bucket for their files, and CloudFront in front of it and of the API's
 * public routes, so that pages and routes have one origin.
 */
export function addPages(
  scope: Construct,
  service: Service,
  api: PublicApi,
  options: StageOptions,
): DeployedPages {
  const stack = new NestedStack(scope, 'Pages', { description: 'Chorus: public pages' });
  const bucket = addBucket(stack, options);
  const distribution = addDistribution(stack, service, api, options, bucket);
  if (options.pageDomain !== undefined)
    new CfnOutput(scope, 'PageTarget', {
      description: `Where a CNAME record of ${options.pageDomain.name} leads`,
      value: distribution.distributionDomainName,
    });
  const host = options.pageDomain?.name ?? distribution.distributionDomainName;
  return { origin: Fn.join('', ['https://', host]), bucket: bucket.bucketName };
}
