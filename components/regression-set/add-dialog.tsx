'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

interface AddDialogProps {
  title: string;
  text: string;
  variant?: 'primary' | 'secondary';
  /** The form; it closes the dialog when what it holds was added. */
  children: (close: () => void) => React.ReactNode;
}

/** A button that opens a form for something of the workspace's own. */
export function AddDialog({ title, text, variant = 'secondary', children }: AddDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="medium"
      trigger={
        <Button variant={variant} icon={<Plus aria-hidden="true" />}>
          {title}
        </Button>
      }
      title={title}
      description={text}
    >
      {children(() => setOpen(false))}
    </Dialog>
  );
}
