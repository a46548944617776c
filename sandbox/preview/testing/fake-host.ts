import {
  HostError,
  type HostAdapter,
  type HttpRequest,
  type HttpResponse,
  type Modal,
  type NavigationAdapter,
  type PageAdapter,
  type StorageAdapter,
  type Toast,
} from '../swan-api/host-adapter';
import { fail, succeed } from '../swan-api/callbacks';

/** What the backend of a test answers; `data` that is neither text nor an ArrayBuffer is sent as JSON. Status 200 unless given. */
interface Reply {
  statusCode?: number;
  data?: unknown;
  header?: Record<string, string>;
}

/** A request as the backend of a test sees it. */
interface ReceivedRequest {
  url: string;
  method: string;
  header: Record<string, string>;
  /** The body, parsed when it is JSON; undefined when there is none. */
  data: unknown;
  /** Whether the mini-program gave up on it. */
  readonly aborted: boolean;
}

/** 'never' leaves the request hanging; a HostError is a failure without any response. */
export type Answer = Reply | HostError | 'never';
type Backend = (request: ReceivedRequest) => Answer | Promise<Answer>;

/** How the cashier behaves towards one call. `delay` in ms, 0 unless given. */
type PaymentStep =
  | { success: unknown; delay?: number }
  | { fail: { errCode: number | string; errMsg: string }; delay?: number }
  | 'never'
  | ((call: PaymentCall) => void);

/** One call of swan.requestPolymerPayment. The cashier stays open until the test calls succeed or fail. */
interface PaymentCall {
  options: Record<string, unknown>;
  orderInfo: Record<string, unknown>;
  succeed(result?: unknown): void;
  fail(errCode: number | string, errMsg?: string): void;
  /** The user closes the cashier. */
  cancel(): void;
}

/**
 * How storage fails. 'refuse': reads and writes answer a refusal as old phones do. 'refuse-writes': only writes do.
 * 'throw': the native call throws. 'forget': a write succeeds and stores nothing. 'stale': reads return what was stored
 * when the fault began.
 */
type StorageFault = 'refuse' | 'refuse-writes' | 'throw' | 'forget' | 'stale';

const SYSTEM = {
  platform: 'android',
  system: 'Android 12',
  host: 'baiduboxapp',
  SDKVersion: '3.300.1',
  windowWidth: 375,
  windowHeight: 667,
};

/** The phone of a test: it records calls and answers as the test has scripted. */
export class FakeHost implements HostAdapter {
  requestTimeout = 60000;
  readonly payments: PaymentCall[] = [];
  readonly requests: ReceivedRequest[] = [];
  /** Every toast and loading shown, in order. */
  readonly toasts: Toast[] = [];
  /** The toast on the screen; time does not take it away, only the mini-program does. */
  visibleToast: Toast | null = null;
  readonly modals: Modal[] = [];
  readonly actionSheets: string[][] = [];
  /** Addresses of the pictures shown, in order. */
  readonly pictures: string[] = [];
  readonly calls: { name: string; options: unknown }[] = [];
  /** The content of storage, also while it fails. */
  readonly stored = new Map<string, unknown>();
  clipboardText = '';
  navigationBarTitle = '';
  system: Record<string, unknown> = { ...SYSTEM };
  login = true;

  private backend: Backend | null = null;
  private readonly paymentSteps: PaymentStep[] = [];
  private readonly modalAnswers: ('confirm' | 'cancel' | 'never')[] = [];
  private readonly sheetAnswers: (number | null)[] = [];
  private fault: StorageFault | null = null;
  private snapshot = new Map<string, unknown>();
  private generation = 0;

  constructor(
    readonly navigation: NavigationAdapter,
    /** The page on top. */
    readonly page: () => PageAdapter,
    private readonly reportFailure: (error: unknown, where: string) => void,
  ) {}

  /** A new phone: everything recorded, queued and stored is gone. */
  reset(): void {
    this.invalidateCallbacks();
    for (const list of [
      this.payments,
      this.requests,
      this.toasts,
      this.modals,
      this.actionSheets,
      this.pictures,
      this.calls,
    ]) {
      list.length = 0;
    }
    for (const queue of [this.paymentSteps, this.modalAnswers, this.sheetAnswers]) queue.length = 0;
    this.stored.clear();
    this.backend = null;
    this.fault = null;
    this.visibleToast = null;
    this.clipboardText = '';
    this.navigationBarTitle = '';
    this.login = true;
    this.requestTimeout = 60000;
    this.system = { ...SYSTEM };
  }

  /** Drops all answers to earlier calls. */
  invalidateCallbacks(): void {
    this.generation += 1;
  }

  /** Decides what every request gets; without it a request is a failure of the test. */
  onRequest(backend: Backend): void {
    this.backend = backend;
  }

  /** Queues how the cashier answers the coming calls, one step each. Without steps it stays open. */
  answerPayments(...steps: PaymentStep[]): void {
    this.paymentSteps.push(...steps);
  }

  /** Queues the user's answers to the coming modals; without one a modal stays open. */
  answerModals(...answers: ('confirm' | 'cancel' | 'never')[]): void {
    this.modalAnswers.push(...answers);
  }

  /** Queues the chosen indexes of the coming action sheets, null for none. */
  answerActionSheets(...answers: (number | null)[]): void {
    this.sheetAnswers.push(...answers);
  }

  /** Makes storage fail until it is called with null. */
  breakStorage(fault: StorageFault | null): void {
    this.fault = fault;
    this.snapshot = new Map(this.stored);
  }

  callsOf(name: string): unknown[] {
    return this.calls.filter(call => call.name === name).map(call => call.options);
  }

  readonly storage: StorageAdapter = {
    read: key => {
      if (this.fault === 'refuse') throw new HostError('1003', 'storage refused');
      if (this.fault === 'throw') throw new Error('storage broke down');
      return (this.fault === 'stale' ? this.snapshot : this.stored).get(key);
    },
    write: (key, value) => {
      if (this.fault === 'refuse' || this.fault === 'refuse-writes')
        throw new HostError('1003', 'storage refused');
      if (this.fault === 'throw') throw new Error('storage broke down');
      if (this.fault !== 'forget') this.stored.set(key, value);
    },
    remove: key => void this.stored.delete(key),
    clear: () => this.stored.clear(),
    keys: () => [...this.stored.keys()],
  };

  async request(request: HttpRequest): Promise<HttpResponse> {
    const { generation } = this;
    const { url, method, header, body, signal } = request;
    const received: ReceivedRequest = {
      url,
      method,
      header,
      data: parsed(body),
      get aborted() {
        return signal.aborted;
      },
    };
    this.requests.push(received);
    if (!this.backend) {
      const message = `a request to ${url}, but the test has no phone.onRequest(…)`;
      this.reportFailure(new Error(message), 'swan.request');
      throw new HostError(1001, message);
    }
    const answer = await this.backend(received);
    if (answer === 'never' || generation !== this.generation) return new Promise(() => {});
    if (answer instanceof HostError) throw answer;
    const { statusCode = 200, data = '', header: responseHeader = {} } = answer;
    const isBody = typeof data === 'string' || isArrayBuffer(data);
    return { statusCode, header: responseHeader, body: isBody ? data : JSON.stringify(data) };
  }

  toast(toast: Toast | null): void {
    if (toast) this.toasts.push(toast);
    this.visibleToast = toast;
  }

  modal(modal: Modal): Promise<boolean> {
    this.modals.push(modal);
    const answer = this.modalAnswers.shift() ?? 'never';
    return answer === 'never' ? new Promise(() => {}) : Promise.resolve(answer === 'confirm');
  }

  actionSheet(items: string[]): Promise<number | null> {
    this.actionSheets.push(items);
    const answer = this.sheetAnswers.shift();
    return answer === undefined ? new Promise(() => {}) : Promise.resolve(answer);
  }

  picture(url: string): void {
    this.pictures.push(url);
  }

  readonly tabBar = { mark: () => true, setShown: () => undefined };

  navigationBar(change: { title?: string }): void {
    this.navigationBarTitle = change.title ?? this.navigationBarTitle;
  }

  readonly clipboard = {
    read: () => Promise.resolve(this.clipboardText),
    write: (text: string) => {
      this.clipboardText = text;
      return Promise.resolve();
    },
  };

  systemInfo(): Record<string, unknown> {
    return { ...this.system };
  }

  onCall(name: string, options: unknown): void {
    this.calls.push({ name, options });
  }

  onError(error: unknown, where: string): void {
    this.reportFailure(error, where);
  }

  isLoggedIn(): boolean {
    return this.login;
  }

  pay(options: Record<string, unknown>): void {
    const { generation } = this;
    const ifAlive = (work: () => void): void => {
      if (generation === this.generation) work();
    };
    const call: PaymentCall = {
      options,
      orderInfo: options.orderInfo as Record<string, unknown>,
      succeed: (result = {}) => ifAlive(() => succeed(this, 'requestPolymerPayment', options, result)),
      fail: (errCode, errMsg = '') =>
        ifAlive(() => fail(this, 'requestPolymerPayment', options, new HostError(errCode, errMsg))),
      cancel: () => call.fail(2, '支付取消'),
    };
    this.payments.push(call);
    const step = this.paymentSteps.shift() ?? 'never';
    if (typeof step === 'function') step(call);
    else if (step !== 'never') setTimeout(() => applyStep(call, step), step.delay ?? 0);
  }
}

function applyStep(
  call: PaymentCall,
  step: Exclude<PaymentStep, 'never' | ((call: PaymentCall) => void)>,
): void {
  if ('success' in step) call.succeed(step.success);
  else call.fail(step.fail.errCode, step.fail.errMsg);
}

// That of Node is another class than that of jsdom.
const isArrayBuffer = (data: unknown): data is ArrayBuffer =>
  Object.prototype.toString.call(data) === '[object ArrayBuffer]';

function parsed(body: string | ArrayBuffer | null): unknown {
  if (body === null) return undefined;
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
