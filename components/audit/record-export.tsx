import { useTranslations } from 'next-intl';
import { recordExportFormats } from '@/lib/audit/audit-schema';
import { type RecordUrl, serializeRecordUrl } from '@/lib/audit/audit-url';
import { buttonClass } from '../ui/button-class';

/** The whole of what the filter finds, as a file. Plain links: each download is itself recorded. */
export function RecordExport({ workspace, url }: { workspace: string; url: RecordUrl }) {
  const t = useTranslations('audit.export');
  const query = serializeRecordUrl({ ...url, at: null }).replace(/^\?/, '&');
  return recordExportFormats.map((format) => (
    <a
      key={format}
      download
      className={buttonClass()}
      href={`/api/w/${workspace}/record?format=${format}${query}`}
    >
      {t(format)}
    </a>
  ));
}
