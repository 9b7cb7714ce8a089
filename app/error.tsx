'use client';

import { PageError, type PageErrorProps } from '@/components/frame/page-error';
import { SimpleFrame } from '@/components/frame/simple-frame';

/** A page outside the frame failed, or the frame itself did. */
export default function RootError(props: PageErrorProps) {
  return (
    <SimpleFrame>
      <PageError {...props} />
    </SimpleFrame>
  );
}
