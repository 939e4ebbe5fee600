// A server with the agent on or off: `agent-server.mjs <workload> <on|off>`. Tells what it used whenever its parent asks.

import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import express from 'express';
import { inpactServer } from '../../dist/src/server/index.js';

const [workload, isOn] = process.argv.slice(2);
const agent = inpactServer({ enabled: isOn === 'on' });

/** Nothing but HTTP: the least that a request can cost, and so the most that an agent can add to it. */
const empty = () => createServer(agent.wrap((_, response) => response.end('{"ok":true}')));

/** What an ordinary view does: a framework, a query for fifty rows, JSON. */
function ordinary() {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, cents INTEGER, note TEXT)');
  database.exec('CREATE INDEX byCustomer ON orders (customer)');
  const insert = database.prepare('INSERT INTO orders (customer, cents, note) VALUES (?, ?, ?)');
  database.exec('BEGIN');
  for (let id = 0; id < 10_000; id++) insert.run(id % 200, id * 37, `order number ${String(id)}`);
  database.exec('COMMIT');
  const sql = 'SELECT * FROM orders WHERE customer = ? ORDER BY cents DESC LIMIT 50';
  const statement = database.prepare(sql);
  const app = express();
  app.use(agent.middleware);
  app.get('/customers/:id/orders', (request, response) => {
    response.json({ orders: agent.query(sql, () => statement.all(Number(request.params.id))) });
  });
  return createServer(app);
}

/** What a page takes that is rendered on the server: a table of a thousand rows. */
function page() {
  const app = express();
  app.use(agent.middleware);
  app.get('/orders', (_, response) => {
    const rows = Array.from({ length: 1_000 }, (__, id) => {
      const cells = [id, id * 37, `order number ${String(id)}`, new Date(id * 1e7).toISOString()];
      return `<tr>${cells.map((cell) => `<td>${String(cell).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</td>`).join('')}</tr>`;
    });
    response.type('html').send(`<!doctype html><table>${rows.join('')}</table>`);
  });
  return createServer(app);
}

const server = { empty, ordinary, page }[workload]();
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.on('message', () => {
  // Of the whole process: the thread that watches the loop is part of the price.
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuUs: user + system });
});
process.once('disconnect', () => process.exit());
