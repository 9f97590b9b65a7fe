import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectionOptions, takesSettings } from './database-options.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const rds = 'features.cluster-abc.us-east-1.rds.amazonaws.com';

describe('the URL of the database', () => {
  it('says where and who, without TLS when there is a password', async () => {
    expect(await connectionOptions('postgres://me:p%40ss@db.test:6000/some%20db')).toEqual({
      host: 'db.test',
      port: 6000,
      user: 'me',
      password: 'p@ss',
      database: 'some db',
      ssl: false,
    });
    expect(await connectionOptions('postgres://me:x@db.test')).toMatchObject({
      port: 5432,
      database: 'me',
    });
  });

  it('turns TLS on, checked against the authorities of RDS too', async () => {
    const { ssl } = await connectionOptions('postgres://me:x@db.test/d?sslmode=require');
    const { ca } = ssl as { ca: string[] };
    const subjects = ca.map((one) => new X509Certificate(one).subject);
    expect(subjects).toContainEqual(expect.stringContaining('RDS us-east-1 Root CA RSA2048 G1'));
    expect(subjects).toContainEqual(expect.stringContaining('Amazon Root CA 1'));
    expect(ssl).not.toHaveProperty('rejectUnauthorized');
  });

  it('is refused with a mode that would not check the certificate', async () => {
    const options = connectionOptions('postgres://me:x@db.test/d?sslmode=no-verify');
    await expect(options).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  it('without a password stands for an IAM token, made anew for each connection, over TLS', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    const { password, ssl } = await connectionOptions(`postgres://features@${rds}:5432/features`);
    const token = await (password as () => Promise<string>)();
    expect(token).toMatch(`${rds}:5432/?`);
    const query = new URL(`https://${token}`).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      Action: 'connect',
      DBUser: 'features',
      'X-Amz-Credential': expect.stringMatching(/^AKIDEXAMPLE\/\d{8}\/eu-west-1\/rds-db\//),
    });
    expect(token).not.toContain('secret');
    expect(ssl).toBeTruthy();
  });

  it('without a password and a region is a mistake of the configuration', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    const { password } = await connectionOptions(`postgres://features@${rds}/features`);
    const token = (password as () => Promise<string>)();
    await expect(token).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  it('tells a proxy, which takes no settings of a session', () => {
    expect(takesSettings(`postgres://u@${rds}/d`)).toBe(true);
    expect(takesSettings('postgres://u@chorus.proxy-abc.us-east-1.rds.amazonaws.com:5432/d')).toBe(
      false,
    );
  });
});
