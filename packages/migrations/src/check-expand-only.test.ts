import { describe, expect, it } from 'vitest';
import { checkExpandOnly, findContractions, type Migration } from './index.ts';

const one = (sql: string): readonly Migration[] => [{ name: '0002-next', sql }];
const reasons = async (sql: string) =>
  (await findContractions(one(sql))).map(({ reason }) => reason);

describe('a migration that only adds is let through', () => {
  it.each([
    'CREATE TABLE a (x int NOT NULL PRIMARY KEY)',
    'CREATE TABLE IF NOT EXISTS a (x int)',
    'CREATE INDEX i ON a (x)',
    "CREATE TYPE t AS ENUM ('a')",
    "ALTER TYPE t ADD VALUE 'b'",
    'ALTER TABLE a ADD COLUMN y int',
    'ALTER TABLE a ADD COLUMN y int NOT NULL DEFAULT 0, ADD z text',
    'ALTER TABLE a ADD COLUMN y bigint GENERATED ALWAYS AS IDENTITY NOT NULL',
    'ALTER TABLE a ALTER y SET DEFAULT 5',
    'ALTER TABLE a ALTER y DROP NOT NULL',
    'CREATE VIEW v AS SELECT 1 AS one',
    'GRANT SELECT ON a TO b',
    "COMMENT ON TABLE a IS 'DROP TABLE a'",
    'INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING',
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'SELECT 1',
    '-- DROP TABLE a;\n/* DELETE FROM a; */',
    // What it makes itself is used by nothing yet.
    'CREATE TABLE a (x int); ALTER TABLE a ADD y int NOT NULL; CREATE UNIQUE INDEX ON a (x)',
  ])('%s', async (sql) => {
    expect(await findContractions(one(sql))).toEqual([]);
  });
});

describe('a migration that takes something is refused by name', () => {
  it.each([
    ['DROP TABLE a', 'drops what'],
    ['DROP INDEX i', 'drops what'],
    ['drop\n  view v', 'drops what'],
    ['ALTER TABLE a DROP COLUMN x', 'drops a column'],
    ['ALTER TABLE a RENAME x TO y', 'renames'],
    ['ALTER TABLE a RENAME TO b', 'renames'],
    ['ALTER TABLE a SET SCHEMA s', 'moves'],
    ['ALTER TABLE a ALTER x TYPE text', 'changes the type'],
    ['ALTER TABLE a ALTER x SET NOT NULL', 'sets NOT NULL'],
    ['ALTER TABLE a ADD y int NOT NULL', 'NOT NULL without a DEFAULT'],
    ['ALTER TABLE a ADD y int PRIMARY KEY', 'NOT NULL without a DEFAULT'],
    ['ALTER TABLE a ADD z int, ADD y int NOT NULL', 'NOT NULL without a DEFAULT'],
    ['ALTER TABLE a ALTER x DROP DEFAULT', 'drops a DEFAULT'],
    ['ALTER TABLE a ADD CHECK (x > 0)', 'adds a constraint'],
    ['ALTER TABLE a DROP CONSTRAINT c', 'drops a constraint'],
    ['ALTER TABLE a OWNER TO b', 'not known to only add (ChangeOwner)'],
    ["ALTER TYPE t RENAME VALUE 'a' TO 'b'", 'renames a value'],
    ['CREATE UNIQUE INDEX i ON a (x)', 'unique index'],
    ['CREATE OR REPLACE VIEW v AS SELECT 1', 'replaces a view'],
    [
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      'replaces a function',
    ],
    ['TRUNCATE a', 'deletes rows'],
    ['DELETE FROM a', 'deletes rows'],
    ['UPDATE a SET x = 1', 'changes rows'],
    ['WITH gone AS (DELETE FROM a RETURNING x) SELECT x FROM gone', 'changes rows'],
    ['INSERT INTO b WITH gone AS (DELETE FROM a RETURNING x) SELECT x FROM gone', 'changes rows'],
    [
      'CREATE TABLE b AS WITH gone AS (DELETE FROM a RETURNING x) SELECT x FROM gone',
      'changes rows',
    ],
    ['INSERT INTO a VALUES (1) ON CONFLICT (x) DO UPDATE SET x = 2', 'changes rows'],
    ['MERGE INTO a USING b ON a.x = b.x WHEN MATCHED THEN DELETE', 'changes rows'],
    ['REVOKE SELECT ON a FROM b', 'revokes'],
    ["DO $$ BEGIN EXECUTE 'DROP TABLE a'; END $$", 'block of code'],
    ['SELECT empty_everything()', 'calls a function'],
    ['CREATE RULE r AS ON INSERT TO a DO INSTEAD NOTHING', 'not known to only add (Rule)'],
    ['COMMIT', 'not known to only add (Transaction)'],
    ['DROP TABEL a', 'is no PostgreSQL: syntax error at or near "TABEL"'],
    // Its own table is one thing, that of others another.
    ['CREATE TABLE a (x int); DROP TABLE b', 'drops what'],
    [
      'CREATE TABLE a (x int); INSERT INTO a WITH g AS (DELETE FROM b RETURNING x) SELECT x FROM g',
      'changes rows',
    ],
    ['CREATE TABLE s.a (x int); ALTER TABLE a DROP x', 'drops a column'],
  ])('%s', async (sql, expected) => {
    expect(await reasons(sql)).toEqual([expect.stringContaining(expected)]);
  });

  it('with the statement itself, whatever stands before it', async () => {
    const sql = "-- naïve — a comment\nCREATE TABLE ok (x text DEFAULT 'é');\n DROP\n TABLE a ;";
    expect(await findContractions(one(sql))).toEqual([
      { migration: '0002-next', statement: 'DROP TABLE a', reason: expect.any(String) },
    ]);
  });
});

describe('the check of all migrations', () => {
  const first = { name: '0001-a', sql: 'CREATE TABLE a (x int)' };
  const drop = { name: '0002-b', sql: 'DROP TABLE old' };
  const said = { ...drop, contracts: 'nothing reads old since June' };

  it('names the migration, the statement and what to do', async () => {
    await expect(checkExpandOnly([first, drop])).rejects.toThrow(
      /0002-b: "DROP TABLE old" drops what .* say contracts: '<why>' in a migration that is released alone/,
    );
  });

  it('does not judge what the database has already', async () => {
    await checkExpandOnly([first, drop], ['0001-a', '0002-b']);
  });

  it('lets one contract that says so and is the only one to be applied', async () => {
    await checkExpandOnly([first, said]);
    await checkExpandOnly([first, said], ['0001-a']);
    const third = { name: '0003-c', sql: 'CREATE TABLE c (x int)' };
    await expect(checkExpandOnly([first, said, third], ['0001-a'])).rejects.toThrow(
      '0002-b contracts (nothing reads old since June), and is not alone: 0002-b, 0003-c',
    );
  });
});
