/** The Chinese of everything the sources say in English. A sentence that is missing here fails `npm run docs`. */

export const HEADS = {
  property: '属性',
  type: '类型',
  default: '默认值',
  meaning: '说明',
  event: '事件',
  when: '触发时机',
  detail: 'detail',
  field: '字段',
  events: '所在事件',
  kind: '类别',
  name: '名称',
  slot: '插槽',
  'external class': '外部样式类',
  setting: '配置项',
  'custom property': 'CSS 变量',
  light: '浅色',
  dark: '深色',
  message: '文案',
  'zh-CN': '中文',
  en: '英文',
  reason: 'reason',
  'the user reads': '用户看到的提示',
} as const;

export type Head = keyof typeof HEADS;

const PAY_BUTTON = {
  'where an order is created; relative to configure({ baseUrl })':
    '下单地址；相对地址会拼在 configure({ baseUrl }) 之后',
  'what is sent to create-url (cart, sku, …)': '下单请求体（购物车、SKU 等）',
  'a ready orderInfo instead of create-url; while it is null or {} the button is locked':
    '现成的 orderInfo，用它就不需要 create-url；为 null 或 {} 时按钮锁定',
  'HTTP method for create-url': '下单请求的方法',
  'request header for create-url and status-url': '下单和查单请求的请求头',
  'where the backend says whether the order is paid; GET, with tpOrderId in place of `{tpOrderId}`, else in the query':
    '查单地址，由后端回答是否已支付；GET 请求，用 tpOrderId 替换地址里的 `{tpOrderId}`，没有则加在查询参数里',
  'a name for this purchase; with it the same goods stay `paid` until the app restarts, and an order-summary can be tied to it':
    '给这笔购买起的名字；有了它，同样的商品在小程序重启前一直是“已支付”，也可以与 order-summary 关联',
  'label; the default slot replaces it': '按钮文字；写了默认插槽则以插槽为准',
  'integer fen, shown in the label; an order of another totalAmount is refused. Part of what is bought: set it before the tap':
    '金额，单位为分的整数，显示在按钮上；与订单 totalAmount 不一致时拒绝支付。它是商品的一部分，请在点击之前设好',
  'locks the button, as it does the built-in one': '锁定按钮，取值规则同内置 button',
  'as the built-in button': '同内置 button',
  'a tap only fires paytap; the page calls pay()': '点击只触发 paytap，由页面自己调用 pay()',
  "'auto', 'none', or a list of the outcomes that are toasted, such as \"fail,cancel\"":
    "'auto'、'none'，或要弹提示的结果列表，如 \"fail,cancel\"",
  'channels the cashier hides: Alipay, WeChat, BDWallet, …':
    '收银台要隐藏的支付渠道：Alipay、WeChat、BDWallet 等',
  'key of an inline-payment-panel': 'inline-payment-panel 给出的标识',
  'Web 态: page to return to after paying': 'Web 态：支付后返回的页面',
  'platform coupons (spuid), comma separated': '平台优惠券 spuid，多个用逗号分隔',
  "true: on iOS nothing is rendered and pay() fails 'virtual-goods-ios'":
    "为 true 时，iOS 上不渲染任何内容，pay() 以 'virtual-goods-ios' 失败",
  'the label; what is here replaces it in every phase': '按钮文字；写了插槽，各阶段都以插槽内容为准',
  'the whole component': '组件最外层',
  'the label': '按钮文字',
  'each tap on a button that is not locked, before its payment begins':
    '每次点击未锁定的按钮，先于这次支付的其他事件',
  'the backend answered with an order': '后端返回了订单',
  'each change of phase': '阶段每次变化',
  paid: '支付成功',
  'cancelled: by the user, or because the cashier was not opened; `by` says which':
    '已取消：用户取消，或没有调起收银台；原因看 `by`',
  'not paid as far as is known, with a reason and a sentence for the user':
    '就目前所知没有付成，附原因和一句给用户看的话',
  'the result is not known yet; the next tap checks the order, and asks before another cashier call':
    '结果未知；再点一次会先查单，再次调起收银台之前会询问用户',
  'after each of the four outcomes, with all that is known': '以上四种结果之后都会触发，包含全部信息',
  'what the button shows': '按钮当前阶段',
  'what it showed before': '之前的阶段',
  "the merchant's order number; '' while there is no order": "商户订单号；还没有订单时为 ''",
  fen: '单位：分',
  'what is bought': '商品名称',
  "the explicit order-key; '' when there is none": "设置的 order-key；没有设置时为 ''",
  'the backend answered the order that these goods already had': '后端返回的是这些商品已有的订单',
  'true: the backend says paid. false: only the cashier does (no status-url, or DevTools)':
    'true：后端确认已支付。false：只有收银台这么说（没有配置 status-url，或在开发者工具里）',
  'found out later: after a page close, a restart or a late callback':
    '事后得知的结果：页面关闭、重启或回调迟到之后',
  'what the cashier returned, untouched; null when the payment was found later':
    '收银台返回的原始内容；事后查到的支付为 null',
  "'user': the user closed the cashier, or said no to the question. All others: the cashier was not called. 'left': the page was not in front; 'busy': a cashier call was still open, or a payment on this page succeeded less than 3 s ago; 'changed': the goods changed meanwhile; 'superseded': a newer tap; 'detached': the component was removed; 'reset': reset() was called":
    "'user'：用户关闭了收银台，或在询问时选择取消。其余都表示没有调起收银台。'left'：页面不在前台；'busy'：还有一次收银台调用没有结束，或这个页面 3 秒内刚支付成功；'changed'：商品中途变了；'superseded'：有更新的一次点击；'detached'：组件被移除；'reset'：调用了 reset()",
  'the cashier said cancel, but status-url did not answer: check the order before you offer the goods elsewhere':
    '收银台说取消，但 status-url 没有答复：先查清订单，再让用户换个地方支付',
  'see the table of reasons': '见失败原因表',
  "cashier code, HTTP status or the backend's errno; for logs, not for users":
    '收银台错误码、HTTP 状态码或后端 errno；用于日志，不要展示给用户',
  'a sentence for the user': '给用户看的一句话',
  'another tap may succeed': '再点一次可能成功',
  'the money may have been taken: check the order before you offer the goods elsewhere':
    '可能已经扣款：先查清订单，再让用户换个地方支付',
  'what the cashier or the backend answered, untouched; undefined when it was neither':
    '收银台或后端返回的原始内容；与两者都无关时为 undefined',
  'which of the four it is': '四种结果中的哪一种',
  'ms since the attempt began': '从发起到结束的毫秒数',
  'a ready orderInfo, or its JSON text': '现成的 orderInfo，或它的 JSON 文本',
  'what is sent to create-url': '下单请求体',
  'fen; an order of another totalAmount is refused. The property amount counts for the goods of the properties alone':
    '单位：分；与订单 totalAmount 不一致时拒绝支付。amount 属性只对属性里的商品有效',
  'used instead of the property order-key': '代替 order-key 属性',
};

const ORDER_SUMMARY = {
  'null shows the skeleton, {} that there is none': '订单内容；null 显示骨架屏，{} 表示没有订单',
  'where the backend returns an OrderView; relative to configure({ baseUrl })':
    '返回 OrderView 的地址；相对地址会拼在 configure({ baseUrl }) 之后',
  'its title, its amount and the rows of its bizInfo, without any backend':
    '只用 orderInfo 展示标题、金额和 bizInfo 里的各行，不需要后端',
  "ties it to a pay-button on the same page; default: the order's tpOrderId":
    '与同一页面上的 pay-button 关联的标识；默认取订单的 tpOrderId',
  'without order-url: checked when an order-info comes, and on page show; GET, `{tpOrderId}` in it or in its query':
    '没有 order-url 时，拿到 order-info 和页面每次显示时都会向它查单；GET 请求，替换地址里的 `{tpOrderId}`，没有则加在查询参数里',
  'true: on iOS nothing is rendered': '为 true 时，iOS 上不渲染任何内容',
  'true: keeps clear of the home indicator, for a summary at the end of a page':
    '为 true 时避开底部安全区，适合放在页面末尾',
  'above the card, in every state': '卡片上方，任何状态都显示',
  'inside the card, below the order; only while an order is shown': '卡片内、订单下方，仅在展示订单时显示',
  'below the card, in every state': '卡片下方，任何状态都显示',
  'each line of the order': '每一行商品',
  'the total': '合计金额',
  'an order is shown, for the first time or again': '订单展示出来，包括刷新后再次展示',
  'no order could be loaded, or the one that came has an error': '取不到订单，或取到的订单有误',
  'the time to pay is over': '支付时限已过',
  'the status shown became another one': '展示的状态发生变化',
  'the user copied the order number': '用户复制了订单号',
  'checked: every amount is integer fen, absent lists are empty':
    '已校验：金额都是以分为单位的整数，缺省的列表补为空数组',
  'set when the lines do not add up to the total: it is shown, and a pay-button of the same order-key refuses':
    '明细与合计不符：界面会提示，同一 order-key 的 pay-button 会拒绝支付',
  'it replaces an earlier answer': '替换了之前的结果',
  "'order-invalid': an order came, but it has an error": "'order-invalid'：取到了订单，但内容有误",
  "HTTP status or the backend's errno; for logs, not for users":
    'HTTP 状态码或后端 errno；用于日志，不要展示给用户',
  "a sentence for a developer, or the backend's own words": '给开发者看的一句话，或后端原话',
  'an earlier answer is still shown': '界面仍显示之前的结果',
  "the merchant's order number; '' when there is none": "商户订单号；没有时为 ''",
  "ms since the epoch, by the server's clock": '毫秒时间戳，以服务器时钟为准',
  'what is shown now': '现在的状态',
  'what was shown before': '之前的状态',
  'what it is for': '名称，如运费、优惠',
  'on the left': '左侧文字',
  'on the right': '右侧文字',
  'above 0': '大于 0',
  'the order in a few words': '一句话概括订单',
  'the goods; where there is no list, nothing is said about the sum': '商品明细；没有这个列表时不核对合计',
  'what comes on top: delivery, packing, …': '附加费用，如运费、包装费',
  'what is taken off': '优惠，写成正数',
  'rows of text: who receives it, where, when': '文字信息，如收货人、地址、时间',
  'unpaid, paying, paid, closed, refunding or refunded':
    'unpaid、paying、paid、closed、refunding、refunded 之一',
  'when it was ordered; left out when it cannot be read': '下单时间；读不懂时不显示',
  'lines + fees - discounts in fen; null beyond what a number holds exactly':
    '明细 + 费用 - 优惠，单位：分；超出数值精度时为 null',
  'absent in a quote, before the order is made': '只是报价、尚未下单时没有',
  'fen that went back so far': '已退金额，单位：分',
  "until when it can be paid, by the server's clock": '支付截止时间，以服务器时钟为准',
  "the server's clock when it answered; without it the Date header of the answer, else the device's clock":
    '服务器返回时的时间；没有则以响应的 Date 头为准，再没有则以手机时钟为准',
  'one sentence for the user': '给用户看的一句话',
  'address of a square picture': '方形图片地址',
  'size, colour, …': '规格，如尺码、颜色',
  'fen; may be less than unitAmount * quantity when the line has a discount of its own':
    '单位：分；本行有优惠时可以小于 unitAmount × quantity',
};

const CONFIGURE = {
  'put before create-url, status-url and order-url that are not absolute, with one slash between':
    '拼在非绝对地址的 create-url、status-url、order-url 之前，中间留一个斜杠',
  'sent with every request to the backend; a function is called each time (a session that changes)':
    '每次请求后端都带上的请求头；可以是函数，每次请求时调用（登录态会变时用）',
  "reads the backend's envelope; default: `{ errno | code: 0, msg | message, data }`":
    '解析后端响应外层；默认识别 `{ errno | code: 0, msg | message, data }`',
  "reads the status out of status-url's data, a create answer's `order` or an OrderView; default: `status` in OrderStatus or Baidu's 1 / 2 / -1":
    '从查单响应的 data、下单响应的 `order` 或 OrderView 中取状态；默认读 `status`，支持 OrderStatus 各值和百度的 1 / 2 / -1',
  'name of the header that carries the random key of an order; null sends none':
    '携带订单幂等键（随机值）的请求头名称；null 表示不发送',
  'stands in for swan.request': '替代 swan.request',
  'stands in for swan.requestPolymerPayment': '替代 swan.requestPolymerPayment',
  'who is shopping, e.g. a hashed user id: orders of another user neither block nor are delivered':
    '当前用户标识，如用户 id 的哈希：其他用户的订单既不拦截支付，结果也不会通知',
  'cashier code -> what it means: success, cancel, paying, rejected, not-logged-in or failed; on top of the default table':
    '收银台错误码的含义，是 success、cancel、paying、rejected、not-logged-in、failed 之一，覆盖默认表',
  "texts on top of the Chinese ones; English: `import en from 'swan-cashier/locale/en'`":
    "覆盖默认的中文文案；英文：`import en from 'swan-cashier/locale/en'`",
  'how long things may take; see the table of times': '各项时限，见时限表',
  'called with every outcome, besides the events of components':
    '每个支付结果都会调用它，与组件的事件互不影响',
  'called with every step of every payment': '每笔支付的每一步都会调用它',
  'ms a create request may take, and a request of order-summary for its order':
    '下单请求，以及 order-summary 取订单的时限，毫秒',
  'ms one status check may take': '每次查单的时限，毫秒',
  'ms between checks after the cashier claimed success. Default: at 0, 1, 2, 3, 5 s, then every 5 s to 60 s':
    '收银台报告成功后，各次查单的间隔，毫秒。默认在 0、1、2、3、5 秒查，之后每 5 秒一次，到 60 秒为止',
  'the same after the cashier claimed failure, and after a restart. Default: at 0, 3, 6 s':
    '收银台报告失败后，以及重启之后，各次查单的间隔。默认在 0、3、6 秒查',
  'ms until a cashier call without an answer counts as lost. Default 15 min':
    '收银台一直没有回调时，多少毫秒后视为丢失。默认 15 分钟',
  'ms between two cashier calls: Android ignores a second one within 1000 ms, without any callback':
    '两次调起收银台的最短间隔，毫秒：Android 会直接忽略 1000 毫秒内的第二次调用，且没有任何回调',
  'ms since its latest cashier call that an order is remembered without news. Default 24 h':
    '最后一次调起收银台之后，没有新消息的订单记住多久，毫秒。默认 24 小时',
};

const THEME = {
  'corners of buttons, pictures and notices': '按钮、图片、提示条的圆角',
  "corners of the order's card": '订单卡片的圆角',
  "the order's card": '订单卡片背景',
  'text, and the label of a plain button': '正文，以及普通按钮的文字',
  'text that explains: specs, labels, a locked button': '辅助文字：规格、标签、不可点按钮的文字',
  'the line above the total': '合计上方的分隔线',
  'what stands in for a picture or for text that is being loaded': '图片占位和骨架屏',
  'background of the main button': '主按钮的背景',
  'label of the main button': '主按钮的文字',
  'background of a button of type default, and of the one that loads the order again':
    'type 为 default 的按钮，以及“重新加载”按钮的背景',
  'background of a button of type warn': 'type 为 warn 的按钮的背景',
  'label of a button of type warn': 'type 为 warn 的按钮的文字',
  'background of a button that cannot be tapped; its label is --cashier-text-secondary':
    '不可点按钮的背景；文字用 --cashier-text-secondary',
  'what can be tapped in a text, and a status that is on its way: paying, refunding':
    '可点的文字，以及进行中的状态：支付处理中、退款中',
  'the status that waits for the user: unpaid': '等待用户操作的状态：待付款',
  'the status paid': '已支付状态',
  'background of a notice that something is wrong with the order': '订单异常提示条的背景',
  'text of a notice that something is wrong with the order': '订单异常提示条的文字',
};

export const WORDS: Record<string, string> = { ...PAY_BUTTON, ...ORDER_SUMMARY, ...CONFIGURE, ...THEME };
