import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CheckStep } from '@/components/imports/check-step';
import { DoneStep } from '@/components/imports/done-step';
import { ImportProgress } from '@/components/imports/import-progress';
import { ImportStepper } from '@/components/imports/import-stepper';
import { JobEnded } from '@/components/imports/job-ended';
import { MappingStep } from '@/components/imports/mapping-step';
import { PageBody, PageHeader } from '@/components/ui/page-header';
import { orNotFound } from '@/lib/imports/import-page';
import { requireId } from '@/lib/imports/import-params';
import {
  findBadRows,
  findImportJob,
  getImport,
  getImportPreview,
  getUndoEffect,
  type ImportView,
} from '@/lib/imports/import-queries';
import { canVisit, stepOf } from '@/lib/imports/import-rules';
import { importSteps } from '@/lib/imports/import-schema';
import { requireViewer, type Viewer } from '@/lib/session';

type Props = {
  params: Promise<{ workspace: string; datasetId: string; importId: string }>;
  searchParams: Promise<{ step?: string; after?: string }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('imports');
  return { title: t('title') };
}

export default async function ImportStepPage(props: Props) {
  const params = await props.params;
  const search = await props.searchParams;
  const t = await getTranslations('imports');
  const { viewer, row } = await orNotFound(async () => {
    const viewer = await requireViewer(params.workspace);
    const datasetId = requireId(params.datasetId);
    const row = await getImport(viewer, { datasetId, importId: requireId(params.importId) });
    return { viewer, row };
  });
  if (row.state === 'cancelled') notFound();
  const datasetHref = `/w/${params.workspace}/datasets/${params.datasetId}`;
  const href = `${datasetHref}/import/${row.id}`;
  const asked = importSteps.find((step) => step === search.step);
  const step = asked && canVisit(row.state, asked) ? asked : stepOf(row.state);
  const place = { workspace: params.workspace, datasetHref, href, after: toLine(search.after) };
  return (
    <PageBody>
      <PageHeader title={t('title')} description={<span dir="auto">{row.fileName}</span>} />
      <ImportStepper href={href} state={row.state} current={step} />
      <StepBody viewer={viewer} row={row} step={step} {...place} />
    </PageBody>
  );
}

type BodyProps = {
  viewer: Viewer;
  row: ImportView;
  step: (typeof importSteps)[number];
  workspace: string;
  datasetHref: string;
  href: string;
  after: number;
};

async function StepBody({ viewer, row, step, ...place }: BodyProps) {
  const { workspace, datasetHref, href } = place;
  const job = await findImportJob(viewer, row.id);
  const isRunning = ['checking', 'importing', 'undoing'].includes(row.state);
  if (isRunning && job && step !== 'mapping') {
    const t = await getTranslations('imports');
    return (
      <ImportProgress
        key={job.id}
        workspace={workspace}
        job={job}
        canCancel={row.state !== 'undoing'}
        note={row.state === 'importing' ? t('done.importingHint') : t('check.leave')}
      />
    );
  }
  if (step === 'check' && row.counts) {
    const badRows = await findBadRows(viewer, { importId: row.id, after: place.after });
    return (
      <>
        <JobEnded job={job} />
        <CheckStep
          workspace={workspace}
          href={href}
          downloadHref={`/api${datasetHref}/imports/${row.id}/bad-rows`}
          row={row}
          counts={row.counts}
          badRows={badRows}
          isFirstPage={place.after === 0}
        />
      </>
    );
  }
  if (step === 'done') {
    const mayUndo = row.createdById === viewer.userId || viewer.role === 'admin';
    const undo = mayUndo && row.state === 'imported' ? await getUndoEffect(viewer, row.id) : null;
    return <DoneStep workspace={workspace} datasetHref={datasetHref} row={row} undo={undo} />;
  }
  const preview = await getImportPreview(viewer, { importId: row.id });
  const readingKey = JSON.stringify(row.reading);
  return (
    <>
      <JobEnded job={job} />
      <MappingStep key={readingKey} workspace={workspace} href={href} row={row} preview={preview} />
    </>
  );
}

function toLine(text: string | undefined): number {
  const line = Number(text ?? 0);
  return Number.isSafeInteger(line) && line > 0 && line < 2_147_483_647 ? line : 0;
}
