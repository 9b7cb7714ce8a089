'use client';

import { useRef, useState } from 'react';

export type UploadState =
  | { kind: 'idle' }
  | { kind: 'sending'; name: string; done: number; total: number }
  | { kind: 'cancelled' }
  | { kind: 'failed'; message: string | null };

/**
 * Sends a file as it is and measures what has left the browser. XMLHttpRequest, because fetch
 * does not tell how far an upload is.
 */
export function useUpload(address: string, onStored: (importId: string) => void) {
  const [state, setState] = useState<UploadState>({ kind: 'idle' });
  const request = useRef<XMLHttpRequest | null>(null);

  const send = (file: File) => {
    const xhr = new XMLHttpRequest();
    request.current = xhr;
    setState({ kind: 'sending', name: file.name, done: 0, total: file.size });
    xhr.upload.onprogress = (event) =>
      setState({ kind: 'sending', name: file.name, done: event.loaded, total: file.size });
    xhr.onload = () => {
      const body = parse(xhr.responseText);
      if (xhr.status === 201 && body?.id) onStored(body.id);
      else setState({ kind: 'failed', message: body?.detail ?? null });
    };
    xhr.onerror = () => setState({ kind: 'failed', message: null });
    xhr.onabort = () => setState({ kind: 'cancelled' });
    xhr.open('POST', address);
    xhr.setRequestHeader('X-File-Name', encodeURIComponent(file.name.toWellFormed()));
    xhr.setRequestHeader('Content-Type', 'application/octet-stream');
    xhr.send(file);
  };

  return {
    state,
    send,
    refuse: (message: string) => setState({ kind: 'failed', message }),
    cancel: () => request.current?.abort(),
  };
}

function parse(text: string): { id?: string; detail?: string } | null {
  try {
    return JSON.parse(text) as { id?: string; detail?: string };
  } catch {
    return null;
  }
}
