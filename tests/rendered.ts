// A component as a reader without a browser sees it: its markup, with the texts of the interface.

import { NextIntlClientProvider } from 'next-intl';
import { type ComponentProps, createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { loadMessages } from '@/i18n/messages';

export function markupOf(element: ReactElement): string {
  const provided = { locale: 'en', messages: loadMessages('en'), timeZone: 'UTC' };
  return renderToStaticMarkup(
    createElement(
      NextIntlClientProvider,
      provided as unknown as ComponentProps<typeof NextIntlClientProvider>,
      element,
    ),
  );
}

const signs: Record<string, string> = { '&quot;': '"', '&#x27;': "'", '&amp;': '&' };

/** The words of a piece of markup, tags taken away. */
export const wordsOf = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:quot|#x27|amp);/g, (sign) => signs[sign] ?? sign)
    .replace(/\s+/g, ' ')
    .trim();
