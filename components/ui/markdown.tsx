import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { cn } from './cn';

const SAFE_LINK = /^(https?:|mailto:)/i;

/** Keeps http, https and mailto addresses; everything else loses its address. */
export function safeLink(url: string): string {
  return SAFE_LINK.test(url.trim()) ? url.trim() : '';
}

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent-ink underline underline-offset-3"
      >
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // Headings start below those of the page around the text.
  h1: ({ children }) => <h3 className="text-16 font-semibold">{children}</h3>,
  h2: ({ children }) => <h3 className="text-16 font-semibold">{children}</h3>,
  h3: ({ children }) => <h4 className="text-14 font-semibold">{children}</h4>,
  h4: ({ children }) => <h5 className="text-14 font-semibold">{children}</h5>,
  h5: ({ children }) => <p className="font-semibold">{children}</p>,
  h6: ({ children }) => <p className="font-semibold">{children}</p>,
  table: ({ children }) => (
    <div className="max-w-full overflow-x-auto">
      <table className="border-collapse text-13">{children}</table>
    </div>
  ),
};

/** A text that people wrote in Markdown. HTML in it is shown as text; images are left out. */
export function Markdown({ text, className }: { text: string; className?: string }) {
  return (
    <div
      dir="auto"
      className={cn(
        'flex max-w-reading flex-col gap-3 text-14 [&_blockquote]:border-s-2 [&_blockquote]:ps-3 [&_blockquote]:text-ink-2 [&_code]:rounded-[4px] [&_code]:bg-neutral-soft [&_code]:px-1 [&_code]:font-mono [&_code]:text-13 [&_li]:my-0.5 [&_ol]:list-decimal [&_ol]:ps-5 [&_pre]:overflow-x-auto [&_td]:border [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:px-2 [&_th]:py-1 [&_th]:text-start [&_ul]:list-disc [&_ul]:ps-5',
        className,
      )}
    >
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        urlTransform={safeLink}
        disallowedElements={['img', 'input']}
        components={COMPONENTS}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
