/**
 * Loaded before a function (`--import`): notes what a snapshot of the process would make all its copies share. At
 * SIGUSR2 it says on standard error which random numbers were drawn and which sockets are open.
 */

import { syncBuiltinESMExports } from 'node:module';

const crypto = process.getBuiltinModule('node:crypto');
const net = process.getBuiltinModule('node:net');
const drawn: string[] = [];
const sockets = new Set<InstanceType<typeof net.Socket>>();

/** Notes who calls a function of an object, and lets it do its work. */
function watch(object: object, name: string): void {
  const original: unknown = Reflect.get(object, name);
  if (typeof original !== 'function') throw new TypeError(`there is no ${name} to watch`);
  Reflect.set(object, name, function watched(this: unknown, ...given: unknown[]): unknown {
    const caller = new Error(name).stack?.split('\n').slice(2, 4).join(' < ') ?? '';
    drawn.push(`${name}${caller}`);
    return Reflect.apply(original, this, given);
  });
}

for (const name of ['randomUUID', 'randomBytes', 'randomFillSync', 'randomInt'])
  watch(crypto, name);
watch(globalThis.crypto, 'getRandomValues');
watch(globalThis.crypto, 'randomUUID');
watch(Math, 'random');

const connect = net.Socket.prototype.connect;
Reflect.set(
  net.Socket.prototype,
  'connect',
  function watched(this: InstanceType<typeof net.Socket>, ...given: unknown[]): unknown {
    sockets.add(this);
    this.once('close', () => sockets.delete(this));
    return Reflect.apply(connect, this, given);
  },
);
syncBuiltinESMExports();

process.on('SIGUSR2', () => {
  const open = [...sockets].map(({ remotePort }) => remotePort ?? 0);
  process.stderr.write(`${JSON.stringify({ drawn, open })}\n`);
});
