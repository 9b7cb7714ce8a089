'use client';

import { useState } from 'react';
import type { ReviewItem } from '@/lib/reviews/review-queries';

/** All unsaved texts of a person begin alike in this browser, so that signing out finds them. */
const prefix = (userId: string) => `apprentice:draft:${userId}:review`;

/** Where an unfinished correction is kept: by person, example and revision. */
export function correctionKey(userId: string, item: Pick<ReviewItem, 'exampleId' | 'revisionId'>) {
  return `${prefix(userId)}:correction:${item.exampleId}:${item.revisionId}`;
}

/** Where an unsent reason for sending back is kept. */
export function reasonKey(userId: string, item: Pick<ReviewItem, 'exampleId'>) {
  return `${prefix(userId)}:reason:${item.exampleId}`;
}

function readText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeText(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Without storage the text lives as long as the page.
  }
}

export function forgetText(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that stores nothing has nothing to forget.
  }
}

/** Moves an unfinished correction to the newer revision that somebody saved meanwhile. */
export function moveText(from: string, to: string): void {
  const text = readText(from);
  if (text === null || from === to) return;
  writeText(to, text);
  forgetText(from);
}

/** A text of which every keystroke is kept, so that an ended session or a closed tab loses nothing. */
export function useKeptText(key: string, initial: string) {
  const [kept] = useState(() => readText(key));
  const [text, setText] = useState(kept ?? initial);
  const change = (next: string) => {
    setText(next);
    if (next === initial) forgetText(key);
    else writeText(key, next);
  };
  return { text, change, wasKept: kept !== null && kept !== initial };
}
