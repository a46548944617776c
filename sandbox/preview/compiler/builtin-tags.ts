/**
 * The built-in tags the preview draws. `inner` names a native control the tag wraps: its attributes and the
 * events that do not bubble belong to that control.
 */
export interface BuiltIn {
  element: string;
  /** The element that what the template has in the tag is drawn in, instead of in the tag's own. */
  content?: string;
  /** Attributes that are true or absent. */
  flags?: string[];
  /** Properties of the element that attributes set with their value as it is; runtime/tags/ defines them. */
  properties?: Record<string, string>;
  inner?: {
    tag: string;
    fixed?: Record<string, string>;
    attributes: string[];
    flags?: string[];
    /** Properties of the control that some of these set, where the browser has no such attribute. */
    properties?: Record<string, string>;
    events: string[];
  };
  /** Static attributes every element of this tag carries, unless the template gives its own. */
  fixed?: Record<string, string>;
  /** Whether the text where nothing is typed has a class and a style of its own. */
  hasPlaceholder?: boolean;
}

/** The longest text that a phone lets a user type, where the tag does not say. */
const MAX_LENGTH = { maxlength: '140' };

const TEXT_EVENTS = ['input', 'focus', 'blur', 'confirm', 'change'];

const IMAGE: BuiltIn['inner'] = {
  tag: 'img',
  fixed: { alt: '' },
  attributes: ['src'],
  events: ['load', 'error'],
};

export const BUILT_INS: Record<string, BuiltIn> = {
  view: { element: 'swan-view' },
  'cover-view': { element: 'swan-cover-view' },
  text: { element: 'swan-text' },
  label: { element: 'swan-label' },
  form: { element: 'swan-form' },
  'scroll-view': {
    element: 'swan-scroll-view',
    content: 'preview-scrolled',
    flags: ['scroll-x', 'scroll-y', 'scroll-with-animation'],
    properties: {
      'scroll-top': 'swanScrollTop',
      'scroll-left': 'swanScrollLeft',
      'scroll-into-view': 'swanScrollIntoView',
    },
  },
  'movable-area': { element: 'swan-movable-area' },
  'movable-view': {
    element: 'swan-movable-view',
    flags: ['disabled'],
    properties: { x: 'swanX', y: 'swanY' },
  },
  swiper: {
    element: 'swan-swiper',
    flags: ['vertical', 'autoplay', 'circular', 'indicator-dots'],
  },
  'swiper-item': { element: 'swan-swiper-item' },
  button: {
    element: 'swan-button',
    flags: ['disabled', 'loading', 'plain'],
    fixed: { role: 'button', tabindex: '0', 'hover-class': "{{$class('button-hover')}}" },
  },
  icon: {
    element: 'swan-icon',
    inner: {
      tag: 'i',
      attributes: ['size', 'color'],
      properties: { size: 'swanIconSize', color: 'swanIconColor' },
      events: [],
    },
  },
  navigator: { element: 'swan-navigator', fixed: { role: 'link', tabindex: '0' } },
  image: { element: 'swan-image', inner: IMAGE },
  'cover-image': { element: 'swan-cover-image', inner: IMAGE },
  input: {
    element: 'swan-input',
    hasPlaceholder: true,
    inner: {
      tag: 'input',
      fixed: MAX_LENGTH,
      attributes: ['type', 'value', 'placeholder', 'maxlength', 'aria-label'],
      flags: ['disabled', 'password', 'focus'],
      properties: { type: 'swanType', password: 'swanPassword', focus: 'swanFocus' },
      events: TEXT_EVENTS,
    },
  },
  textarea: {
    element: 'swan-textarea',
    hasPlaceholder: true,
    flags: ['auto-height'],
    inner: {
      tag: 'textarea',
      fixed: MAX_LENGTH,
      attributes: ['value', 'placeholder', 'maxlength', 'aria-label'],
      flags: ['disabled', 'focus'],
      properties: { focus: 'swanFocus' },
      events: TEXT_EVENTS,
    },
  },
  'rich-text': { element: 'swan-rich-text', properties: { nodes: 'swanNodes' } },
  picker: {
    element: 'swan-picker',
    properties: {
      mode: 'swanMode',
      range: 'swanRange',
      'range-key': 'swanRangeKey',
      value: 'swanValue',
      start: 'swanStart',
      end: 'swanEnd',
      fields: 'swanFields',
      'custom-item': 'swanCustomItem',
      disabled: 'swanDisabled',
    },
  },
  'picker-view': {
    element: 'swan-picker-view',
    properties: { value: 'swanRows', 'indicator-style': 'swanIndicatorStyle' },
  },
  'picker-view-column': { element: 'swan-picker-view-column' },
  slider: {
    element: 'swan-slider',
    properties: { 'show-value': 'swanShowValue' },
    inner: {
      tag: 'input',
      fixed: { type: 'range', value: '0' },
      attributes: 'min max step value aria-label active-color background-color block-color block-size'.split(
        ' ',
      ),
      flags: ['disabled'],
      properties: {
        value: 'swanNumber',
        'active-color': 'swanActiveColor',
        'background-color': 'swanBackgroundColor',
        'block-color': 'swanBlockColor',
        'block-size': 'swanBlockSize',
      },
      events: ['change', 'changing'],
    },
  },
  progress: {
    element: 'swan-progress',
    properties: { 'show-info': 'swanShowValue' },
    inner: {
      tag: 'progress',
      fixed: { max: '100', value: '0' },
      attributes: ['percent', 'color', 'active-color', 'background-color', 'stroke-width'],
      properties: {
        percent: 'swanNumber',
        color: 'swanColor',
        'active-color': 'swanActiveColor',
        'background-color': 'swanBackgroundColor',
        'stroke-width': 'swanStrokeWidth',
      },
      events: [],
    },
  },
  switch: {
    element: 'swan-switch',
    inner: {
      tag: 'input',
      fixed: { type: 'checkbox', role: 'switch' },
      attributes: ['color', 'aria-label'],
      flags: ['checked', 'disabled'],
      properties: { color: 'swanColor', checked: 'swanChecked' },
      events: ['change'],
    },
  },
  checkbox: {
    element: 'swan-checkbox',
    properties: { value: 'swanItemValue' },
    inner: {
      tag: 'input',
      fixed: { type: 'checkbox' },
      attributes: ['color', 'aria-label'],
      flags: ['checked', 'disabled'],
      properties: { color: 'swanColor', checked: 'swanChecked' },
      events: [],
    },
  },
  radio: {
    element: 'swan-radio',
    properties: { value: 'swanItemValue' },
    inner: {
      tag: 'input',
      fixed: { type: 'radio' },
      attributes: ['color', 'aria-label'],
      flags: ['checked', 'disabled'],
      properties: { color: 'swanColor' },
      events: [],
    },
  },
  'checkbox-group': { element: 'swan-checkbox-group', fixed: { role: 'group' } },
  'radio-group': { element: 'swan-radio-group', fixed: { role: 'radiogroup' } },
};

/** Tags of Swan that the preview does not draw: they become boxes with their name. */
const NOT_DRAWN = new Set(
  (
    'ad ad-video-item animation-video animation-view ar-camera audio camera canvas comment-detail comment-list editor ' +
    'follow-swan inline-payment-panel like live-player live-pusher login map ' +
    'natural-view open-data page-meta rtc-room rtc-room-item ' +
    'tab-item tabs video web-view'
  ).split(' '),
);

/** Tags of HTML that the open-source runtime draws as they are. Those that would load or run something are not among them. */
export const HTML_TAGS: ReadonlySet<string> = new Set(
  (
    'a abbr article aside b blockquote br code dd del div dl dt em footer h1 h2 h3 h4 h5 h6 header hr i img ins li main ' +
    'mark nav ol p pre s section small span strong sub sup table tbody td tfoot th thead tr u ul'
  ).split(' '),
);

/** A tag as a box with its name. */
export const boxOf = (tag: string): BuiltIn => ({
  element: `swan-${tag.toLowerCase()}`,
  fixed: { 'preview-box': tag },
});

/** Whether a phone knows a tag, drawn here or not. */
export const isSwanTag = (tag: string): boolean => Object.hasOwn(BUILT_INS, tag) || NOT_DRAWN.has(tag);

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
