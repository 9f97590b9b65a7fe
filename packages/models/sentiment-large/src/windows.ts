/** How tokens become the tensors of MiniLM, exactly as in training: train/windows.py. */

import { endToken, startToken } from './tokenizer.ts';

/** MiniLM was trained on texts of 128 tokens, of which two are the beginning and the end. */
const tokensOfWindow = 126;

/** So many windows of a text are read; the time that a text takes grows with each. */
const mostWindows = 8;

/** Windows as rows of equal length, row-major. */
export interface Windows {
  readonly shape: readonly [rows: number, length: number];
  readonly ids: BigInt64Array;
  /** 1 for a token, 0 behind the end of a row. */
  readonly mask: BigInt64Array;
}

/** Returns windows of at most 128 tokens: of a longer text the first eight. */
export function windowsOf(tokens: readonly number[]): Windows {
  const rows = Math.min(mostWindows, Math.max(1, Math.ceil(tokens.length / tokensOfWindow)));
  const length = Math.min(tokensOfWindow, tokens.length) + 2;
  const ids = new BigInt64Array(rows * length);
  const mask = new BigInt64Array(rows * length);
  for (let row = 0; row < rows; row += 1) {
    const at = row * tokensOfWindow;
    const window = [startToken, ...tokens.slice(at, at + tokensOfWindow), endToken];
    ids.set(window.map(BigInt), row * length);
    mask.fill(1n, row * length, row * length + window.length);
  }
  return { shape: [rows, length], ids, mask };
}
