/** Every table of the documentation, by the name in its marker, in English or Chinese. */
import type { Locale } from '../../merchant';
import { MESSAGES } from '../../utils/config/messages';
import { DEFAULTS, TIMING } from '../../utils/config/config';
import { MESSAGES as ORDER_MESSAGES } from '../../components/order-summary/messages';
import en from '../../utils/config/locale/en';
import { code, table } from './markdown';
import { HEADS, WORDS, type Head } from './phrases.zh-CN';
import { REASONS } from './fail-reasons';
import { isInterface, kebab, readComponent, readInterface, type Entry, readTheme } from './source';

export const COMPONENTS = {
  'pay-button': {
    file: 'components/pay-button/pay-button.ts',
    events: ['utils/payment/pay-button-events.ts', 'PayButtonEvents'],
    props: 'PayButtonProps',
  },
  'order-summary': {
    file: 'components/order-summary/order-summary.ts',
    events: ['utils/order/order-view.ts', 'OrderSummaryEvents'],
    props: 'OrderSummaryProps',
  },
} as const;

type ComponentName = keyof typeof COMPONENTS;

/** A word or sentence in one language; English is what the sources say. */
type Translate = (english: string) => string;

/** @throws Error naming an English sentence that has no Chinese one */
function translatorOf(language: Locale): Translate {
  if (language === 'en') return text => text;
  return text => {
    if (!text) return '';
    const chinese = WORDS[text];
    if (!chinese) throw new Error(`scripts/docs/phrases.zh-CN.ts: no Chinese for "${text}"`);
    return chinese;
  };
}

const head = (language: Locale, ...words: Head[]): string[] =>
  words.map(word => (language === 'en' ? word : HEADS[word]));

function propertiesTable(name: ComponentName, language: Locale, translate: Translate): string {
  return table(
    head(language, 'property', 'type', 'default', 'meaning'),
    readComponent(COMPONENTS[name].file).properties.map(entry => [
      code(kebab(entry.name)),
      code(entry.type),
      code(entry.initial),
      translate(entry.comment),
    ]),
  );
}

/** Fields of an event's detail; `paycomplete` carries one of the others and these besides. */
function fieldsOf(file: string, detail: string): Entry[] {
  if (isInterface(file, detail)) return readInterface(file, detail);
  const fields = [...readInterface(file, detail), ...readInterface(file, 'Completion')];
  return fields
    .filter(({ name }, at) => fields.findIndex(other => other.name === name) === at)
    .map(field =>
      field.name === 'outcome'
        ? {
            ...field,
            type: fields
              .filter(({ name }) => name === 'outcome')
              .map(({ type }) => type)
              .join(' | '),
          }
        : field,
    );
}

function eventsTable(name: ComponentName, language: Locale, translate: Translate): string {
  const [file, map] = COMPONENTS[name].events;
  return table(
    head(language, 'event', 'when', 'detail'),
    readInterface(file, map).map(event => {
      const names = fieldsOf(file, event.type).map(field => field.name);
      const all = isInterface(file, event.type) ? names : [...names, '…'];
      return [code(event.name), translate(event.comment), code(`{ ${all.join(', ')} }`)];
    }),
  );
}

/** One row for each field; two where it means something else in another event. */
function detailsTable(name: ComponentName, language: Locale, translate: Translate): string {
  const [file, map] = COMPONENTS[name].events;
  const rows: (Entry & { events: string[] })[] = [];
  for (const event of readInterface(file, map)) {
    for (const field of fieldsOf(file, event.type)) {
      const same = rows.find(
        row => row.name === field.name && (!field.comment || row.comment === field.comment),
      );
      if (same) same.events.push(event.name);
      else rows.push({ ...field, events: [event.name] });
    }
  }
  return table(
    head(language, 'field', 'type', 'events', 'meaning'),
    rows.map(field => [
      code(field.name),
      code(field.type),
      field.events.map(code).join(' '),
      translate(field.comment),
    ]),
  );
}

function partsTable(name: ComponentName, language: Locale, translate: Translate): string {
  const { slots, externalClasses } = readComponent(COMPONENTS[name].file);
  const rows = (kind: Head, entries: Entry[]): string[][] =>
    entries.map(entry => [...head(language, kind), code(entry.name), translate(entry.comment)]);
  return table(head(language, 'kind', 'name', 'meaning'), [
    ...rows('slot', slots),
    ...rows('external class', externalClasses),
  ]);
}

function interfaceTable(file: string, name: string, language: Locale, translate: Translate): string {
  return table(
    head(language, 'field', 'type', 'meaning'),
    readInterface(file, name).map(field => [
      code(field.name + (field.optional ? '?' : '')),
      code(field.type),
      translate(field.comment),
    ]),
  );
}

const LONG_DEFAULT = 40;

function settingsTable(name: 'Config' | 'Timing', language: Locale, translate: Translate): string {
  const defaults: Record<string, unknown> = { ...(name === 'Config' ? DEFAULTS : TIMING) };
  const written = (key: string): string => JSON.stringify(defaults[key]);
  return table(
    head(language, 'setting', 'default', 'meaning'),
    readInterface('utils/config/config.ts', name).map(entry => {
      const initial = written(entry.name);
      return [
        code(entry.name),
        initial.length > LONG_DEFAULT ? '…' : code(initial),
        translate(entry.comment),
      ];
    }),
  );
}

function themeTable(language: Locale, translate: Translate): string {
  return table(
    head(language, 'custom property', 'light', 'dark', 'meaning'),
    readTheme('components/theme.css').map(property => [
      code(property.name),
      code(property.light),
      code(property.dark),
      translate(property.comment),
    ]),
  );
}

const TEXTS = { 'zh-CN': { ...MESSAGES, ...ORDER_MESSAGES }, en };

function messagesTable(language: Locale): string {
  return table(
    head(language, 'message', 'zh-CN', 'en'),
    (Object.keys(en) as (keyof typeof en)[]).map(key => [code(key), TEXTS['zh-CN'][key], en[key]]),
  );
}

function reasonsTable(language: Locale): string {
  return table(
    head(language, 'reason', 'meaning', 'the user reads'),
    Object.entries(REASONS).map(([reason, meaning]) => [
      code(reason),
      meaning[language],
      TEXTS[language][reason as keyof typeof REASONS],
    ]),
  );
}

type Write = (language: Locale, translate: Translate) => string;

/** Interfaces that a page may show, and where they are declared. */
const INTERFACES = {
  PayInput: 'utils/payment/pay-button-events.ts',
  OrderView: 'utils/order/order-view.ts',
  OrderLine: 'utils/order/order-view.ts',
  OrderCharge: 'utils/order/order-view.ts',
  OrderDetail: 'utils/order/order-view.ts',
  OrderMismatch: 'utils/order/order-view.ts',
};

const OF_A_COMPONENT = {
  properties: propertiesTable,
  events: eventsTable,
  details: detailsTable,
  parts: partsTable,
};

const TABLES = new Map<string, Write>([
  ...(Object.keys(COMPONENTS) as ComponentName[]).flatMap(component =>
    Object.entries(OF_A_COMPONENT).map(([kind, write]): [string, Write] => [
      `${component} ${kind}`,
      (language, translate) => write(component, language, translate),
    ]),
  ),
  ...Object.entries(INTERFACES).map(([name, file]): [string, Write] => [
    name,
    (language, translate) => interfaceTable(file, name, language, translate),
  ]),
  ['fail reasons', reasonsTable],
  ['custom properties', themeTable],
  ['configure', (language, translate) => settingsTable('Config', language, translate)],
  ['timing', (language, translate) => settingsTable('Timing', language, translate)],
  ['messages', messagesTable],
]);

/** The names that a marker may have. */
export const TABLE_NAMES = [...TABLES.keys()];

/** @throws Error when there is no such table */
export function tableOf(name: string, language: Locale): string {
  const write = TABLES.get(name);
  if (!write) throw new Error(`there is no table called "${name}"`);
  return write(language, translatorOf(language));
}
