import { start } from './start.ts';

await start(process.argv.slice(2));
// Nothing that a failed start may have left open keeps the process.
process.exit();
