/** What AWS, or its SDK, calls credentials that it does not take, and what to do. */
const remedies: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'there are no AWS credentials here: sign in (aws sso login, or aws configure), and name the profile with AWS_PROFILE if it is not the default one',
  ExpiredToken: 'the AWS credentials have expired: sign in again (aws sso login)',
  ExpiredTokenException: 'the AWS credentials have expired: sign in again (aws sso login)',
  InvalidClientTokenId:
    'AWS does not know these credentials: aws sts get-caller-identity has to work',
  UnrecognizedClientException:
    'AWS does not know these credentials: aws sts get-caller-identity has to work',
  SignatureDoesNotMatch:
    'the secret key does not fit the access key: aws sts get-caller-identity has to work',
};

/** Returns what a person reads of a failure; where in this program it happened is not among it. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const remedy = Object.hasOwn(remedies, error.name) ? remedies[error.name] : undefined;
  if (remedy !== undefined) return error.message === '' ? remedy : `${remedy} (${error.message})`;
  if (error.message !== '') return error.message;
  // A connection that fails to every address of a host says nothing but its code.
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? `AWS cannot be reached: ${code}` : error.name;
}
