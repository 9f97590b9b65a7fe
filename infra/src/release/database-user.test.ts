import { describe, expect, it } from 'vitest';
import { runStatement, userStatement } from './database-user.ts';
import { DatabaseResumingError } from './errors.ts';
import { fakeAws } from './testing/fake-aws.ts';

const options = { database: 'features', user: 'reader', connectionLimit: 40 };

describe('the user of the functions', () => {
  it('is made by one statement, the same however often it runs', () => {
    const sql = userStatement(options);
    expect(sql).toMatch(/^DO \$\$ BEGIN\n.*\nEND \$\$$/s);
    for (const part of [
      "IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN CREATE ROLE reader LOGIN; END IF;",
      'ALTER ROLE reader CONNECTION LIMIT 40;',
      'GRANT rds_iam TO reader;',
    ])
      expect(sql).toContain(part);
  });
});

describe('a statement', () => {
  const place = { cluster: 'arn:cluster', secret: 'arn:secret' };
  const run = (aws: ReturnType<typeof fakeAws>) =>
    runStatement(
      { tools: aws.tools, stage: 'staging', signal: new AbortController().signal },
      place,
      userStatement(options),
    );

  it('is run again while the database wakes up', async () => {
    const aws = fakeAws();
    aws.inject({ at: /^execute/, error: () => new DatabaseResumingError('it wakes up') });
    await run(aws);
    expect(aws.cloud.calls).toEqual(['execute', 'execute']);
    expect(aws.cloud.database.user).toBe(true);
  });

  it('fails when the database does not wake up, or refuses it', async () => {
    const asleep = fakeAws();
    asleep.inject({
      at: /^execute/,
      always: true,
      error: () => new DatabaseResumingError('asleep'),
    });
    await expect(run(asleep)).rejects.toThrow('asleep');
    expect(asleep.cloud.calls).toHaveLength(12);
    const refused = fakeAws();
    refused.inject({ at: /^execute/ });
    await expect(run(refused)).rejects.toThrow('injected');
    expect(refused.cloud.calls).toHaveLength(1);
  });
});
