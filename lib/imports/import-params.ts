import { z } from 'zod';
import { AppError } from '@/lib/errors';

const uuid = z.uuid();

/** An id out of an address. Throws NOT_FOUND for what is none, as for one that nobody has. */
export function requireId(value: string | undefined): string {
  const parsed = uuid.safeParse(value);
  if (!parsed.success) throw new AppError('NOT_FOUND');
  return parsed.data;
}
