import type { Card } from '../queue/card.ts';
import type { Queue } from '../queue/queue.ts';
import type { Settings } from '../settings.ts';

/** What every part of a card is given. */
export interface CardProps {
  readonly card: Card;
  readonly queue: Queue;
  readonly settings: Settings;
}
