/** Errors of this package. Names are written out, so that minifying a bundle keeps them. */

/** Why a token is none of the issuer's, or is one no longer. */
export type Refusal =
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'issuer'
  | 'expired'
  | 'not-yet-valid';

/**
 * The caller is not known (401). API Gateway tells it by its message, which has to be this word, from every other failure.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export class UnauthorizedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super('Unauthorized');
    Object.defineProperty(this, 'name', { value: 'UnauthorizedError' });
    this.refusal = refusal;
  }
}

/** The issuer's keys cannot be had, so nothing can be said of a token. Try again. */
export class IssuerUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    Object.defineProperty(this, 'name', { value: 'IssuerUnavailableError' });
  }
}
