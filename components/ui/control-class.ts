/** The box around what is typed or chosen. */
export const CONTROL_BOX =
  'rounded-control border border-line-strong/70 bg-surface text-14 text-ink transition-colors hover:border-line-strong data-invalid:border-negative data-disabled:border-line data-disabled:bg-sunken data-disabled:text-ink-3 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 [&:is(input,textarea):read-only]:bg-sunken';

/** The look that all text-like controls share. */
export const CONTROL = `w-full px-2.5 ${CONTROL_BOX}`;

/** Popups that float: menus, lists, popovers. */
export const POPUP =
  'rounded-panel bg-surface text-ink shadow-float outline-none origin-(--transform-origin) transition-[opacity,scale] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0';

/** One choice in a menu or list. */
export const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-control px-2 py-1 text-13 select-none outline-none data-disabled:text-ink-3 data-highlighted:bg-hover';
