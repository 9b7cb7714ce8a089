import { openApiDocument } from '@/lib/api/openapi';
import { env } from '@/lib/env';
import { route } from '@/lib/http';

/** What programs may ask: nothing in it belongs to a workspace. */
export const GET = route(async () => Response.json(openApiDocument(new URL(env().APP_URL).origin)));
