import {
  ArrowRight,
  BookOpenText,
  CornerUpLeft,
  ListChecks,
  PackageCheck,
  PencilLine,
  Plus,
  Scale,
  UserPlus,
} from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { HomeTask } from '@/lib/workspaces/home-rules';

const ICON: Record<HomeTask['kind'], typeof Plus> = {
  sentBack: CornerUpLeft,
  review: ListChecks,
  vote: Scale,
  drafts: PencilLine,
  brief: BookOpenText,
  release: PackageCheck,
  firstDataset: Plus,
  secondReviewer: UserPlus,
};

export interface HomeTaskListProps {
  tasks: HomeTask[];
  workspace: string;
  userId: string;
  datasetNames: Record<string, string>;
}

/** What waits, one line each, the most urgent first; every line leads to where it is done. */
export function HomeTaskList({ tasks, workspace, userId, datasetNames }: HomeTaskListProps) {
  const t = useTranslations('home');
  return (
    <ul className="flex max-w-3xl flex-col border-t">
      {tasks.map((task) => {
        const Icon = ICON[task.kind];
        return (
          <li
            key={`${task.kind} ${task.kind === 'vote' ? task.proofId : task.datasetId}`}
            className="border-b"
          >
            <Link
              href={taskHref(task, workspace, userId)}
              className="focus-inset group flex items-start gap-3 px-1 py-3 hover:bg-hover/60 sm:px-2"
            >
              <Icon aria-hidden="true" className="mt-0.5 text-accent-ink" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">
                  {t(`task.${task.kind}.title`, { count: task.count })}
                </span>
                <span className="block text-13 text-pretty text-ink-2">
                  {task.datasetId ? (
                    <span className="text-ink">{datasetNames[task.datasetId]} · </span>
                  ) : null}
                  {t(`task.${task.kind}.text`)}
                </span>
              </span>
              <ArrowRight aria-hidden="true" className="mt-0.5 text-ink-3 group-hover:text-ink" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function taskHref(task: HomeTask, workspace: string, userId: string): string {
  const root = `/w/${workspace}`;
  const dataset = `${root}/datasets/${task.datasetId}`;
  switch (task.kind) {
    case 'sentBack':
      return `${dataset}/examples?status=sent_back&author=${userId}`;
    case 'drafts':
      return `${dataset}/examples?status=draft&author=${userId}`;
    case 'review':
      return `${dataset}/review`;
    case 'vote':
      return `${root}/proofs/${task.proofId}/vote`;
    case 'brief':
      return `${dataset}/brief`;
    case 'release':
      return `${dataset}/releases`;
    case 'firstDataset':
      return `${root}/datasets/new`;
    case 'secondReviewer':
      return `${root}/people`;
    default:
      return task satisfies never;
  }
}
