import type { Content } from '@/lib/examples/content';

/** One target format: how an example becomes a line, and how the line is read back. */
export type Writer = {
  id: string;
  /** Media type of the file. */
  contentType: string;
  /**
   * The line without its line feed. `system` is the system message that is trained on: the
   * example's own, or the brief's.
   */
  render(content: Content, system: string): string;
  /** The inverse of `render`. Throws on anything that `render` cannot have written. */
  parse(line: string): { system: string; content: Pick<Content, 'messages' | 'reply'> };
};
