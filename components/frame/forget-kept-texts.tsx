'use client';

import { useEffect } from 'react';
import { forgetLeft } from './kept-texts';

/** Stands where a sign-out ends and removes the texts that the person left on this device. */
export function ForgetKeptTexts() {
  useEffect(forgetLeft, []);
  return null;
}
