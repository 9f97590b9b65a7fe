import { dataUrlOf } from './api/base64.ts';
import type { Outbound } from './api/client.ts';
import type { Card } from './queue/card.ts';

/** An answered photo, as it is kept while the tab lives: for the way back from another page, and for phones that drop the page. */
export interface Kept {
  readonly card: Card;
  readonly photo: Outbound;
}

interface Stored {
  readonly card: Omit<Card, 'preview'>;
  readonly hasPreview: boolean;
  readonly key: string | undefined;
  /** `data:` URL of the small photo. */
  readonly data: string;
}

const name = 'photos';

/** The most that is kept: session storage takes some megabytes. */
const mostCards = 12;

function blobOf(data: string): Blob {
  const [head = '', base64 = ''] = data.split(',');
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: head.slice('data:'.length, head.indexOf(';')) });
}

let keeping: Promise<void> = Promise.resolve();

/** Keeps answered photos in this tab only; fewer where there is no room for all. */
export function keepForTab(answered: readonly Kept[]): void {
  // What cannot be read is gone with the tab.
  keeping = keeping.then(() => keep(answered)).catch(() => {});
}

async function keep(answered: readonly Kept[]): Promise<void> {
  const stored: Stored[] = [];
  for (const { card, photo } of answered.slice(0, mostCards)) {
    const { preview, ...rest } = card;
    const data = await dataUrlOf(photo.blob);
    stored.push({ card: rest, hasPreview: preview !== undefined, key: photo.key, data });
  }
  for (let count = stored.length; count >= 0; count -= 1)
    try {
      sessionStorage.setItem(name, JSON.stringify(stored.slice(0, count)));
      return;
    } catch (error) {
      // No room, or none allowed at all.
      if (!(error instanceof DOMException)) throw error;
    }
}

/**
 * Returns what this tab has kept, newest first; nothing of another version of the page.
 *
 * @param show makes a URL of the picture to show
 */
export function keptForTab(show: (blob: Blob) => string): readonly Kept[] {
  try {
    const stored: readonly Stored[] = JSON.parse(sessionStorage.getItem(name) ?? '[]');
    return stored.map(({ card, hasPreview, key, data }) => {
      const blob = blobOf(data);
      return {
        card: {
          ...card,
          ...(hasPreview && { preview: show(blob) }),
          // Nothing says whether it arrived: it may be said again.
          ...(card.verdict?.state === 'sending' && {
            verdict: { ...card.verdict, state: 'failed' },
          }),
        },
        photo: { blob, ...(key !== undefined && { key }) },
      };
    });
  } catch {
    return [];
  }
}
