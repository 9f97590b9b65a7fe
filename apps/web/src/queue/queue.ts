import type { Client, Outbound } from '../api/client.ts';
import { type Failure, failureOf } from '../api/failures.ts';
import type { ReadPhoto } from '../photo/read-photo.ts';
import { type Place, roundedPlace } from '../place/place.ts';
import type { Kept } from '../session.ts';
import { type Card, isBusy, type Verdict } from './card.ts';
import { createTurns } from './turns.ts';

/** What a queue works with. */
export interface QueueOptions {
  readonly client: Client;
  /** Reads a file and makes it small. */
  read(file: Blob): Promise<ReadPhoto>;
  /** Makes a URL of the picture to show. */
  show(blob: Blob): string;
  /** Frees it. */
  hide(url: string): void;
  /** What was there before; newest first. */
  readonly kept: readonly Kept[];
  /** Called with what is answered, after every change of it. */
  keep(answered: readonly Kept[]): void;
  /** When an upload that is made now is gone, in milliseconds since 1970. */
  storedUntil(): number;
}

/** The photos of the page, newest first, and what can be done with them. */
export interface Queue {
  cards(): readonly Card[];
  /** Calls back after every change. @returns what ends it */
  watch(changed: () => void): () => void;
  add(files: readonly File[]): void;
  /** Tries again what has failed. */
  retry(id: string): void;
  /** Tries again everything that waits for a connection. */
  retryOffline(): void;
  /** Stops whatever is going on with a photo and forgets it. */
  remove(id: string): void;
  /** Says where a photo was taken, and where the next ones are that do not say so themselves. */
  setPlace(id: string, place: Place | null, isForNext: boolean): void;
  setKept(id: string, kept: boolean): void;
  judge(id: string, right: boolean, truth?: string | null): void;
}

/** Tries by itself, after as long as the service says, at most so many times. */
const mostTries = 3;

/** What a card needs and a person does not see. */
interface Behind {
  /** Undefined of what was there before. */
  readonly file: File | undefined;
  /** Once it has been read. */
  photo?: Outbound;
  /** What a person says is sent one after the other. */
  judging?: Promise<void>;
  stop: AbortController;
  tries: number;
  timer?: ReturnType<typeof setTimeout>;
}

/** Makes an empty queue. */
export function createQueue(options: QueueOptions): Queue {
  const { client, read, show, hide, storedUntil, kept, keep } = options;
  let cards: readonly Card[] = kept.map(({ card }) => card);
  let nextPlace: Place | null = null;
  const behind = new Map<string, Behind>(
    kept.map(({ card: { id }, photo }) => [
      id,
      { file: undefined, photo, stop: new AbortController(), tries: 0 },
    ]),
  );
  const watchers = new Set<() => void>();
  // A decoded photo takes 50 MB and more, so one is read at a time; two are sent at once.
  const readingTurns = createTurns(1);
  const sendingTurns = createTurns(2);

  const answered = (of: readonly Card[]): readonly Card[] =>
    of.filter(({ stage }) => stage === 'answered');

  function change(next: readonly Card[]): void {
    const before = answered(cards);
    cards = next;
    const after = answered(cards);
    const isSame = before.length === after.length && before.every((card, i) => card === after[i]);
    if (!isSame)
      keep(
        after.flatMap((card) => {
          const photo = behind.get(card.id)?.photo;
          return photo === undefined ? [] : [{ card, photo }];
        }),
      );
    for (const changed of watchers) changed();
  }

  /** Changes a card that is still there. */
  function update(id: string, changes: Partial<Card>): void {
    change(cards.map((card) => (card.id === id ? { ...card, ...changes } : card)));
  }

  const find = (id: string): Card | undefined => cards.find((card) => card.id === id);

  async function readOnce(id: string, of: Behind): Promise<Outbound> {
    const { photo, file } = of;
    if (photo !== undefined) return photo;
    if (file === undefined) throw new Error('the photo is not here any more');
    return readingTurns(async () => {
      of.stop.signal.throwIfAborted();
      update(id, { stage: 'reading' });
      const { blob, size, location } = await read(file);
      of.stop.signal.throwIfAborted();
      of.photo = { blob };
      const own = location && roundedPlace<Place>({ ...location, source: 'photo' });
      update(id, {
        place: own ?? find(id)?.place ?? null,
        ...(size !== undefined && { preview: show(blob) }),
      });
      return of.photo;
    });
  }

  async function work(id: string, of: Behind): Promise<void> {
    const { signal } = of.stop;
    try {
      const photo = await readOnce(id, of);
      await sendingTurns(async () => {
        signal.throwIfAborted();
        const card = find(id);
        if (card === undefined) return;
        update(id, { stage: photo.key === undefined ? 'sending' : 'asking', progress: 0 });
        const onProgress = (share: number): void => {
          if (signal.aborted) return;
          update(id, share < 1 ? { progress: share } : { stage: 'asking', progress: 1 });
        };
        const { place, kept } = card;
        const wasStored = photo.key !== undefined;
        const answer = await client.ask(photo, { place, kept }, { signal, onProgress });
        signal.throwIfAborted();
        of.tries = 0;
        const stored = photo.key !== undefined && !wasStored && { storedUntil: storedUntil() };
        update(id, { stage: 'answered', answer, ...stored });
      });
    } catch (error) {
      if (!signal.aborted) fail(id, of, failureOf(error));
    }
  }

  function fail(id: string, of: Behind, failure: Failure): void {
    const { retryAfter } = failure;
    const goesOn = retryAfter !== undefined && of.tries < mostTries;
    update(id, {
      stage: 'failed',
      failure,
      ...(goesOn && { againAt: Date.now() + retryAfter * 1000 }),
    });
    if (!goesOn) return;
    of.tries += 1;
    of.timer = setTimeout(() => begin(id, of), retryAfter * 1000);
  }

  /** Starts, or starts again, from what is already there. */
  function begin(id: string, of: Behind): void {
    of.stop.abort();
    clearTimeout(of.timer);
    of.stop = new AbortController();
    const card = find(id);
    if (card === undefined) return;
    const { failure: _failure, againAt: _againAt, ...rest } = card;
    change(
      cards.map((each) => (each.id === id ? { ...rest, stage: 'waiting', progress: 0 } : each)),
    );
    void work(id, of);
  }

  function again(id: string): void {
    const of = behind.get(id);
    if (of !== undefined) begin(id, of);
  }

  /** True of a file that is already there: it was dropped twice. */
  const isKnown = (file: File): boolean =>
    [...behind.values()].some(
      ({ file: known }) =>
        known?.name === file.name &&
        known.size === file.size &&
        known.lastModified === file.lastModified,
    );

  return {
    cards: () => cards,
    watch(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    add(files) {
      const fresh = files.filter((file) => !isKnown(file));
      for (const file of fresh) {
        const id = crypto.randomUUID();
        const of: Behind = { file, stop: new AbortController(), tries: 0 };
        behind.set(id, of);
        const card: Card = {
          id,
          name: file.name,
          stage: 'waiting',
          progress: 0,
          place: nextPlace,
          kept: false,
        };
        change([card, ...cards]);
        begin(id, of);
      }
    },
    retry(id) {
      const of = behind.get(id);
      if (of !== undefined) of.tries = 0;
      again(id);
    },
    retryOffline() {
      for (const { id, failure } of cards) if (failure?.isOffline) again(id);
    },
    remove(id) {
      const of = behind.get(id);
      of?.stop.abort();
      clearTimeout(of?.timer);
      behind.delete(id);
      const { preview } = find(id) ?? {};
      change(cards.filter((card) => card.id !== id));
      if (preview !== undefined) hide(preview);
    },
    setPlace(id, place, isForNext) {
      const rounded = place && roundedPlace(place);
      if (isForNext) nextPlace = rounded;
      update(id, { place: rounded });
      again(id);
    },
    setKept(id, kept) {
      update(id, { kept });
      again(id);
    },
    judge(id, right, truth) {
      const card = find(id);
      const { answer, verdict } = card ?? {};
      if (card === undefined || answer === undefined || isBusy(card)) return;
      // The button was clicked twice.
      if (verdict?.state === 'sending' && truth === undefined) return;
      const said = { right, ...(truth !== undefined && { truth }) };
      update(id, { verdict: { ...said, state: 'sending' } });
      const { requestId, predictions } = answer;
      const of = behind.get(id);
      if (of === undefined) return;
      const judgement = { requestId, predicted: predictions[0].label, ...said };
      const shown = (state: Verdict['state']) => (): void => {
        // What was said since counts.
        if (find(id)?.verdict?.truth === truth) update(id, { verdict: { ...said, state } });
      };
      // One after the other, as the last one counts.
      of.judging = (of.judging ?? Promise.resolve())
        .then(() => client.judge(judgement))
        .then(shown('sent'), shown('failed'));
    },
  };
}
