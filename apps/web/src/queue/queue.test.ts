import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../api/answer.ts';
import type { Client } from '../api/client.ts';
import { ConnectionLostError, RefusedError, UnreadablePhotoError } from '../errors.ts';
import type { ReadPhoto } from '../photo/read-photo.ts';
import type { Kept } from '../session.ts';
import { createQueue, type QueueOptions } from './queue.ts';

const blob = new Blob(['x']);
const read: ReadPhoto = { blob, size: { width: 1, height: 1 }, location: undefined };
const answer: Answer = {
  predictions: [{ label: 'axe', probability: 0.9, top: [] }],
  location: null,
  failed: {},
  requestId: 'r-1',
};

afterEach(() => {
  vi.useRealTimers();
});

function open(options: Partial<QueueOptions> & Partial<Client> = {}) {
  const client: Client = {
    ask: options.ask ?? (async () => answer),
    judge: options.judge ?? (async () => {}),
  };
  const hidden: string[] = [];
  const keep = vi.fn<(answered: readonly Kept[]) => void>();
  const queue = createQueue({
    client,
    read: async () => read,
    show: () => 'blob:1',
    hide: (url) => hidden.push(url),
    kept: [],
    keep,
    storedUntil: () => 7,
    ...options,
  });
  return { queue, hidden, keep };
}

const file = (name = `${crypto.randomUUID()}.jpg`): File =>
  new File(['x'], name, { lastModified: 0 });

/** Waits until no card is at work. */
async function settled({ queue }: Pick<ReturnType<typeof open>, 'queue'>): Promise<void> {
  const isDone = (): boolean =>
    queue.cards().every(({ stage }) => stage === 'answered' || stage === 'failed');
  await vi.waitUntil(isDone, { timeout: 60_000 });
}

const stages = ({ queue }: Pick<ReturnType<typeof open>, 'queue'>): readonly string[] =>
  queue.cards().map(({ stage }) => stage);

it('answers photos, the newest first, and keeps what is answered', async () => {
  const opened = open();
  opened.queue.add([file('a.jpg'), file('b.jpg')]);
  await settled(opened);
  expect(opened.queue.cards().map(({ name, stage }) => [name, stage])).toEqual([
    ['b.jpg', 'answered'],
    ['a.jpg', 'answered'],
  ]);
  expect(opened.keep.mock.lastCall?.[0]).toHaveLength(2);
});

it('reads one photo at a time and sends two', async () => {
  let [reading, sending, mostReading, mostSending] = [0, 0, 0, 0];
  const opened = open({
    async read() {
      reading += 1;
      mostReading = Math.max(mostReading, reading);
      await new Promise(setImmediate);
      reading -= 1;
      return read;
    },
    async ask() {
      sending += 1;
      mostSending = Math.max(mostSending, sending);
      for (let i = 0; i < 20; i += 1) await new Promise(setImmediate);
      sending -= 1;
      return answer;
    },
  });
  opened.queue.add(Array.from({ length: 8 }, () => file()));
  await settled(opened);
  expect([mostReading, mostSending]).toEqual([1, 2]);
});

it('takes the same file once, as long as it is there', async () => {
  const opened = open();
  const photo = file();
  opened.queue.add([photo]);
  opened.queue.add([photo]);
  await settled(opened);
  const [card] = opened.queue.cards();
  expect(opened.queue.cards()).toHaveLength(1);
  opened.queue.remove(card?.id ?? '');
  expect(opened.hidden).toEqual(['blob:1']);
  opened.queue.add([photo]);
  expect(opened.queue.cards()).toHaveLength(1);
});

describe('a photo that fails', () => {
  it('is tried again when the service says so, three times', async () => {
    vi.useFakeTimers();
    const ask = vi.fn<Client['ask']>().mockRejectedValue(new RefusedError(429, 'busy', 2));
    const opened = open({ ask });
    opened.queue.add([file()]);
    await vi.advanceTimersByTimeAsync(1999);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(opened.queue.cards()[0]).toMatchObject({ stage: 'failed', againAt: expect.any(Number) });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(4);
    expect(opened.queue.cards()[0]?.againAt).toBeUndefined();
  });

  it('for want of a connection is tried again when it is back', async () => {
    const ask = vi.fn<Client['ask']>().mockRejectedValueOnce(new ConnectionLostError());
    const opened = open({ ask: ask.mockResolvedValue(answer) });
    opened.queue.add([file()]);
    await settled(opened);
    expect(opened.queue.cards()[0]?.failure).toMatchObject({ isOffline: true, canRetry: true });
    opened.queue.retryOffline();
    await settled(opened);
    expect(stages(opened)).toEqual(['answered']);
  });

  it('because it is none is never sent', async () => {
    const ask = vi.fn<Client['ask']>();
    const opened = open({ ask, read: () => Promise.reject(new UnreadablePhotoError('Text.')) });
    opened.queue.add([file()]);
    await settled(opened);
    expect(opened.queue.cards()[0]?.failure).toMatchObject({ hint: 'Text.', canRetry: false });
    expect(ask).not.toHaveBeenCalled();
  });
});

it('forgets a photo whose answer comes after it was removed', async () => {
  const coming = Promise.withResolvers<Answer>();
  const opened = open({ ask: () => coming.promise });
  opened.queue.add([file()]);
  await vi.waitUntil(() => stages(opened)[0] === 'sending');
  opened.queue.remove(opened.queue.cards()[0]?.id ?? '');
  coming.resolve(answer);
  await coming.promise;
  await new Promise(setImmediate);
  expect(opened.queue.cards()).toEqual([]);
});

describe('a place', () => {
  it('is asked with, rounded to a kilometre, and may be that of the next photos', async () => {
    const ask = vi.fn<Client['ask']>().mockResolvedValue(answer);
    const opened = open({ ask });
    opened.queue.add([file()]);
    await settled(opened);
    const id = opened.queue.cards()[0]?.id ?? '';
    opened.queue.setPlace(id, { lat: 1.23456, lon: -5.6789, source: 'map' }, true);
    await settled(opened);
    opened.queue.add([file()]);
    await settled(opened);
    const places = ask.mock.calls.map(([, { place }]) => place);
    const rounded = { lat: 1.23, lon: -5.68, source: 'map' };
    expect(places).toEqual([null, rounded, rounded]);
  });

  it('of the photo itself comes before that of the photos before', async () => {
    const location = { lat: 10, lon: 20 };
    const ask = vi.fn<Client['ask']>().mockResolvedValue(answer);
    const opened = open({ ask, read: async () => ({ ...read, location }) });
    opened.queue.add([file()]);
    await settled(opened);
    opened.queue.setPlace(opened.queue.cards()[0]?.id ?? '', null, true);
    opened.queue.add([file()]);
    await settled(opened);
    expect(ask.mock.lastCall?.[1].place).toEqual({ ...location, source: 'photo' });
  });
});

it('sends what a person says one after the other, and shows what was said last', async () => {
  const said: unknown[] = [];
  const first = Promise.withResolvers<void>();
  const opened = open({
    judge: ({ truth }) => {
      said.push(truth);
      return truth === undefined ? first.promise : Promise.resolve();
    },
  });
  opened.queue.add([file()]);
  await settled(opened);
  const id = opened.queue.cards()[0]?.id ?? '';
  opened.queue.judge(id, false);
  opened.queue.judge(id, false);
  opened.queue.judge(id, false, 'hammer');
  await new Promise(setImmediate);
  expect(said).toEqual([undefined]);
  first.resolve();
  await vi.waitUntil(() => opened.queue.cards()[0]?.verdict?.state === 'sent');
  expect(said).toEqual([undefined, 'hammer']);
  expect(opened.queue.cards()[0]?.verdict).toMatchObject({ right: false, truth: 'hammer' });
});
