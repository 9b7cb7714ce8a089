/** For `t.rich`: a command of the terminal inside a sentence, `<command>{line}</command>`. */
export const adminLinkCommand = {
  line: 'npm run admin-link',
  command: (chunks: React.ReactNode) => (
    <code className="font-mono text-13 whitespace-nowrap">{chunks}</code>
  ),
};
