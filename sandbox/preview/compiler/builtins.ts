/**
 * The built-in tags the preview draws. `inner` names a native control the tag wraps: its attributes and the
 * events that do not bubble belong to that control.
 */
export interface BuiltIn {
  element: string;
  /** Attributes that are true or absent. */
  flags?: string[];
  inner?: {
    tag: string;
    fixed?: Record<string, string>;
    attributes: string[];
    flags?: string[];
    events: string[];
  };
  /** Static attributes every element of this tag carries, unless the template gives its own. */
  fixed?: Record<string, string>;
}

const TEXT_EVENTS = ['input', 'focus', 'blur', 'confirm', 'change'];

export const BUILT_INS: Record<string, BuiltIn> = {
  view: { element: 'swan-view' },
  'cover-view': { element: 'swan-cover-view' },
  text: { element: 'swan-text' },
  label: { element: 'swan-label' },
  'scroll-view': { element: 'swan-scroll-view', flags: ['scroll-x', 'scroll-y'] },
  button: {
    element: 'swan-button',
    flags: ['disabled', 'loading', 'plain'],
    fixed: { role: 'button', tabindex: '0', 'hover-class': "{{$class('button-hover')}}" },
  },
  navigator: { element: 'swan-navigator', fixed: { role: 'link', tabindex: '0' } },
  image: {
    element: 'swan-image',
    inner: { tag: 'img', fixed: { alt: '' }, attributes: ['src'], events: ['load', 'error'] },
  },
  input: {
    element: 'swan-input',
    inner: {
      tag: 'input',
      attributes: ['type', 'value', 'placeholder', 'maxlength', 'aria-label'],
      flags: ['disabled', 'password', 'focus'],
      events: TEXT_EVENTS,
    },
  },
  textarea: {
    element: 'swan-textarea',
    inner: {
      tag: 'textarea',
      attributes: ['value', 'placeholder', 'maxlength', 'aria-label'],
      flags: ['disabled', 'focus'],
      events: TEXT_EVENTS,
    },
  },
  switch: {
    element: 'swan-switch',
    inner: {
      tag: 'input',
      fixed: { type: 'checkbox', role: 'switch' },
      attributes: ['aria-label'],
      flags: ['checked', 'disabled'],
      events: ['change'],
    },
  },
  checkbox: {
    element: 'swan-checkbox',
    inner: {
      tag: 'input',
      fixed: { type: 'checkbox' },
      attributes: ['aria-label'],
      flags: ['checked', 'disabled'],
      events: [],
    },
  },
  radio: {
    element: 'swan-radio',
    inner: {
      tag: 'input',
      fixed: { type: 'radio' },
      attributes: ['aria-label'],
      flags: ['checked', 'disabled'],
      events: [],
    },
  },
  'checkbox-group': { element: 'swan-checkbox-group', fixed: { role: 'group' } },
  'radio-group': { element: 'swan-radio-group', fixed: { role: 'radiogroup' } },
};

/** Tags of Swan's template language that exist on a phone but not here. */
export const UNSUPPORTED: Record<string, string> = {
  template: 'copy its content or make it a component',
  import: 'copy its content or make it a component',
  include: 'copy its content or make it a component',
  filter: 'compute the value in JavaScript and setData it',
  'import-sjs': 'compute the value in JavaScript and setData it',
  sjs: 'compute the value in JavaScript and setData it',
};

/** Events that are real events of the element a component is drawn in, besides those the component triggers. */
export const TOUCH_EVENTS = new Set([
  'tap',
  'longtap',
  'longpress',
  'touchstart',
  'touchmove',
  'touchend',
  'touchcancel',
]);
