import { type FileHandle, open } from 'node:fs/promises';
import { explainFileError } from '@chorus/emulator-files';

/** One line of a stream. */
export interface LogEvent {
  /** When it was written, in epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
  /** Its first byte in the file, and the one behind its line. */
  readonly from: number;
  readonly to: number;
}

interface Line {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const chunkBytes = 65_536;
const newline = 0x0a;

/** The lines that are complete, from a byte that begins one. */
async function* linesFrom(file: FileHandle, from: number): AsyncGenerator<Line, void> {
  let rest: Buffer = Buffer.alloc(0);
  let start = from;
  let position = from;
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let begin = 0;
    for (;;) {
      const end = rest.indexOf(newline, begin);
      if (end === -1) break;
      yield { text: rest.toString('utf8', begin, end), from: start + begin, to: start + end + 1 };
      begin = end + 1;
    }
    rest = rest.subarray(begin);
    start += begin;
  }
}

/** The time that a line says it was written at, in epoch milliseconds. */
function timeIn(text: string): number | undefined {
  const written = /^\{"timestamp":"(?<at>[^"]{10,40})"/.exec(text)?.groups?.['at'];
  const time = written === undefined ? Number.NaN : Date.parse(written);
  return Number.isNaN(time) ? undefined : time;
}

/** The first line at or behind a byte that says its time, if one does before another byte. */
async function timedLine(
  file: FileHandle,
  byte: number,
  before: number,
): Promise<(Line & { readonly time: number }) | undefined> {
  // Where the byte is within a line, its rest is no line.
  const isWithin = byte > 0;
  for await (const line of linesFrom(file, isWithin ? byte - 1 : 0)) {
    if (line.from >= before) return undefined;
    const isRest = isWithin && line.from === byte - 1;
    const time = isRest ? undefined : timeIn(line.text);
    if (time !== undefined) return { ...line, time };
  }
  return undefined;
}

/** A byte that a line begins at, and the time of the line before, in epoch milliseconds. */
export interface Position {
  readonly byte: number;
  readonly time: number;
}

/** Where to begin for what was written since a moment: times only rise within a file. */
async function seek(file: FileHandle, start: number, created: number): Promise<Position> {
  let position = { byte: 0, time: created };
  let high = (await file.stat()).size;
  while (start > created && high - position.byte > chunkBytes) {
    const middle = Math.floor((position.byte + high) / 2);
    const line = await timedLine(file, middle, high);
    if (line === undefined || line.time >= start) high = middle;
    else position = { byte: line.to, time: line.time };
  }
  return position;
}

/** The part of a stream that is asked for. */
export interface Extent {
  /** The first moment, in epoch milliseconds. */
  readonly start: number;
  /** The first moment that is not asked for any more. */
  readonly end: number;
  /** Where to go on. */
  readonly from?: Position;
}

/**
 * Reads the events of a stream in their order. What does not say its time, such as the lines of a stack, has that of the line before. A line
 * that is not complete is no event yet.
 *
 * @param created the time of lines before the first that says its own, in epoch milliseconds
 * @throws {LocalCloudError} if the file cannot be read
 */
export async function* readEvents(
  { path, created }: { readonly path: string; readonly created: number },
  { start, end, from }: Extent,
): AsyncGenerator<LogEvent, void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { byte, time } = from ?? (await seek(file, start, created));
    let timestamp = time;
    for await (const line of linesFrom(file, byte)) {
      const own = timeIn(line.text);
      if (own !== undefined && own >= end) return;
      timestamp = own ?? timestamp;
      if (timestamp >= start && timestamp < end && line.text !== '')
        yield { timestamp, message: line.text, from: line.from, to: line.to };
    }
  } catch (error) {
    throw explainFileError(error, path);
  } finally {
    await file?.close();
  }
}
