import { redirect } from 'next/navigation';

/** A dataset opens with its examples. */
export default async function DatasetPage({
  params,
}: {
  params: Promise<{ workspace: string; datasetId: string }>;
}) {
  const { workspace, datasetId } = await params;
  redirect(
    `/w/${encodeURIComponent(workspace)}/datasets/${encodeURIComponent(datasetId)}/examples`,
  );
}
