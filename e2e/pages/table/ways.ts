// The ways to a page and into its states that several areas go.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Scene } from '../scene/scene';
import type { Visit } from './row';

export const nowhere = '00000000-0000-7000-8000-000000000000';
export const notFound = 'This page does not exist, or is not yours to see';
export const failed = 'This page could not be shown';

export const inWorkspace = (path: string) => (scene: Scene) => scene.filled.workspace + path;
export const inDataset = (path: string) => (scene: Scene) => scene.filled.dataset + path;
export const inEmpty = (path: string) => (scene: Scene) => scene.empty.dataset + path;
export const inNothing = (path: string) => (scene: Scene) => scene.empty.workspace + path;
export const inBroken = (path: string) => (scene: Scene) => scene.broken.dataset + path;
export const foreign = (path: string): Visit => ({
  as: 'writer',
  path: (scene) => scene.empty.workspace + path,
  heading: notFound,
});

/** Presses a button until it answers: before the page listens, a press does nothing. */
export const pressFor = (page: Page, button: string | RegExp, answer: Locator) =>
  expect(async () => {
    await page.getByRole('button', { name: button }).last().click();
    await expect(answer).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });

/** Sends a form with nothing in it. */
export const sendEmpty = (button: string) => (page: Page) =>
  pressFor(page, button, page.locator('[aria-invalid=true]').first());
