import { isSingleKey, type Keys } from './hotkey-keys';

export const GLOBAL_SCOPE = 'global';

export interface Hotkey {
  /** Stable name such as `review.approve`; a changed key is remembered under it. */
  id: string;
  keys: Keys;
  label: string;
  scope: string;
  /** Also fires while a text field has the focus, for Escape and the like. */
  inFields: boolean;
  /** Fires again while the key is held. */
  repeat: boolean;
  handler: (event: KeyboardEvent) => void;
}

export interface Command {
  id: string;
  label: string;
  group: string;
  /** The hotkey whose key is printed beside the command. */
  hotkey?: string;
  run: () => void;
}

interface Scope {
  token: symbol;
  name: string;
  label: string;
  exclusive: boolean;
}

interface Settings {
  singleKeys: boolean;
  remapped: Record<string, Keys>;
}

const STORAGE_KEY = 'hotkeys';
const DEFAULTS: Settings = { singleKeys: true, remapped: {} };

/** All keys and commands that work at this moment. Used in the browser only. */
export class HotkeyStore {
  #hotkeys = new Map<symbol, Hotkey>();
  #commands = new Map<symbol, Command[]>();
  #scopes: Scope[] = [];
  #settings: Settings = DEFAULTS;
  #listeners = new Set<() => void>();
  #version = 0;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  version = () => this.#version;

  #changed() {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  add(hotkey: Hotkey) {
    const token = Symbol(hotkey.id);
    this.#hotkeys.set(token, hotkey);
    this.#changed();
    return () => {
      this.#hotkeys.delete(token);
      this.#changed();
    };
  }

  addCommands(commands: Command[]) {
    const token = Symbol('commands');
    this.#commands.set(token, commands);
    this.#changed();
    return () => {
      this.#commands.delete(token);
      this.#changed();
    };
  }

  pushScope(name: string, label: string, exclusive: boolean) {
    const token = Symbol(name);
    this.#scopes = [...this.#scopes, { token, name, label, exclusive }];
    this.#changed();
    return () => {
      this.#scopes = this.#scopes.filter((scope) => scope.token !== token);
      this.#changed();
    };
  }

  /** Scopes from the innermost to `global`; an exclusive one hides what lies under it. */
  activeScopes(): { name: string; label: string; exclusive: boolean }[] {
    const active: { name: string; label: string; exclusive: boolean }[] = [];
    for (const scope of this.#scopes.toReversed()) {
      active.push(scope);
      if (scope.exclusive) return active;
    }
    return [...active, { name: GLOBAL_SCOPE, label: '', exclusive: false }];
  }

  /** The hotkeys that would fire now, innermost scope first. */
  active(): Hotkey[] {
    const all = [...this.#hotkeys.values()];
    return this.activeScopes().flatMap(({ name }) => all.filter((hotkey) => hotkey.scope === name));
  }

  /** The hotkey for a combination: the innermost scope wins, then the latest registration. */
  find(keys: Keys): Hotkey | undefined {
    const all = [...this.#hotkeys.values()].reverse();
    for (const { name } of this.activeScopes()) {
      const hit = all.find((hotkey) => hotkey.scope === name && this.keysFor(hotkey) === keys);
      if (hit) return hit;
    }
    return undefined;
  }

  commands(): Command[] {
    return [...this.#commands.values()].flat();
  }

  byId(id: string): Hotkey | undefined {
    return [...this.#hotkeys.values()].find((hotkey) => hotkey.id === id);
  }

  /** The combination in use, or null where single keys are turned off. */
  keysFor(hotkey: Pick<Hotkey, 'id' | 'keys'>): Keys | null {
    const keys = this.#settings.remapped[hotkey.id] ?? hotkey.keys;
    return isSingleKey(keys) && !this.#settings.singleKeys ? null : keys;
  }

  get singleKeys() {
    return this.#settings.singleKeys;
  }
  get isRemapped() {
    return Object.keys(this.#settings.remapped).length > 0;
  }

  setSingleKeys(on: boolean) {
    this.#save({ ...this.#settings, singleKeys: on });
  }

  /** Gives a hotkey another key. Refused (false) where an active hotkey has it already. */
  remap(id: string, keys: Keys): boolean {
    if (this.active().some((hotkey) => hotkey.id !== id && this.keysFor(hotkey) === keys)) {
      return false;
    }
    this.#save({ ...this.#settings, remapped: { ...this.#settings.remapped, [id]: keys } });
    return true;
  }

  resetAll() {
    this.#save(DEFAULTS);
  }

  load() {
    try {
      const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<Settings>;
      this.#settings = {
        singleKeys: stored.singleKeys !== false,
        remapped: Object.fromEntries(
          Object.entries(stored.remapped ?? {}).filter(([, keys]) => typeof keys === 'string'),
        ),
      };
    } catch {
      this.#settings = DEFAULTS;
    }
    this.#changed();
  }

  #save(settings: Settings) {
    this.#settings = settings;
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(settings));
    } catch {
      // A browser that stores nothing keeps the choice until the page is left.
    }
    this.#changed();
  }
}

export const hotkeyStore = new HotkeyStore();
