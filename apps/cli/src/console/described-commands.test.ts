import { describe, expect, it } from 'vitest';
import { type Command, cloudFlags } from '../command.ts';
import { describeCommand, wordsFor } from './described-commands.ts';

const list: Command = {
  name: 'models list',
  operands: '',
  summary: 'list',
  details: [],
  flags: {
    ...cloudFlags,
    set: { type: 'string', multiple: true, value: 'n=v', description: 'set' },
  },
  reads: true,
  run: async () => 0,
};
const secret: Command = { ...list, name: 'env', terminalOnly: 'it prints secrets' };
const draw: Command = { ...list, name: 'draw', flags: {} };
const { stage } = cloudFlags;
const price: Command = { ...list, name: 'price', flags: { stage } };
const commands = [list, secret, draw, price];
const cloud = ['--aws', '--stage', 'staging'];

describe('wordsFor', () => {
  it('adds the cloud that the console was started for, before words that are only words', () => {
    expect(wordsFor(['models', 'list', '--json'], commands, cloud).words).toEqual([
      ...['models', 'list', '--json', '--aws', '--stage', 'staging'],
    ]);
    expect(wordsFor(['models', 'list', '--', '--aws'], commands, cloud).words).toEqual([
      ...['models', 'list', '--aws', '--stage', 'staging', '--', '--aws'],
    ]);
  });

  it('adds the stage alone where a command reads about one, and asks no cloud', () => {
    expect(wordsFor(['price'], commands, cloud).words).toEqual(['price', '--stage', 'staging']);
    expect(wordsFor(['price'], commands, []).words).toEqual(['price']);
  });

  it('leaves it out where a command talks to no cloud', () => {
    expect(wordsFor(['draw', 'x'], commands, cloud).words).toEqual(['draw', 'x']);
  });

  it.each([
    [['models', 'list', '--aws'], /--aws: the console is for one cloud/],
    [['models', 'list', '--stage=production'], /--stage=production: the console is for one cloud/],
    [['env'], /chorus env is for a terminal: it prints secrets/],
    [['models'], /There is no command 'models'/],
    [[], /There is no command/],
  ])('refuses %j', (words, why) => {
    expect(() => wordsFor(words, commands, [])).toThrow(why);
  });
});

describe('describeCommand', () => {
  it('tells what a form needs, without the flags that choose a cloud', () => {
    expect(describeCommand(list)).toMatchObject({
      name: 'models list',
      reads: true,
      flags: [
        { name: 'json', multiple: false },
        { name: 'set', multiple: true, value: 'n=v' },
      ],
    });
    expect(describeCommand(secret).terminalOnly).toBe('it prints secrets');
  });
});
