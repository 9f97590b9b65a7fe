import { type KeyAttribute, physicalName, type TableSpec } from '@chorus/blueprint';
import { NestedStack } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { isProtected, type StageOptions } from '../options.ts';
import { removalOf } from './storage.ts';

const types = {
  S: AttributeType.STRING,
  N: AttributeType.NUMBER,
  B: AttributeType.BINARY,
} as const satisfies Record<KeyAttribute['type'], AttributeType>;

const attribute = ({ name, type }: KeyAttribute): Attribute => ({ name, type: types[type] });

interface Keys {
  readonly partitionKey: Attribute;
  readonly sortKey?: Attribute;
}

function keysOf({ key, sort }: Pick<TableSpec, 'key' | 'sort'>): Keys {
  return { partitionKey: attribute(key), ...(sort && { sortKey: attribute(sort) }) };
}

/**
 * Adds the nested stack of tables, which outlive the functions. They are paid by the request and by what they hold, and can be
 * set back to any second of the last 35 days.
 */
export function addTables(
  scope: Construct,
  tables: readonly TableSpec[],
  options: StageOptions,
): NestedStack {
  const stack = new NestedStack(scope, 'Tables', { description: 'Chorus: tables' });
  for (const { name, ttl, indexes = [], ...keys } of tables) {
    const table = new Table(stack, `Table-${name}`, {
      tableName: physicalName(name, options.name),
      ...keysOf(keys),
      ...(ttl !== undefined && { timeToLiveAttribute: ttl }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // By keys of AWS's own, which cost nothing.
      encryption: TableEncryption.DEFAULT,
      removalPolicy: removalOf(options),
      deletionProtection: isProtected(options),
    });
    for (const index of indexes)
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        ...keysOf(index),
        projectionType: ProjectionType.ALL,
      });
  }
  return stack;
}
