import { InvalidRequestError } from '@chorus/protocol';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { chanceOf } from './chance.ts';
import { isFirst, isMended, seed } from './env.ts';

/** A step that does as its text says: it answers, fails once or always, refuses, hangs, or leaves that to chance. */
await runBootstrap(() => async (event) => {
  const { text = '' } = event as { readonly text?: string };
  const [order] = text.split(' ');
  switch (order) {
    case 'chance':
      return byChance(text);
    case 'once':
      if (isFirst(text.replaceAll(' ', '-'))) throw new RangeError('told to fail once');
      break;
    case 'never':
      if (!isMended()) throw new RangeError('told to fail');
      break;
    case 'bad':
      throw new InvalidRequestError('told to refuse');
    case 'hang':
      return new Promise(() => setInterval(() => {}, 1000));
    default:
  }
  return { length: text.length };
});

/** One in twenty fails until it is mended, and half of those are refused; one in twenty processes is killed at work. */
function byChance(text: string): unknown {
  const of = seed() ?? '';
  if (chanceOf(of, text, 'fails') < 0.05 && !isMended()) {
    if (chanceOf(of, text, 'refused') < 0.5) throw new InvalidRequestError('told to refuse');
    throw new RangeError('told to fail');
  }
  if (chanceOf(of, text, String(process.pid)) < 0.05) process.kill(process.pid, 'SIGKILL');
  return { length: text.length };
}
