'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { ToastProvider } from './toast';

/** What the components need around them: the nonce of this page, tooltips, toasts. */
export function UiProvider({
  nonce,
  children,
}: {
  nonce?: string | undefined;
  children: React.ReactNode;
}) {
  return (
    // Its style elements would carry the nonce of the latest answer, not of this document: globals.css
    // holds their one rule.
    <CSPProvider nonce={nonce} disableStyleElements>
      <Tooltip.Provider delay={500}>
        <ToastProvider>{children}</ToastProvider>
      </Tooltip.Provider>
    </CSPProvider>
  );
}
