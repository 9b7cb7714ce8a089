'use client';

import { useState } from 'react';
import type { ReviewItem } from '@/lib/reviews/review-queries';

/** Where an unfinished correction is kept in this browser: by person, example and revision. */
export function correctionKey(userId: string, item: Pick<ReviewItem, 'exampleId' | 'revisionId'>) {
  return `text:${userId}:correction:${item.exampleId}:${item.revisionId}`;
}

export function readCorrection(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function forgetCorrection(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that stores nothing has nothing to forget.
  }
}

/** Moves an unfinished correction to the newer revision that somebody saved meanwhile. */
export function moveCorrection(from: string, to: string): void {
  const text = readCorrection(from);
  if (text === null || from === to) return;
  try {
    localStorage.setItem(to, text);
  } catch {
    return;
  }
  forgetCorrection(from);
}

/** The text of a correction; every keystroke is kept, so that an ended session loses nothing. */
export function useCorrection(userId: string, item: ReviewItem) {
  const key = correctionKey(userId, item);
  const [kept] = useState(() => readCorrection(key));
  const [text, setText] = useState(kept ?? item.content.reply);
  const change = (next: string) => {
    setText(next);
    try {
      if (next === item.content.reply) localStorage.removeItem(key);
      else localStorage.setItem(key, next);
    } catch {
      // Without storage the text lives as long as the page.
    }
  };
  return { text, change, wasKept: kept !== null && kept !== item.content.reply };
}
