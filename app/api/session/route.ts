import { route } from '@/lib/http';
import { requireSignedIn } from '@/lib/session';

/** Who is signed in, for a page that wonders whether it still may save; 401 when nobody is. */
export const GET = route(async () => {
  const { userId, name } = await requireSignedIn();
  return Response.json({ userId, name });
});
