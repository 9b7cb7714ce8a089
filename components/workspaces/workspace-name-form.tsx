'use client';

import { useTranslations } from 'next-intl';
import { renameWorkspaceAction } from '@/lib/workspaces/workspace-actions';
import { RenameForm } from '../accounts/rename-form';

export interface WorkspaceNameFormProps {
  workspace: string;
  name: string;
}

/** Gives the workspace another name. */
export function WorkspaceNameForm({ workspace, name }: WorkspaceNameFormProps) {
  const t = useTranslations('workspaces.settings');
  return (
    <RenameForm
      name={name}
      label={t('name')}
      hint={t('nameHint', { path: `/w/${workspace}` })}
      autoComplete="off"
      submitLabel={t('save')}
      savedText={t('saved')}
      action={(input) => renameWorkspaceAction({ workspace, ...input })}
    />
  );
}
