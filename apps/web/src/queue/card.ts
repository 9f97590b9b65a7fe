import type { Answer } from '../api/answer.ts';
import type { Failure } from '../api/failures.ts';
import type { Place } from '../place/place.ts';

/** What happens to a photo: it waits for its turn, is read, sent, looked at, and answered; or something fails. */
type Stage = 'waiting' | 'reading' | 'sending' | 'asking' | 'answered' | 'failed';

/** What a person said about an answer. */
export interface Verdict {
  readonly right: boolean;
  /** What it is instead, null for none; undefined while that is not said. */
  readonly truth?: string | null;
  readonly state: 'sending' | 'sent' | 'failed';
}

/** One photo of the page. */
export interface Card {
  readonly id: string;
  /** The file's name. */
  readonly name: string;
  readonly stage: Stage;
  /** Share of the photo that is sent, 0 to 1. */
  readonly progress: number;
  /** URL of the picture to show; undefined while there is none, and for kinds that no browser shows. */
  readonly preview?: string;
  readonly place: Place | null;
  /** Kept by people, so that the place says nothing. */
  readonly kept: boolean;
  readonly answer?: Answer;
  readonly failure?: Failure;
  /** When the page tries again by itself, in milliseconds since 1970. */
  readonly againAt?: number;
  readonly verdict?: Verdict;
  /** When the photo is gone from storage, in milliseconds since 1970; undefined if it was never put there. */
  readonly storedUntil?: number;
}

/** True of stages in which something is going on. */
export const isBusy = ({ stage }: Pick<Card, 'stage'>): boolean =>
  stage === 'waiting' || stage === 'reading' || stage === 'sending' || stage === 'asking';
