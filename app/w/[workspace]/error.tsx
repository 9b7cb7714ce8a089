'use client';

/** A page of the workspace failed: the frame around it stays, so that people can go elsewhere. */
export { PageError as default } from '@/components/frame/page-error';
