// What the people of a company do without a browser: through the app's own actions and routes.
import { type APIRequestContext, expect } from '@playwright/test';
import { type Company, callAction, cookieOf, origin, type Role } from './company';

export type Act = (role: Role, action: string, input: object) => Promise<unknown>;
export type Post = (role: Role, path: string, data: unknown) => Promise<unknown>;

/** One session for each of the three, and calls of actions and routes with it; a refusal fails the test. */
export async function handsOf(
  request: APIRequestContext,
  company: Company,
): Promise<{ cookies: Record<Role, string>; act: Act; post: Post }> {
  const cookies = {
    writer: await cookieOf(company.writer),
    reviewer: await cookieOf(company.reviewer),
    admin: await cookieOf(company.admin),
  };
  return {
    cookies,
    async act(role, action, input) {
      const answer = await callAction(request, action, input, { cookie: cookies[role] });
      const what = `${action} ${JSON.stringify(input).slice(0, 300)}`;
      expect(answer, what).toMatchObject({ ok: true });
      return answer.data;
    },
    async post(role, path, data) {
      const response = await request.post(`${origin()}/api/w/${company.slug}${path}`, {
        headers: { cookie: cookies[role], origin: origin() },
        data,
      });
      expect(response.ok(), `${path} ${await response.text()}`).toBe(true);
      return (await response.json()) as unknown;
    },
  };
}
