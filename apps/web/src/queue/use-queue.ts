import { useEffect, useState } from 'preact/hooks';
import type { Card } from './card.ts';
import type { Queue } from './queue.ts';

/** Returns the cards of a queue, and again after every change. */
export function useQueue(queue: Queue): readonly Card[] {
  const [cards, setCards] = useState(queue.cards());
  useEffect(() => queue.watch(() => setCards(queue.cards())), [queue]);
  return cards;
}
