import { LocalCloudError } from '@chorus/emulator-files';

/** An answer of the DynamoDB API that is not a success; `name` is AWS's exception name. */
export class DynamoApiError extends LocalCloudError {
  override readonly name: string;
  /** What the answer holds beside the message: `Item`, `CancellationReasons`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    name: string,
    message: string,
    {
      details = {},
      ...options
    }: ErrorOptions & { readonly details?: DynamoApiError['details'] } = {},
  ) {
    super(message, options);
    this.name = name;
    this.details = details;
  }
}

/** The blueprint's table is not the one that the folder holds; the message says what to do. */
export class TableError extends LocalCloudError {
  override readonly name = 'TableError';
}

/** A request that is not well-formed, or asks for what the table does not allow. */
export const invalid = (message: string): DynamoApiError =>
  new DynamoApiError('ValidationException', message);

/** A parameter, or a value of one, that this cloud would have to ignore. */
export const notDone = (what: string): DynamoApiError =>
  invalid(`The local cloud's DynamoDB does not do ${what}.`);

/** A body that is not what AWS JSON 1.0 says. */
export const unreadable = (message: string, cause?: unknown): DynamoApiError =>
  new DynamoApiError('SerializationException', message, { cause });

/** @param table named in the message for operations on tables; for those on items AWS leaves it out */
export const noTable = (table?: string): DynamoApiError =>
  new DynamoApiError(
    'ResourceNotFoundException',
    `Requested resource not found${table === undefined ? '' : `: Table: ${table} not found`}`,
  );
