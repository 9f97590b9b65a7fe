/** What the page is told about the service it belongs to: `page.json` beside it. */
export interface Settings {
  /** Where the API begins: '' where it has the page's origin to itself, `/public` behind a CDN. */
  readonly api: string;
  readonly routes: {
    readonly predict: string;
    readonly uploads: string;
    readonly labels: string;
  };
  /** The name of the workflow behind `predict`, for labels. */
  readonly workflow: string;
  /** Photos of up to so many bytes travel inside the request. */
  readonly inlineBytes: number;
  /** Most bytes of an upload. */
  readonly uploadBytes: number;
  /** Uploads are deleted after so many days. */
  readonly expireDays: number;
  readonly words: Words;
}

/** The page's words about what the service knows. */
export interface Words {
  /** `Which animal is it?` */
  readonly title: string;
  readonly lead: string;
  /** One of what is looked for: `animal`. */
  readonly subject: string;
  /** What can be told, for the note about another one: `birds, cats, dogs`. */
  readonly known: string;
  /** Several of a label, where it is not the label and an s. */
  readonly plurals: Readonly<Record<string, string>>;
  /** The switch for subjects that are kept by people, and what it does. */
  readonly kept: {
    readonly label: string;
    readonly hint: string;
    /** The field of a request that is true for them. */
    readonly field: string;
  };
  /** What to do when none was found. */
  readonly noneHint: string;
}

/**
 * Fetches the settings of the page.
 *
 * @throws {Error} if they cannot be had
 */
export async function fetchSettings(): Promise<Settings> {
  const response = await fetch('./page.json', { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`page.json could not be had: ${response.status}`);
  return response.json();
}
