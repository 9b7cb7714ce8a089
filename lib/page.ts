import 'server-only';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { AppError } from '@/lib/errors';
import { requireViewer, type Viewer } from '@/lib/session';

/**
 * What a page awaits: absent, foreign and forbidden things show the page "does not exist", which
 * tells a stranger nothing; a person without a session goes to the sign-in.
 */
export async function forPage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) {
      if (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN') notFound();
      if (error.code === 'UNAUTHENTICATED') {
        const path = (await headers()).get('x-path');
        redirect(path ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in');
      }
    }
    throw error;
  }
}

/** The viewer of a workspace's page. */
export const pageViewer = (workspace: string): Promise<Viewer> => forPage(requireViewer(workspace));
