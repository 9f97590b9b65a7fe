/**
 * The database's schema, in steps that are applied once each and never changed afterwards: what is to be different is a
 * new step. A step only adds, since the code from before it goes on answering while it is applied. They are text in a module,
 * not files, so that the function's bundle has them.
 */

/** One step; `name` starts with its number. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** Why it takes away what code has used before, if it does: such a step is released alone. */
  readonly contracts?: string;
}

export const migrations: readonly Migration[] = [
  {
    name: '0001-features',
    sql: `
      -- Which version of the data is in the other tables; one row.
      CREATE TABLE feature_version (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        version text NOT NULL
      );

      -- Which countries have land in which H3 cell of resolution 3. Bit i of parts: the i-th of the cell's 49 descendants
      -- of resolution 5 is mostly this country's.
      CREATE TABLE cells (
        cell text NOT NULL,
        country text NOT NULL,
        parts bigint NOT NULL,
        PRIMARY KEY (cell, country)
      );

      -- How common an animal is in a country: 0 absent, 1 rare, 2 common, 3 everywhere.
      CREATE TABLE abundance (
        country text NOT NULL,
        label text NOT NULL,
        abundance smallint NOT NULL CHECK (abundance BETWEEN 0 AND 3),
        PRIMARY KEY (country, label)
      );
    `,
  },
];
