import type { Statement } from './needs.ts';

/** Whether two pieces of plain data, made in the same way, are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The first of equal things. */
function once<Of>(all: readonly Of[]): readonly Of[] {
  return all.filter((each, index) => all.findIndex((other) => isSame(each, other)) === index);
}

/**
 * Gives each statement an id of its own. Those that allow the same actions under the same id become one with the
 * resources of both, which allows no more than they did; others of the same id are numbered. One without resources,
 * which IAM refuses, allows nothing and is left out.
 */
export function mergeStatements(statements: readonly Statement[]): readonly Statement[] {
  const bySid = new Map<string, Statement>();
  for (const each of statements) {
    if (each.resources.length === 0) continue;
    let sid = each.sid;
    for (let number = 2; !isSame(bySid.get(sid)?.actions ?? each.actions, each.actions); number++)
      sid = `${each.sid}${number}`;
    const known = bySid.get(sid);
    const resources = once([...(known?.resources ?? []), ...each.resources]);
    bySid.set(sid, { ...each, ...known, sid, resources });
  }
  return [...bySid.values()];
}
