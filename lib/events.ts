import 'server-only';
import pg from 'pg';
import type { db, Tx } from '@/lib/db';
import { env } from '@/lib/env';
import { log } from '@/lib/log';

/**
 * Live updates over PostgreSQL's NOTIFY, so that they reach the pages of every web process.
 * A topic is `<kind>:<id>`, e.g. `run:…` or `job:…`; the message says only that something
 * changed, and the page reads what it may see.
 */
export type Topic = `${'job' | 'run' | 'import' | 'dataset' | 'trainer'}:${string}`;

const channel = 'apprentice_events';
type Listener = (topic: Topic) => void;

/** Announces a change; inside a transaction it is sent at commit. */
export async function publish(client: Tx | typeof db, topic: Topic): Promise<void> {
  await client.$executeRaw`SELECT pg_notify(${channel}, ${topic})`;
}

class Hub {
  private readonly listeners = new Set<Listener>();
  private client: pg.Client | undefined;
  private connecting = false;

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    void this.connect();
    return () => {
      this.listeners.delete(listener);
    };
  }

  private async connect(): Promise<void> {
    if (this.client || this.connecting) return;
    this.connecting = true;
    const client = new pg.Client({
      connectionString: env().DATABASE_DIRECT_URL ?? env().DATABASE_URL,
    });
    const retry = () => {
      if (this.client === client) this.client = undefined;
      client.removeAllListeners();
      client.on('error', () => undefined);
      if (this.listeners.size > 0) setTimeout(() => void this.connect(), 1_000);
    };
    try {
      await client.connect();
      client.on('error', retry);
      client.on('end', retry);
      client.on('notification', (message) => {
        for (const listener of this.listeners) listener((message.payload ?? '') as Topic);
      });
      await client.query(`LISTEN ${channel}`);
      this.client = client;
    } catch (error) {
      log.warn({ err: error }, 'live updates are interrupted');
      retry();
    } finally {
      this.connecting = false;
    }
  }
}

const holder = globalThis as typeof globalThis & { apprenticeHub?: Hub };

/** Calls the listener for every announcement of every process until the returned function is called. */
export function subscribe(listener: Listener): () => void {
  holder.apprenticeHub ??= new Hub();
  return holder.apprenticeHub.subscribe(listener);
}

/**
 * A server-sent event stream: sends `read()`'s value at once, after every announcement of one of
 * the topics and at least every 15 s. `read` re-checks the viewer's rights; what it throws ends
 * the stream. The page polls when it loses the stream.
 */
export function eventStream(
  request: Request,
  topics: Topic[],
  read: () => Promise<unknown>,
): Response {
  const encoder = new TextEncoder();
  let dispose: () => void = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let busy = false;
      let again = false;
      const send = async () => {
        if (busy) {
          again = true;
          return;
        }
        busy = true;
        try {
          do {
            again = false;
            const value = await read();
            controller.enqueue(encoder.encode(`data: ${JSON.stringify(value)}\n\n`));
          } while (again);
        } catch {
          dispose();
        } finally {
          busy = false;
        }
      };
      const wanted = new Set<string>(topics);
      const unsubscribe = subscribe((topic) => {
        if (wanted.has(topic)) void send();
      });
      const timer = setInterval(() => void send(), 15_000);
      dispose = () => {
        clearInterval(timer);
        unsubscribe();
        try {
          controller.close();
        } catch {
          // already closed by the browser
        }
      };
      request.signal.addEventListener('abort', dispose);
      void send();
    },
    cancel() {
      dispose();
    },
  });
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'private, no-store',
      'X-Accel-Buffering': 'no',
    },
  });
}
