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
  'the person reads': '用户看到的提示',
} as const;

export type Head = keyof typeof HEADS;

const PAY_BUTTON = {
  'where an order is created; relative to configure({ baseUrl })':
    '下单地址；相对地址会拼在 configure({ baseUrl }) 之后',
  'what is sent to create-url (cart, sku, …)': '下单请求体（购物车、SKU 等）',
  'a ready orderInfo instead of create-url': '现成的 orderInfo，用它就不需要 create-url',
  'HTTP method for create-url': '下单请求的方法',
  'request header for create-url and status-url': '下单和查单请求的请求头',
  'where the backend says whether the order is paid; GET, tpOrderId is added to its query':
    '查单地址，由后端回答是否已支付；GET 请求，自动带上 tpOrderId 参数',
  "identity of the purchase; default: hash of create-url, method and order-payload, or order-info's tpOrderId":
    '一笔购买的标识；默认取 create-url、method、order-payload 的哈希，或 order-info 的 tpOrderId',
  'label; the default slot replaces it': '按钮文字；写了默认插槽则以插槽为准',
  'integer fen, shown in the label; an order of another totalAmount is refused':
    '金额，单位为分的整数，显示在按钮上；与订单 totalAmount 不一致时拒绝支付',
  'true: a tap does nothing': '为 true 时点击无效',
  'as the built-in button': '同内置 button',
  'a tap only fires paytap; the page calls pay()': '点击只触发 paytap，由页面自己调用 pay()',
  "'none': the page tells the person itself": "'none' 表示不弹提示，由页面自己提示用户",
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
  'each tap on a button that is not disabled, before anything else': '每次点击未禁用的按钮，先于其他事件',
  'the backend answered with an order': '后端返回了订单',
  'each change of phase': '阶段每次变化',
  paid: '支付成功',
  'not paid: the person closed the cashier, or it could not be opened in time':
    '未支付：用户关闭了收银台，或收银台没能及时打开',
  'not paid as far as is known, with a reason and a sentence for the person':
    '就目前所知没有付成，附原因和一句给用户看的话',
  'nobody knows yet; a tap looks again and never charges twice': '结果未知；再点一次会先查单，不会重复扣款',
  'after each of the four outcomes, with all that is known': '以上四种结果之后都会触发，包含全部信息',
  'what the button shows': '按钮当前阶段',
  'what it showed before': '之前的阶段',
  "the merchant's order number; '' while there is no order": "商户订单号；还没有订单时为 ''",
  fen: '单位：分',
  'what is bought': '商品名称',
  'the backend answered the order this purchase already had': '后端返回的是这笔购买已有的订单',
  'true: the backend says paid. false: only the cashier does (no status-url)':
    'true：后端确认已支付。false：只有收银台这么说（没有配置 status-url）',
  'found out later: after a page close, a restart or a late callback':
    '事后得知的结果：页面关闭、重启或回调迟到之后',
  'what the cashier handed over, untouched': '收银台返回的原始内容',
  "'left': the cashier was not called: the page was no longer in front, another cashier stayed open for longer than `timing.turn`, or the button went on to other goods":
    "'left'：没有调起收银台：页面已不在前台，或另一笔支付的收银台超过 `timing.turn` 仍未关闭，或按钮已改为支付别的商品",
  'see the table of reasons': '见失败原因表',
  "cashier code, HTTP status or the backend's errno; for logs, not for people":
    '收银台错误码、HTTP 状态码或后端 errno；用于日志，不要展示给用户',
  'a sentence for the person': '给用户看的一句话',
  'another tap may succeed': '再点一次可能成功',
  'do not offer the goods for payment elsewhere before the order has been looked at':
    '可能已经付款：查清订单之前，不要让用户换个地方再付一次',
  'which of the four it is': '四种结果中的哪一种',
  'ms since the attempt began': '从发起到结束的毫秒数',
  'a ready orderInfo, or its JSON text': '现成的 orderInfo，或它的 JSON 文本',
  'what is sent to create-url': '下单请求体',
};

const ORDER_SUMMARY = {
  'null shows the skeleton, {} that there is none': '订单内容；null 显示骨架屏，{} 表示没有订单',
  'where the backend hands out an OrderView; relative to configure({ baseUrl })':
    '返回 OrderView 的地址；相对地址会拼在 configure({ baseUrl }) 之后',
  'its title, its amount and the rows of its bizInfo, without any backend':
    '只用 orderInfo 展示标题、金额和 bizInfo 里的各行，不需要后端',
  "ties it to a pay-button; default: the order's tpOrderId":
    '与 pay-button 关联的标识；默认取订单的 tpOrderId',
  'asked on page show when there is no order-url; GET, tpOrderId is added to its query':
    '没有 order-url 时，页面每次显示都会向它查单；GET 请求，自动带上 tpOrderId 参数',
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
  'the person copied the order number': '用户复制了订单号',
  'checked: every amount is integer fen, absent lists are empty':
    '已校验：金额都是以分为单位的整数，缺省的列表补为空数组',
  'the lines do not add up to the total: it is shown, and a pay-button of the same order-key refuses':
    '明细与合计不符：界面会提示，同一 order-key 的 pay-button 会拒绝支付',
  'it replaces an earlier answer': '替换了之前的结果',
  "'order-invalid': an order came, but it has an error": "'order-invalid'：取到了订单，但内容有误",
  "HTTP status or the backend's errno; for logs, not for people":
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
  'the goods': '商品明细',
  'what comes on top: delivery, packing, …': '附加费用，如运费、包装费',
  'what is taken off': '优惠，写成正数',
  'rows of text: who receives it, where, when': '文字信息，如收货人、地址、时间',
  'unpaid, paying, paid, closed, refunding or refunded':
    'unpaid、paying、paid、closed、refunding、refunded 之一',
  'when it was ordered': '下单时间',
  'lines + fees - discounts in fen; null beyond what a number holds exactly':
    '明细 + 费用 - 优惠，单位：分；超出数值精度时为 null',
  'absent in a quote, which nobody has ordered yet': '只是报价、尚未下单时没有',
  'fen that went back so far': '已退金额，单位：分',
  "until when it can be paid, by the server's clock": '支付截止时间，以服务器时钟为准',
  "the server's clock when it answered; without it the device's clock is believed":
    '服务器返回时的时间；没有则以手机时钟为准',
  'one sentence for the person': '给用户看的一句话',
  'address of a square picture': '方形图片地址',
  'size, colour, …': '规格，如尺码、颜色',
  'fen; may be less than unitAmount * quantity when the line has a discount of its own':
    '单位：分；本行有优惠时可以小于 unitAmount × quantity',
};

const CONFIGURE = {
  'put before create-url, status-url and order-url that are not absolute':
    '拼在非绝对地址的 create-url、status-url、order-url 之前',
  'sent with every request to the backend; a function is asked each time (a session that changes)':
    '每次请求后端都带上的请求头；可以是函数，每次请求时调用（登录态会变时用）',
  "reads the backend's envelope; default: `{ errno | code: 0, msg | message, data }`":
    '解析后端响应外层；默认识别 `{ errno | code: 0, msg | message, data }`',
  "reads the status out of status-url's data or a create answer's `order`; default: `status` in OrderStatus or Baidu's 1 / 2 / -1":
    '从查单响应的 data 或下单响应的 `order` 中取状态；默认读 `status`，支持 OrderStatus 各值和百度的 1 / 2 / -1',
  "name of the header that carries a purchase's random key; null sends none":
    '携带幂等键的请求头名称；null 表示不发送',
  'stands in for swan.request': '替代 swan.request',
  'stands in for swan.requestPolymerPayment': '替代 swan.requestPolymerPayment',
  'who is shopping, e.g. a hashed user id: what another owner left in storage neither blocks nor speaks':
    '当前用户标识，如用户 id 的哈希：其他用户留在本地的记录既不拦截也不通知',
  'cashier code -> meaning, on top of the default table': '收银台错误码的含义，覆盖默认表',
  'texts on top of those of the locale': '覆盖默认文案',
  "language of the texts: 'zh-CN' or 'en'": "文案语言：'zh-CN' 或 'en'",
  'how long things may take; see the table of times': '各项时限，见时限表',
  'told of every step of every attempt': '每次支付的每一步都会通知它',
  'ms an order request may take': '下单请求的时限，毫秒',
  'ms one look at the status may take': '每次查单的时限，毫秒',
  'ms between looks after the cashier claimed success. Default: looks at 0, 1, 2, 3, 5 s, then every 5 s to 60 s':
    '收银台报告成功后，各次查单的间隔，毫秒。默认在 0、1、2、3、5 秒查，之后每 5 秒一次，到 60 秒为止',
  'the same after the cashier claimed failure. Default: looks at 0, 3, 6 s':
    '收银台报告失败后，各次查单的间隔。默认在 0、3、6 秒查',
  'ms until a cashier call without an answer becomes pending. Default 15 min':
    '收银台一直没有回调时，多少毫秒后转为“结果未知”。默认 15 分钟',
  'ms between two cashier calls: Android ignores a second one within 1000 ms, without any callback':
    '两次调起收银台的最短间隔，毫秒：Android 会直接忽略 1000 毫秒内的第二次调用，且没有任何回调',
  "ms an attempt waits for another one's cashier to close": '等待另一笔支付的收银台关闭的时限，毫秒',
  'ms a remembered purchase can block its key. Default 24 h':
    '本地记录最多拦截同一笔购买多久，毫秒。默认 24 小时',
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
  'the status that waits for the person: unpaid': '等待用户操作的状态：待付款',
  'the status paid': '已支付状态',
  'background of a notice that something is wrong with the order': '订单异常提示条的背景',
  'text of a notice that something is wrong with the order': '订单异常提示条的文字',
};

export const WORDS: Record<string, string> = { ...PAY_BUTTON, ...ORDER_SUMMARY, ...CONFIGURE, ...THEME };
