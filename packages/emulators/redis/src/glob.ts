/** Redis's patterns: `*`, `?`, `[a-c]`, `[^a]`, and a backslash before what is meant as it is. */
export function globPattern(glob: string): RegExp {
  let source = '';
  for (let index = 0; index < glob.length; index += 1) {
    const character = glob.charAt(index);
    const set = character === '[' ? /^\[(\^?)((?:\\.|[^\]\\])*)\]/s.exec(glob.slice(index)) : null;
    if (set !== null) {
      const members = (set[2] ?? '')
        .replace(/(\\?.)-(\\?.)/gs, ascending)
        .replace(/\\(.)|([\^[\]])/gs, (_, escaped, special) =>
          escaped === undefined ? `\\${special}` : `\\x${hex(escaped)}`,
        );
      source += `[${set[1]}${members}]`;
      index += set[0].length - 1;
    } else if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else {
      if (character === '\\' && index + 1 < glob.length) index += 1;
      source += `\\x${hex(glob.charAt(index))}`;
    }
  }
  return new RegExp(`^${source}$`, 's');
}

/** A range may be given either way round. */
function ascending(range: string, first: string, last: string): string {
  return first.slice(-1) > last.slice(-1) ? `${last}-${first}` : range;
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');
