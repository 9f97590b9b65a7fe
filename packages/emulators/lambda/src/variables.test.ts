import { describe, expect, it } from 'vitest';
import { checkVariables } from './variables.ts';

const invalid = { name: 'InvalidParameterValueException', status: 400 };

function refusal(variables: Record<string, string>): unknown {
  try {
    checkVariables(variables);
    return undefined;
  } catch (error) {
    return error;
  }
}

it.each([
  'MODEL_KEY',
  'MOOD',
  'TZ',
  'LANG',
  'ENV',
  'LOG_LEVEL',
  'UV_THREADPOOL_SIZE',
  'AWS_ENDPOINT_URL_S3',
  'FEATURES_CACHE_URL',
  'LDAP_URL',
  'PATHS',
  'HOMEPAGE',
  'NODES',
  'a1',
])('takes %s', (name) => {
  expect(refusal({ [name]: 'x' })).toBeUndefined();
});

it('names what Lambda reserves, in AWS’s words', () => {
  expect(refusal({ MOOD: '', AWS_REGION: 'x', _HANDLER: 'y' })).toMatchObject({
    ...invalid,
    message:
      'Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION, _HANDLER',
  });
});

it.each([
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_EXEC_WRAPPER',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
])('reserves %s', (name) => {
  expect(refusal({ [name]: 'x' })).toMatchObject({
    ...invalid,
    message: expect.stringMatching(new RegExp(`reserved keys.*: ${name}$`)),
  });
});

describe('what decides which code a process loads', () => {
  const names = [
    ['NODE_OPTIONS', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS', 'NODE_ENV', 'NODE_COMPILE_CACHE'],
    ['LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES'],
    ['GCONV_PATH', 'GLIBC_TUNABLES', 'LOCPATH', 'MALLOC_PERTURB_', 'HOSTALIASES'],
    ['OPENSSL_CONF', 'OPENSSL_MODULES', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'SSLKEYLOGFILE'],
    ['PATH', 'HOME', 'SHELL', 'BASH_ENV', 'BASH_FUNC', 'IFS', 'PS4'],
    ['TMPDIR', 'TMP', 'TEMP', 'XDG_CONFIG_HOME', 'VIPSHOME', 'GIO_MODULE_DIR'],
    ['PYTHONPATH', 'PERL5LIB', 'RUBYOPT', 'NPM_CONFIG_PREFIX'],
    ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_PROFILE', 'AWS_CA_BUNDLE'],
  ].flat();

  it.each(names)('cannot be set: %s', (name) => {
    for (const spelt of [name, name.toLowerCase()])
      expect(refusal({ MOOD: 'x', [spelt]: 'x' })).toMatchObject({
        ...invalid,
        message: expect.stringContaining(`does not take ${spelt}:`),
      });
  });
});

it.each(['', 'a', '1a', '_a', 'a-b', 'a b', 'a=b', 'ä1', 'a1\n'])('has no variable %j', (name) => {
  expect(refusal({ [name]: 'x' })).toMatchObject(invalid);
});

it('has no variable with the character that ends text in C', () => {
  expect(refusal({ MOOD: 'a\0b' })).toMatchObject(invalid);
});

it('has no more than 4 KB of them, names included', () => {
  // {"MOOD":"…"} are 11 bytes around the value.
  expect(refusal({ MOOD: 'x'.repeat(4085) })).toBeUndefined();
  expect(refusal({ MOOD: 'x'.repeat(4086) })).toMatchObject(invalid);
  expect(refusal({ MOOD: 'ß'.repeat(2043) })).toMatchObject(invalid);
});
