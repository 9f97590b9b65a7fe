/**
 * Options of every SDK client. One retry at most: the caller's deadline is near, and a workflow has retries of its
 * own. Connections are kept alive, which is the SDK's default.
 */
export const sdkOptions: {
  readonly maxAttempts: number;
  readonly requestHandler: { readonly connectionTimeout: number };
} = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 2_000 },
};
