import { invalidParameter } from './errors.ts';

/**
 * Variables that Lambda sets itself.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_\w*|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_(ACCESS_)?KEY|AWS_SESSION_TOKEN|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

/** Variables that decide what a process loads or starts, by their names in capitals: some systems do not tell a from A. */
const codeLoading: readonly RegExp[] = [
  // Node.js and what it is built on: --import, --require, where packages, certificates and caches are.
  /^NODE(_|$)/,
  /^((OPENSSL|SSL|ICU)_|SSLKEYLOGFILE$)/,
  // Loaders of shared libraries, and the C library's own plug-ins.
  /^_?_?(LD|DYLD|RLD)_/,
  /^(GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH|GETCONF_DIR|HOSTALIASES|LOCALDOMAIN|RES_OPTIONS|RESOLV_\w+)$/,
  /^MALLOC_/,
  // libvips looks for modules below these folders.
  /^(VIPSHOME|VIPS_\w*|GIO_\w+|FONTCONFIG_\w+|MAGICK_\w+)$/,
  // What a shell, or a program that is started, reads first.
  /^(PATH|HOME|PWD|OLDPWD|SHELL|BASH_\w+|BASHOPTS|SHELLOPTS|CDPATH|IFS|PS4|PROMPT_COMMAND)$/,
  /^(TMPDIR|TEMP|TMP|TMPPREFIX)$/,
  /^XDG_/,
  /^(PYTHON|PERL5|RUBY)/,
  /^(NPM|PNPM|YARN|COREPACK)_/,
  // Files and addresses that the AWS SDK takes credentials, and programs that print them, from.
  /^AWS_(CONFIG_FILE|SHARED_CREDENTIALS_FILE|(DEFAULT_)?PROFILE|SDK_\w+|CONTAINER_\w+|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|CA_BUNDLE)$/,
];

const name = /^[a-zA-Z]\w+$/;

/** The most bytes that names and values take together, as on AWS. */
const mostBytes = 4096;

function isCodeLoading(variable: string): boolean {
  const upper = variable.toUpperCase();
  return codeLoading.some((pattern) => pattern.test(upper));
}

/**
 * Refuses variables that Lambda refuses, and those that decide which code a process loads: who may change a configuration
 * could else run programs on this machine.
 *
 * @throws {LambdaError} InvalidParameterValueException, naming the variables
 */
export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const names = Object.keys(variables);
  const taken = names.filter((each) => reserved.test(each));
  if (taken.length > 0)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
    );
  const loading = names.filter(isCodeLoading);
  if (loading.length > 0)
    throw invalidParameter(
      `The local cloud does not take ${loading.join(', ')}: such a variable decides which code a process loads, and functions here are processes of this machine. Give the function a variable of another name.`,
    );
  for (const each of names)
    if (!name.test(each))
      throw invalidParameter(
        `Environment variable ${JSON.stringify(each)}: a name has two or more letters, digits and _, and begins with a letter`,
      );
  for (const [each, value] of Object.entries(variables))
    if (value.includes('\0'))
      throw invalidParameter(`Environment variable ${each}: a value cannot hold the character NUL`);
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > mostBytes)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit: ${bytes} bytes.`,
    );
}
