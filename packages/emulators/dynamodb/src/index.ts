export { errorAnswer } from './api.ts';
export { createDynamodb, type DynamodbEmulator } from './create-dynamodb.ts';
export type { KeyAttribute, TableSpec } from './ensure-table.ts';
export { DynamoApiError, TableError } from './errors.ts';
export type { DynamodbOptions, DynamodbService } from './service.ts';
