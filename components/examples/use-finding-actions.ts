'use client';

import { dismissFindingAction, reopenFindingAction } from '@/lib/examples/example-actions';
import { useToast } from '../ui/toast';
import { useExamples } from './examples-context';

/** Setting a warning aside, and back. */
export function useFindingActions() {
  const toast = useToast();
  const { workspace, onDetail } = useExamples();
  return {
    onDismiss: async (finding: { id: string }, reason: string) => {
      const answer = await dismissFindingAction({ workspace, findingId: finding.id, reason });
      if (!answer.ok) {
        toast.show({ title: answer.error.message, tone: 'negative' });
        throw new Error(answer.error.code);
      }
      onDetail(answer.data);
    },
    onReopen: async (finding: { id: string }) => {
      const answer = await reopenFindingAction({ workspace, findingId: finding.id });
      if (answer.ok) onDetail(answer.data);
      else toast.show({ title: answer.error.message, tone: 'negative' });
    },
  };
}
