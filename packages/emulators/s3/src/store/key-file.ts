import { createHash } from 'node:crypto';

/** Longest readable name; file systems allow 255 bytes. */
const maxReadable = 200;

/**
 * File name of the object `key`: one flat file per key, whatever the key holds.
 *
 * Small letters, digits, `-`, `_` and `.` stay; every other byte of the UTF-8 key, `/` included, becomes `%xx`.
 * So `a` and `a/b` can both exist, `..` leads nowhere, and capitals stay apart on file systems that ignore case.
 * A leading dot is encoded too: dot files in the folder are never objects. Names that would be too long keep
 * their beginning and end in `~` and the SHA-256 of the key. Distinct keys have distinct names.
 */
export function keyFileName(key: string): string {
  let name = '';
  for (const byte of Buffer.from(key)) {
    const character = String.fromCharCode(byte);
    const plain = name === '' ? /[a-z0-9_-]/ : /[a-z0-9_.-]/;
    name += plain.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
  }
  if (name.length <= maxReadable) return name;
  return `${name.slice(0, 160)}~${createHash('sha256').update(key).digest('hex')}`;
}

/** Tells whether a file can be that of an object, by its name; `.DS_Store` and `Thumbs.db` cannot. */
export function isKeyFileName(name: string): boolean {
  return /^[a-z0-9_%-][a-z0-9_.%-]*(?:~[0-9a-f]{64})?$/.test(name);
}
