import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import { readTheme } from '@/components/frame/theme-cookie';
import { HotkeyProvider } from '@/components/hotkeys/hotkey-provider';
import { UiProvider } from '@/components/ui/ui-provider';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('frame');
  return {
    title: { default: t('appName'), template: `%s · ${t('appName')}` },
    description: t('description'),
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
};

export default async function RootLayout({ children }: { children: React.ReactNode }) {
  // A route rendered at build time carries no nonce, and its scripts would be refused.
  await connection();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const theme = await readTheme();
  return (
    <html lang={await getLocale()} data-theme={theme === 'system' ? undefined : theme}>
      <body>
        <NextIntlClientProvider>
          <UiProvider nonce={nonce}>
            <HotkeyProvider>
              <div className="app-root">{children}</div>
            </HotkeyProvider>
          </UiProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
