/** swan.showModal, and the person who answers it. */
import type { Clock } from './clock';

export interface Question {
  title: string;
  content: string;
  confirmText: string;
  cancelText: string;
}

export interface ModalOptions extends Question {
  success: (answer: { confirm?: boolean; cancel?: boolean }) => void;
  fail: () => void;
}

export type ModalObservation =
  { kind: 'question'; question: Question } | { kind: 'answer'; question: Question; yes: boolean };

/** What the person says; 'none' thinks about it for ever. */
export type ModalAnswer = 'yes' | 'no' | 'none';
/** What the host does with the call. */
export type ModalMode = 'ok' | 'fails' | 'throws';

/** ms a person needs to read it */
const READING = 1300;
/** ms until the person looks again whether it can be seen */
const LOOKING = 1000;

export class FakeModal {
  answer: ModalAnswer = 'no';
  mode: ModalMode = 'ok';
  /** ms until the person answers */
  delay = READING;
  readonly questions: Question[] = [];
  /** whether the person can see it: not in the background, and not under a cashier */
  isVisible: () => boolean = () => true;
  /** the page is only compared, so that any object will do */
  private open: { page: object | undefined; options: ModalOptions; question: Question } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly world: object,
    private readonly observe: (observation: ModalObservation) => void,
  ) {}

  /** a person cannot tap what is under it */
  get isOpen(): boolean {
    return !!this.open;
  }

  show(options: ModalOptions, page: object | undefined): void {
    if (this.mode === 'throws') throw new Error('no modal');
    if (this.mode === 'fails') {
      this.clock.after(10, () => options.fail(), this.world);
      return;
    }
    const { title, content, confirmText, cancelText } = options;
    const question = { title, content, confirmText, cancelText };
    const opened = { page, options, question };
    this.open = opened;
    this.questions.push(question);
    this.observe({ kind: 'question', question });
    const { answer } = this;
    if (answer === 'none') return;
    const decide = (): void => {
      if (this.open !== opened) return;
      if (this.isVisible()) this.reply(answer === 'yes');
      else this.clock.after(LOOKING, decide, this.world);
    };
    this.clock.after(this.delay, decide, this.world);
  }

  /** The person answers the question that is open. */
  reply(yes: boolean): void {
    const { open } = this;
    if (!open) return;
    this.open = null;
    this.observe({ kind: 'answer', question: open.question, yes });
    open.options.success(yes ? { confirm: true } : { cancel: true });
  }

  /** A modal goes with its page, without a callback. */
  closeWith(page: object): void {
    if (this.open?.page === page) this.open = null;
  }

  drop(): void {
    this.open = null;
  }
}
