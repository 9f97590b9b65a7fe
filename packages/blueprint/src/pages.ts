/** A web page of the service: static files, and the routes it calls. */
export interface PageSpec {
  /** `/` or `/name`. */
  readonly path: string;
  /** Folder of the page's package, from the repository's root; its built files are in `dist`. */
  readonly source: string;
  /** What the page reads from `page.json` beside it: which route to ask, and its words. No secret. */
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * The routes of the blueprint that the page calls, as `POST /uploads`. On AWS each gets a public twin under `/public`, which
   * asks for no key.
   */
  readonly calls: readonly string[];
}
