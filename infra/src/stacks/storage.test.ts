import { blueprint } from '@chorus/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StageOptions } from '../options.ts';
import {
  type Assembly,
  cleanUp,
  ofType,
  type Resource,
  serviceAssembly,
  synthesise,
  written,
} from '../testing/assembly.ts';

let assembly: Assembly;
beforeAll(() => {
  assembly = serviceAssembly();
});
afterAll(cleanUp);

const buckets = () => ofType(assembly.resources('Storage'), 'AWS::S3::Bucket');

function named(name: string): Resource | undefined {
  return buckets().find(([, { Properties }]) => {
    const { BucketName } = Properties;
    return BucketName !== undefined && written(BucketName).startsWith(`chorus-${name}-`);
  })?.[1];
}

describe('every bucket', () => {
  it('outlives the stack, is encrypted, and closed to the public', () => {
    // The service's own, and that of the logs of accesses.
    expect(buckets()).toHaveLength(blueprint.buckets.length + 1);
    for (const [, bucket] of buckets()) {
      expect(bucket).toMatchObject({
        // One that a failed creation made goes with it: its name would be in the way the next time.
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
            ],
          },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      });
    }
  });

  it('refuses whoever comes without TLS', () => {
    const policies = ofType(assembly.resources('Storage'), 'AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(buckets().length);
    for (const [, { Properties }] of policies)
      expect(Properties['PolicyDocument']).toMatchObject({
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      });
  });
});

describe('every bucket of a stage', () => {
  const bucketsOf = (options: Partial<StageOptions>) =>
    ofType(synthesise(options).resources('Storage'), 'AWS::S3::Bucket').map(([, each]) => each);

  it('that keeps no data goes with it', () => {
    for (const bucket of bucketsOf({ keepsData: false }))
      expect(bucket).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  it('that names its account has a name without a question, by which CloudFormation can take over one that stayed', () => {
    const names = bucketsOf({ account: '123456789012', region: 'eu-west-1' }).flatMap(
      ({ Properties }) => Properties['BucketName'] ?? [],
    );
    expect(names).toEqual(
      blueprint.buckets.map(({ name }) => `chorus-${name}-123456789012-eu-west-1`),
    );
  });
});

describe('the bucket of model versions', () => {
  it('keeps versions, and takes nothing from web pages', () => {
    expect(named('models')?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 90 }, Status: 'Enabled' }],
      },
    });
    expect(named('models')?.Properties).not.toHaveProperty('CorsConfiguration');
  });
});

describe('the bucket of training', () => {
  it('keeps files of rows and versions of them, and what runs leave behind for some days only', () => {
    expect(named('training')?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          { NoncurrentVersionExpiration: { NoncurrentDays: 90 }, Status: 'Enabled' },
          {
            Prefix: 'scratch/',
            ExpirationInDays: 9,
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            Status: 'Enabled',
          },
        ],
      },
    });
  });
});

describe('the bucket of uploads', () => {
  it('removes photos after a day, and uploads that were not finished, and keeps no versions of them', () => {
    expect(named('uploads')?.Properties['LifecycleConfiguration']).toEqual({
      Rules: [
        {
          ExpirationInDays: 1,
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          Status: 'Enabled',
        },
      ],
    });
    expect(named('uploads')?.Properties).not.toHaveProperty('VersioningConfiguration');
  });

  it('lets web pages PUT, and nothing else', () => {
    expect(named('uploads')?.Properties['CorsConfiguration']).toEqual({
      CorsRules: [
        {
          AllowedMethods: ['PUT'],
          AllowedOrigins: ['*'],
          AllowedHeaders: ['content-type'],
          MaxAge: 3600,
        },
      ],
    });
  });
});
