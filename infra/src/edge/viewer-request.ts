/** A request as CloudFront hands it to a function of a page. */
export interface EdgeRequest {
  /** A function may lead it elsewhere. */
  uri: string;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
}

/** An answer that a function gives in place of the origin. */
export interface EdgeAnswer {
  readonly statusCode: number;
  readonly statusDescription: string;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly body?: string;
}

/**
 * Returns a function's code as CloudFront takes it: the text of one function named `handler`, which may use nothing from
 * outside of itself, and of the language no more than JavaScript 5.1 with const and templates.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export function edgeCode(
  handler: (event: { readonly request: EdgeRequest }) => EdgeRequest | EdgeAnswer,
): string {
  return handler.toString();
}
