/** Base of every error that this program explains by itself: one or two lines that say what to do. Exit code 1. */
export class CliError extends Error {
  override name = 'CliError';
  readonly exitCode: number = 1;
}

/** The command line is wrong. Exit code 2. */
export class UsageError extends CliError {
  override name = 'UsageError';
  override readonly exitCode: number = 2;
}

/** No local cloud runs in the folder. */
export class NoLocalCloudError extends CliError {
  override name = 'NoLocalCloudError';
}

/** Returns what an error says; of anything else that was thrown, its text. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** An error and what caused it, outermost first. */
function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  let next = error;
  while (next instanceof Error && !chain.includes(next)) {
    chain.push(next);
    // A refused connection to a host of several addresses is an AggregateError.
    next = next.cause ?? (next instanceof AggregateError ? next.errors[0] : undefined);
  }
  return chain;
}

/** Tells whether an error, or one that caused it, has this name or system code: `ResourceNotFoundException`, `ECONNREFUSED`. */
export function isCausedBy(error: unknown, ...identities: readonly string[]): boolean {
  return chainOf(error).some(
    (each) =>
      identities.includes(each.name) || ('code' in each && identities.includes(String(each.code))),
  );
}

const advice: readonly (readonly [identities: readonly string[], advice: string])[] = [
  [
    ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'UND_ERR_CONNECT_TIMEOUT'],
    'Nothing answers there. Start the local cloud with: npx -y pnpm@12 start',
  ],
  [
    ['CredentialsProviderError'],
    'Give AWS credentials (AWS_PROFILE, AWS_ACCESS_KEY_ID), or leave --aws out to use the local cloud.',
  ],
  [
    ['AccessDenied', 'AccessDeniedException'],
    'The credentials may not do this. Give them the right that is named, or use others (AWS_PROFILE).',
  ],
  [
    ['ExpiredToken', 'ExpiredTokenException'],
    'The credentials have expired. Renew them (aws sso login, or a new AWS_SESSION_TOKEN); a console that runs is started again with them.',
  ],
  [
    [
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidAccessKeyId',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
    ],
    'These are no credentials of that account. Check AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  ],
];

/** Returns an error's message for a person, with the remedy when that is known. */
export function explain(error: unknown): string {
  const chain = chainOf(error);
  if (chain.length === 0) return String(error);
  const message = chain.find((each) => each.message !== '')?.message ?? chain[0]?.name ?? '';
  // These say what to do by themselves.
  if (error instanceof CliError || chain[0]?.name === 'RegistryUnavailableError') return message;
  if (message === 'Region is missing') return `${message}\nSet AWS_REGION, or the profile's region`;
  const known = advice.find(([identities]) => isCausedBy(error, ...identities));
  return known === undefined ? message : `${message}\n${known[1]}`;
}
