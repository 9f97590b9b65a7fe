import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCommandParser } from './parse-commands.ts';
import { encode, ReplyError } from './replies.ts';

/** Returns the commands in a stream that comes in the given chunks, and at the end the error, if there is one. */
function parse(chunks: readonly Buffer[]): string[][] {
  const parser = createCommandParser();
  const commands: string[][] = [];
  try {
    for (const chunk of chunks)
      for (const command of parser.push(chunk))
        commands.push(command.map((part) => part.toString('latin1')));
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    commands.push([error.message]);
  }
  return commands;
}

/** Cuts bytes at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length];
  edges.sort((a, b) => a - b);
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

const chunking = fc.array(fc.nat(), { maxLength: 12 });

describe('the command parser', () => {
  it('gives the commands that were sent, however the stream was cut', () => {
    const argument = fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes));
    const commands = fc.array(fc.array(argument, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(commands, chunking, (given, places) => {
        const stream = Buffer.concat(given.map((command) => encode(command, 2)));
        expect(parse(cut(stream, places))).toEqual(
          given.map((command) => command.map((part) => part.toString('latin1'))),
        );
      }),
    );
  });

  it('makes the same of any bytes, however they were cut', () => {
    const pieces = fc.constantFrom(
      '*',
      '$',
      '1',
      '3',
      '-1',
      '\r\n',
      '\n',
      'GET',
      ' ',
      '"',
      "'",
      '\\x41',
      'ü',
    );
    const stream = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''))),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(stream, chunking, (bytes, places) => {
        expect(parse(cut(bytes, places))).toEqual(parse([bytes]));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes commands typed as lines, with quotes', () => {
    const line = `  SET key "a\\x41\\n\\"b\\"" 'it\\'s'\r\n\r\nPING\n`;
    expect(parse([Buffer.from(line)])).toEqual([['SET', 'key', 'aA\n"b"', "it's"], ['PING']]);
  });

  it.each([
    ['*x\r\n', 'invalid multibulk length'],
    ['*1048577\r\n', 'invalid multibulk length'],
    ['*1\r\nPING\r\n', "expected '$', got 'P'"],
    ['*1\r\n$-1\r\n', 'invalid bulk length'],
    ['*1\r\n$999999999\r\n', 'invalid bulk length'],
    ['GET "a\r\n', 'unbalanced quotes in request'],
    ['GET "a"b\r\n', 'unbalanced quotes in request'],
    [`${'a'.repeat(70_000)}`, 'too big inline request'],
  ])('refuses %j in the words of Redis', (stream, message) => {
    expect(parse([Buffer.from('PING\r\n'), Buffer.from(stream)])).toEqual([
      ['PING'],
      [`ERR Protocol error: ${message}`],
    ]);
  });

  it('skips empty and negative arrays', () => {
    expect(parse([Buffer.from('*0\r\n*-1\r\nPING\r\n')])).toEqual([['PING']]);
  });

  it('takes a value of megabytes in small pieces without copying it again and again', () => {
    const value = Buffer.alloc(8 * 1024 * 1024, 7);
    const stream = encode([Buffer.from('SET'), Buffer.from('key'), value], 2);
    const parser = createCommandParser();
    const taken: Buffer[] = [];
    for (let start = 0; start < stream.length; start += 1000)
      for (const command of parser.push(stream.subarray(start, start + 1000)))
        taken.push(...command.slice(2));
    expect(taken).toHaveLength(1);
    expect(taken[0]?.equals(value)).toBe(true);
  });
});
