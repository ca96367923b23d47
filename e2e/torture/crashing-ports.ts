import type { Ports } from '@gangway/product/pipeline/path.ts';
import type { Tx } from '@gangway/product/ports/db/db.ts';
import { StoreError } from '@gangway/product/ports/db/store-error.ts';

/** The process is gone: nothing that it held in memory is left. The pipeline takes it for the store's fault. */
export class Crash extends StoreError {}

/** Says before and after every port call whether the process dies here. */
export type Fate = (call: string) => boolean;

/**
 * The same ports, on which the process can die before and after any call, also between the calls of one
 * transaction. After a death every further call dies too, as it would.
 */
export function crashingPorts(ports: Ports, fate: Fate): Ports {
  const state = { dead: false };
  const step = (call: string) => {
    if (!state.dead && fate(call)) state.dead = true;
    if (state.dead) throw new Crash(`died at ${call}`);
  };
  const around =
    <Args extends unknown[], Result>(call: string, run: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      step(`before ${call}`);
      const result = await run(...args);
      step(`after ${call}`);
      return result;
    };
  const { db, log, warehouse, courier } = ports;
  return {
    ...ports,
    db: {
      transaction: (access, work) =>
        around('transaction', () =>
          db.transaction(access, async (tx) => {
            const result = await work(crashingTx(tx, step));
            step('before commit');
            return result;
          }),
        )(),
      close: db.close,
    },
    log: { ...log, append: around('append', log.append), read: around('read log', log.read) },
    warehouse: {
      ...warehouse,
      write: around('warehouse write', warehouse.write),
      position: around('warehouse position', warehouse.position),
      run: ((query, params, options) => around(`ask ${query.name}`, () => warehouse.run(query, params, options))()) as typeof warehouse.run,
    },
    courier: { ...courier, send: around('send', courier.send) },
  };
}

function crashingTx(tx: Tx, step: (call: string) => void): Tx {
  const around =
    <Args extends unknown[], Result>(call: string, run: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      step(`before ${call}`);
      return run(...args);
    };
  return {
    lock: around('lock', (names) => tx.lock(names)),
    get: ((table, keys) => around(`get ${table.name}`, () => tx.get(table, keys))()) as Tx['get'],
    list: ((table, selection) => around(`list ${table.name}`, () => tx.list(table, selection))()) as Tx['list'],
    put: ((table, rows) => around(`put ${table.name}`, () => tx.put(table, rows))()) as Tx['put'],
    insertNew: ((table, rows) => around(`insert ${table.name}`, () => tx.insertNew(table, rows))()) as Tx['insertNew'],
    remove: ((table, keys) => around(`remove ${table.name}`, () => tx.remove(table, keys))()) as Tx['remove'],
    removeListed: ((table, selection) => around(`remove ${table.name}`, () => tx.removeListed(table, selection))()) as Tx['removeListed'],
  };
}
