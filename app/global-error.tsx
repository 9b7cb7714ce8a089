'use client';

import './globals.css';
import frame from '@/messages/en/frame.json';
import ui from '@/messages/en/ui.json';

export interface GlobalErrorProps {
  error: Error & { digest?: string };
}

/** Shown when even the root layout failed: no provider is left, so it brings its own texts. */
export default function GlobalError({ error }: GlobalErrorProps) {
  return (
    <html lang="en">
      <head>
        <title>{frame.error.title}</title>
      </head>
      <body>
        <main className="mx-auto flex min-h-dvh max-w-lg flex-col items-start justify-center gap-2 px-4">
          <h1 className="text-20 font-semibold">{frame.error.title}</h1>
          <p className="text-14 text-ink-2">{frame.error.description}</p>
          {error.digest ? (
            <p className="mt-2 text-13 text-ink-3">
              {ui.referenceId}{' '}
              <code className="font-mono text-ink-2 select-all">{error.digest}</code>
            </p>
          ) : null}
          <a
            href="/"
            className="mt-3 inline-flex min-h-8 items-center rounded-control bg-accent px-3 text-14 font-medium text-on-accent hover:bg-accent-hover"
          >
            {frame.error.action}
          </a>
        </main>
      </body>
    </html>
  );
}
