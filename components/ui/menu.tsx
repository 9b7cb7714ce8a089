'use client';

import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { cn } from './cn';
import { ITEM, POPUP } from './control-class';

const MENU_POPUP = cn(POPUP, 'max-h-(--available-height) max-w-80 min-w-48 overflow-y-auto p-1');

export interface MenuProps {
  /** The button that opens it. */
  trigger: React.ReactElement<Record<string, unknown>>;
  /** `MenuItem`, `MenuLink`, `MenuGroup`, `MenuChoices`, `MenuSeparator`. */
  children: React.ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
}

/** Commands behind a button. */
export function Menu({ trigger, children, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} side={side} sideOffset={4} className="z-50">
          <BaseMenu.Popup className={MENU_POPUP}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export interface ContextMenuProps {
  /** The area; its commands must also be reachable by a visible button. */
  area: React.ReactElement<Record<string, unknown>>;
  children: React.ReactNode;
}

/** Commands on the right mouse button and the context key. */
export function ContextMenu({ area, children }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger render={area} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className="z-50">
          <BaseContextMenu.Popup className={MENU_POPUP}>{children}</BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}

export interface MenuItemProps {
  icon?: React.ReactNode;
  kbd?: React.ReactNode;
  /** `danger` stands apart: put a `MenuSeparator` before it. */
  tone?: 'normal' | 'danger';
  disabled?: boolean;
  onClick?: () => void;
  children: React.ReactNode;
}

/** One command; works in a menu and a context menu. */
export function MenuItem({ icon, kbd, tone, disabled, onClick, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      disabled={disabled}
      onClick={onClick}
      className={cn(ITEM, tone === 'danger' && 'text-negative data-highlighted:bg-negative-soft')}
    >
      {icon ? <span className="flex text-current/70">{icon}</span> : null}
      <span className="min-w-0 flex-1">{children}</span>
      {kbd}
    </BaseMenu.Item>
  );
}

/** A menu entry that goes to a page. */
export function MenuLink({
  href,
  icon,
  children,
}: {
  href: string;
  icon?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <BaseMenu.LinkItem render={<Link href={href} />} closeOnClick className={ITEM}>
      {icon ? <span className="flex text-current/70">{icon}</span> : null}
      <span className="min-w-0 flex-1">{children}</span>
    </BaseMenu.LinkItem>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="mx-2 my-1 border-t" />;
}

/** Entries under a small heading. */
export function MenuGroup({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-1.5 pb-1 text-12 font-medium text-ink-3">
        {label}
      </BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  );
}

export interface MenuChoicesProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string; icon?: React.ReactNode }[];
  onValueChange: (value: Value) => void;
}

/** One of several, marked with a check, inside a menu. */
export function MenuChoices<Value extends string>(props: MenuChoicesProps<Value>) {
  return (
    <BaseMenu.RadioGroup
      value={props.value}
      onValueChange={(value: Value) => props.onValueChange(value)}
    >
      <BaseMenu.GroupLabel className="px-2 pt-1.5 pb-1 text-12 font-medium text-ink-3">
        {props.label}
      </BaseMenu.GroupLabel>
      {props.options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} className={ITEM}>
          {option.icon ? <span className="flex text-current/70">{option.icon}</span> : null}
          <span className="min-w-0 flex-1">{option.label}</span>
          <BaseMenu.RadioItemIndicator className="text-accent-ink">
            <Check aria-hidden="true" />
          </BaseMenu.RadioItemIndicator>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}
