/** Parameters of a request of DynamoDB. Numbers in it are texts: digits, or an expression of a state machine that makes them. */
export type TableRequest = Readonly<Record<string, unknown>>;
