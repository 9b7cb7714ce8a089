import 'server-only';
import { dataPath } from '@/lib/files';

/** Where a proof's prompts and answers lie while they are being made. */
export const proofFolder = (proofId: string) => dataPath('proofs', proofId);
