// Runs inside an image build: compiles a bundle ahead of its first start, with the Node it will start on.
// V8's code depends on the exact Node and processor; where they differ, Node compiles as if nothing were here.
import { chmod, chown, mkdir, readdir } from 'node:fs/promises';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

const [app, cache] = process.argv.slice(2);

// Node keeps a folder per user: fill the one of the user that the image, and Lambda, run as.
const [uid, gid] = [993, 990];
await mkdir(cache, { recursive: true });
await chown(cache, uid, gid);
process.setgid(gid);
process.setuid(uid);
enableCompileCache(cache);

for (const file of (await readdir(app)).sort()) {
  // The entry point stops at once: there is no Lambda here. It is compiled all the same.
  await import(join(app, file)).catch(() => {});
}
flushCompileCache();

const entries = await readdir(cache, { recursive: true, withFileTypes: true });
for (const entry of entries)
  await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
console.log(`${entries.length - 1} modules compiled`);
