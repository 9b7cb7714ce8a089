import { expect, test } from 'vitest';
import { datasetHref, homeHref, placeOf, workspaceHref } from './frame-links';

test.each([
  [homeHref('acme'), { page: 'home' }],
  [workspaceHref('acme', 'people'), { page: 'people' }],
  [datasetHref('acme', 'd1', 'review'), { dataset: 'd1', section: 'review' }],
  [`${datasetHref('acme', 'd1', 'releases')}/4`, { dataset: 'd1', section: 'releases' }],
  ['/w/acme/datasets/d1/unknown', { dataset: 'd1', section: undefined }],
  ['/account', { page: 'account' }],
  ['/sign-in', {}],
])('%s lies at %o', (pathname, expected) => {
  expect(placeOf(pathname)).toEqual(expected);
});
