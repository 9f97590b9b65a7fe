import { describe, expect, it } from 'vitest';
import * as errors from './errors.ts';

const classes = [
  [errors.InvalidRequestError, 'InvalidRequestError', 400],
  [errors.NotFoundError, 'NotFoundError', 404],
  [errors.ConflictError, 'ConflictError', 409],
  [errors.PayloadTooLargeError, 'PayloadTooLargeError', 413],
  [errors.UnsupportedMediaTypeError, 'UnsupportedMediaTypeError', 415],
  [errors.OutOfRangeError, 'OutOfRangeError', 422],
  [errors.ThrottledError, 'ThrottledError', 429],
  [errors.InternalError, 'InternalError', 500],
  [errors.UnsupportedError, 'UnsupportedError', 501],
  [errors.UnavailableError, 'UnavailableError', 503],
  [errors.DeadlineExceededError, 'DeadlineExceededError', 504],
] as const;

describe.each(classes)('%o', (ErrorClass, name, status) => {
  it(`is called ${name}, has status ${status} and keeps its cause`, () => {
    const cause = new Error('below');
    const error = new ErrorClass('why', { cause });
    expect(error).toBeInstanceOf(errors.ProtocolError);
    expect(error).toMatchObject({ name, status, message: 'why', cause });
    expect(String(error)).toBe(`${name}: why`);
  });

  it('is found again by its name and by its status', () => {
    expect(errors.statusOfErrorName(name)).toBe(status);
    expect(errors.errorOfStatus(status, 'why')).toBeInstanceOf(ErrorClass);
  });

  it('answers with its own message', () => {
    expect(errors.toErrorBody(new ErrorClass('why'))).toEqual({ status, body: { error: 'why' } });
  });
});

it.each([
  ['ModelLoadError', 503],
  ['Lambda.TooManyRequestsException', 429],
  ['TooManyRequestsException', 429],
  ['Lambda.ServiceException', 503],
  ['States.Timeout', 504],
  ['Sandbox.Timedout', 504],
  ['TimeoutError', 504],
  ['TypeError', 500],
  ['toString', 500],
  ['', 500],
])('the error name %j means status %i', (name, status) => {
  expect(errors.statusOfErrorName(name)).toBe(status);
});

it.each([
  [400, 'InvalidRequestError'],
  [401, 'InvalidRequestError'],
  [403, 'InvalidRequestError'],
  [408, 'DeadlineExceededError'],
  [500, 'InternalError'],
  [502, 'UnavailableError'],
  [599, 'InternalError'],
  [302, 'InternalError'],
])('an answer %i becomes %s', (status, name) => {
  expect(errors.errorOfStatus(status, 'why').name).toBe(name);
});

describe('errors that are not of the protocol', () => {
  const secret = 's3://bucket/key: AccessDenied for row [1,2,3]';
  const borrow = (name: string): Error => Object.assign(new Error(secret), { name });

  it.each([
    ['a plain error', new Error(secret), 500],
    ['a TypeError', new TypeError(secret), 500],
    ['a thrown string', secret, 500],
    ['undefined', undefined, 500],
    ['an error with a borrowed 4xx name', borrow('InvalidRequestError'), 500],
    ['a throttled Lambda', borrow('TooManyRequestsException'), 429],
    ['weights that did not load', borrow('ModelLoadError'), 503],
    ['a timeout', borrow('States.Timeout'), 504],
    ['an invocation too large', borrow('RequestTooLargeException'), 413],
  ])('%s is answered without its message', (_what, error, status) => {
    const answer = errors.toErrorBody(error);
    expect(answer.status).toBe(status);
    expect(answer.body.error).not.toContain('s3');
    expect(answer.body.error.length).toBeGreaterThan(10);
  });
});
