import type { ReleaseEvent } from './release.ts';

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Returns an event of a release as a line for people. All of a failure's text is for the end, when what is live is known too. */
export function eventLine(event: ReleaseEvent): string {
  switch (event.kind) {
    case 'begins':
      return `[${String(event.number).padStart(2)}/${event.of}] ${event.title}`;
    case 'says':
      return `        ${event.text}`;
    case 'done':
      return `        ${event.text} (${seconds(event.ms)})`;
    case 'fails':
      return `        FAILED after ${seconds(event.ms)}: ${event.text.split('\n')[0]}`;
    case 'goes-back':
      return `        going back: ${event.text}`;
  }
}
