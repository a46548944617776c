/**
 * 每个诊断码的含义与修法，`npm run docs` 会写进 docs/signature-codes.zh-CN.md。`{name}` 是 evidence 里的一项。
 */
import type { FindingCode } from './codes';
import type { FindingText } from './messages.en';

export const zhCN: Record<FindingCode, FindingText> = {
  INPUT_EMPTY: { message: '没有可检查的内容：输入是空的。', fix: '请给出服务端返回的原文。' },
  INPUT_TOO_LARGE: {
    message: '输入超过 64 KiB；orderInfo 或通知只有一两 KiB。',
    fix: '只给出 orderInfo，或包含它的服务端响应。',
  },
  INPUT_NOT_TEXT: {
    message: '输入不是 UTF-8：是 GBK 等其他编码的文本，或是二进制。',
    fix: '服务端请用 UTF-8 响应（PHP 源文件存为 UTF-8，不要 iconv 成 GBK），日志和通知正文也存为 UTF-8。',
  },
  INPUT_NOT_JSON: {
    message: '输入不是 JSON：{reason}。',
    fix: '请给出 JSON 形式的 orderInfo。如果这里是网页，多半是服务端出错或需要登录。',
  },
  INPUT_TOO_DEEP: { message: 'JSON 嵌套超过 32 层；orderInfo 最多三层。', fix: '请直接给出 orderInfo。' },
  INPUT_NOT_NOTIFICATION: {
    message: '这段文本里没有找到通知的参数，开头是：{said}',
    fix: '请给出收到的 POST 正文（userId=…&orderId=…&…&rsaSign=…）、包含它的日志行，或 JSON 形式的参数。',
  },
  INPUT_IS_KEY: {
    message: '这是密钥，不是订单或通知。',
    fix: '密钥写在 --key 后面：npx swan-cashier doctor order.json --key merchant-public.pem。要比较两把密钥：npx swan-cashier doctor keys private.pem public.pem。',
  },
  INPUT_IS_ORDER: {
    message: '这是 orderInfo，不是通知。',
    fix: '不带 --notify 检查：npx swan-cashier doctor order.json --key merchant-public.pem。',
  },
  INPUT_IS_NOTIFICATION: {
    message: '这是平台的通知，不是 orderInfo。',
    fix: '请带 --notify 检查：npx swan-cashier doctor --notify body.txt --key platform-public.pem。',
  },
  INPUT_WITHOUT_VALUES: {
    message: '参数名还在（{how}），值却没有：Java 把 getParameterMap() 的数组打印成了引用。',
    fix: '请记录正文本身，或每个参数的 String.join(",", values)。',
  },
  INPUT_EXTRACTED: {
    message: '参数取自：{how}。',
    fix: '日志或打印的内容可能与收到的不同。如果结论难以理解，请一字不差地保存发送或收到的文本。',
  },
  INPUT_SEVERAL_ORDERS: {
    message: '找到 {count} 个订单，只检查了第一个。',
    fix: '请只给出一个订单，或者逐个检查。',
  },
  INPUT_SEVERAL_NOTIFICATIONS: {
    message: '找到 {count} 个通知，只检查了第一个。',
    fix: '请只给一个通知，或逐个检查。',
  },
  ANSWER_NOT_JSON_ALONE: {
    message: '响应不只是 JSON：订单取自{how}，响应开头是 {said}。小程序拿到的是一段文本，从中找不到订单。',
    fix: "响应里只能有 JSON：不要输出 PHP 警告（display_errors=0，写入日志）、调试用的 echo、)]}' 前缀或 JSONP 回调。",
  },
  ANSWER_ENVELOPE_UNKNOWN: {
    message:
      'pay-button 在这个响应里找不到订单：它读取 { errno: 0, data } 或 { code: 0, data }，其中 data 是 orderInfo 或 { orderInfo }。',
    fix: '按这个格式应答，或在小程序里用 configure({ envelope }) 说明怎样读取你的格式。',
  },
  ORDERINFO_NOT_FOUND: {
    message: '这段 JSON 的任何一层都没有 orderInfo。内容是：{said}',
    fix: '看看服务端返回了什么：错误信息不是订单。应包含 dealId、appKey、totalAmount、tpOrderId、dealTitle、signFieldsRange、rsaSign。',
  },

  ORDERINFO_NOT_OBJECT: {
    message: 'orderInfo 不是对象。',
    fix: '传给 swan.requestPolymerPayment 的应是对象：{ orderInfo: { dealId, appKey, … } }。',
  },
  TOO_MANY_FIELDS: {
    message: '共有 {count} 个字段：orderInfo 有十二个，通知有十九个，超过 {most} 个不予检查。',
    fix: '请只给出 orderInfo 或通知本身。',
  },
  ORDERINFO_IS_TEXT: {
    message: 'orderInfo 是 JSON 文本而不是对象，收银台可能不看签名就返回 errCode 6。',
    fix: '调用前先解析，或让服务端直接返回对象：只有 bizInfo 是文本。',
  },
  FIELD_MISSING: { message: '{field} 缺失、为空或不是文本。', fix: '请以非空字符串传 {field}。' },
  NUMBER_INSTEAD_OF_STRING: {
    message: '{field} 是数字。',
    fix: '请以字符串传 {field}：大数在 JSON 里会丢位，而签名针对的是文本。',
  },
  NUMBER_LOST_DIGITS: {
    message:
      '{field} 是数字 {sent}。超过 2^53 的数字在读取 JSON 时会被取整：JavaScript 读到的是 {read}，小程序看不到服务端写的值。',
    fix: '请以字符串传 {field}，加上引号。',
  },
  NUL_CHARACTER: {
    message: '{field} 含有 NUL 字符：{sent}。',
    fix: '请去掉它。C 等语言会在此处截断文本，双方读到的内容就不同。',
  },
  DEALID_APPKEY_SWAPPED: {
    message: 'dealId 是 {sent}，含有字母，而 appKey 全是数字：两者像是写反了。',
    fix: 'dealId 是十进制的财务结算凭证，appKey 是支付服务的短密钥，以 MM 开头。',
  },
  DEALID_MALFORMED: {
    message: 'dealId 是 {sent}；财务结算凭证应全是十进制数字。',
    fix: '请在后台的支付服务页面查看 dealId，前后不要有空格或引号。',
  },
  APPKEY_MALFORMED: {
    message: 'appKey 是 {sent}；其中有 appKey 不会有的字符。',
    fix: '请在后台的支付服务页面查看 appKey：字母和数字，前后不要有空格或引号。',
  },
  AMOUNT_NOT_INTEGER_FEN: {
    message: 'totalAmount 是 {sent}：不是以分为单位的整数。',
    fix: '以分为单位、不带小数点：113.00 元写作 "11300"。',
  },
  AMOUNT_NOT_CANONICAL: {
    message: 'totalAmount 是 {sent}；金额以分为单位，至少为 "1"，前面不带 0。',
    fix: '请发送整数的文本，如 String(fen)："11300"。',
  },
  SIGN_RANGE_NOT_1: {
    message: 'signFieldsRange 是 {sent}：签名不包含价格，客户端可以改价。',
    fix: '传 signFieldsRange "1"，并对 appKey、dealId、totalAmount、tpOrderId 签名。',
  },
  SIGN_RANGE_UNKNOWN: {
    message: 'signFieldsRange 是 {sent}；只有 "1" 和 "0"。',
    fix: '传 signFieldsRange "1"，并对 appKey、dealId、totalAmount、tpOrderId 签名。',
  },
  NOTIFYURL_NOT_URL: {
    message: 'notifyUrl 是 {sent}，不是完整的 URL：平台无法把通知发到那里。',
    fix: '写上协议和主机，例如 https://shop.example/notify；或者不传，使用后台设置的地址。',
  },
  APPKEY_IS_MINIAPP_KEY: {
    message: 'appKey 像是小程序的 App Key（32 位）。收银台要的是支付服务的 appKey。',
    fix: '请在开发者后台的支付服务页面查看 appKey；它很短，以 MM 开头。',
  },
  TPORDERID_AMBIGUOUS: {
    message:
      'tpOrderId {sent} 含有 & 或 =。通知按 name=value&name=value 签名，这个值会让通知有两种读法：通知会被拒绝，用户付了款，商城里仍是未支付。',
    fix: '订单号里不要有 & 和 =；字母、数字和 _ . - 在任何环节都安全。',
  },
  TPORDERID_UNUSUAL: {
    message:
      'tpOrderId 是 {sent}，不是 1 到 64 个 A-Z a-z 0-9 _ . - 字符。收银台接受它；signOrderInfo 不会为它签名。',
    fix: '请只用这些字符：任何环节都会原样传递。',
  },
  BANNEDCHANNELS_MISPLACED: {
    message: 'bannedChannels 写在了 orderInfo 里，在那里不会隐藏任何支付方式。',
    fix: '它是调用的参数，与 orderInfo 并列：swan.requestPolymerPayment({ orderInfo, bannedChannels })；在 pay-button 上是属性 banned-channels。',
  },
  BIZINFO_NOT_STRING: {
    message: 'bizInfo 是对象。',
    fix: 'bizInfo 要以文本传：JSON.stringify(bizInfo)、json_encode($bizInfo)。',
  },
  BIZINFO_NOT_JSON_OBJECT: {
    message: 'bizInfo 不是 JSON 对象的文本。',
    fix: '对一个对象只做一次 JSON.stringify，例如 {"tpData":{}}；编码两次得到的是字符串而不是对象。',
  },
  BIZINFO_TPDATA_MISMATCH: {
    message: 'bizInfo.tpData.{field} 与 orderInfo 的 {field} 不一致。',
    fix: '用实际发送的值生成 bizInfo，或者不要重复这些字段。',
  },
  BIZINFO_KEY_CASE: {
    message: 'bizInfo.tpData 把 {field} 写成了 {sent}。',
    fix: '应写作 {field}。这个笔误来自官方 Go demo 的结构体。',
  },
  RETURNDATA_NOT_OBJECT: {
    message: '{field} 是 {sent}，而不是对象：verifyNotification 给出的 returnData 会是 null。',
    fix: '请传对象，例如 {"cart":"7"}，或者不传。PHP 的空数组会变成 []，请写 new stdClass。',
  },
  BASE64_PERCENT_ENCODED: {
    message: 'rsaSign 被百分号编码了。',
    fix: 'orderInfo 里放原始 base64；在 URL 和表单里只编码一次，也只解码一次。',
  },
  BASE64_PLUS_BECAME_SPACE: {
    message: 'rsaSign 里有空格，很可能原来是 +：表单解码会把 + 变成空格。',
    fix: '用 JSON 传 rsaSign，或在表单里把 + 编码成 %2B，并且只解码一次。',
  },
  BASE64_SPACES: {
    message: 'rsaSign 里有不属于它的空白。',
    fix: '去掉空白，原样使用签名函数返回的文本。',
  },
  BASE64_LINE_BREAKS: {
    message: 'rsaSign 被换行拆开了。',
    fix: '使用不换行的编码器：Java 用 Base64.getEncoder()，不要用 MIME 编码器；PHP 不要 chunk_split；命令行用 base64 -w0。',
  },
  BASE64_URLSAFE: {
    message: 'rsaSign 是 URL 安全的 base64（用 - 和 _ 代替 + 和 /）。',
    fix: '使用标准字母表：Go 的 base64.StdEncoding、Java 的 Base64.getEncoder()、Node 的 "base64"。',
  },
  BASE64_NO_PADDING: {
    message: 'rsaSign 末尾少了 =。Node 和 Java 仍能读，严格的解码器会拒绝。',
    fix: '保留填充：Go 用 StdEncoding 而不是 RawStdEncoding；不要去掉 =。',
  },
  BASE64_DECORATED: {
    message: 'rsaSign 不是单纯的 base64：{how}。',
    fix: 'rsaSign 里只放签名字节的 base64。',
  },
  HEX_INSTEAD_OF_BASE64: {
    message: 'rsaSign 是十六进制（{how}）。',
    fix: '签名字节要写成 base64，而不是十六进制：Convert.ToBase64String（C#）、base64_encode 而不要 bin2hex（PHP）、openssl dgst -sha1 -sign KEY | base64 -w0（命令行）。',
  },
  BYTES_INSTEAD_OF_BASE64: {
    message: 'rsaSign 是打印出来的签名字节（{how}）。',
    fix: '把字节编码成 base64：Base64.getEncoder().encodeToString（Java）、base64.StdEncoding.EncodeToString（Go）、.toString("base64")（Node）、base64.b64encode(…).decode()（Python）。',
  },
  BINARY_AS_TEXT: {
    message: 'rsaSign 像是被当成文本的签名字节，已经无法还原。',
    fix: '在变成文本之前先做 base64：base64_encode（PHP）、.toString("base64")（Node）、Convert.ToBase64String（C#）。',
  },
  OBJECT_INSTEAD_OF_SIGNATURE: {
    message: 'rsaSign 是 {sent}：这是语言打印对象时的文本，里面没有签名。',
    fix: '把签名字节编码成 base64；如果签名是异步的，要先 await。',
  },
  SIGNATURE_TOO_LONG: {
    message: 'rsaSign 比任何签名都长。',
    fix: 'rsaSign 里只放签名字节的 base64：1024 位密钥是 172 个字符。',
  },
  DOUBLE_BASE64: { message: 'rsaSign 做了两次 base64。', fix: '只编码一次：签名函数返回的已经是 base64。' },
  SIGNATURE_BYTES_CHANGED: {
    message: '签名的字节在编码之前被改动：{how}。',
    fix: '请直接编码签名函数返回的字节；CryptSignHash 的字节顺序用 Array.Reverse 还原。不要把字节放进字符串。',
  },
  NOT_BASE64: {
    message: 'rsaSign 不是 base64：含有 base64 没有的字符，或者 = 不在末尾，或者末尾被改过。',
    fix: 'rsaSign 里只放签名字节的 base64。',
  },
  HASH_INSTEAD_OF_SIGNATURE: {
    message: 'rsaSign 是文本的 {algorithm}，不是签名：任何人都能算出来。',
    fix: '请用私钥签名：SHA1withRSA（Java）、openssl_sign（PHP）、rsa.SignPKCS1v15 加 crypto.SHA1（Go）、crypto.sign("RSA-SHA1", …)（Node）。',
  },
  HASH_LIKE_SIGNATURE: {
    message:
      'rsaSign 有 {characters} 个字符，是散列值（{algorithm} 或用它算的 HMAC）的长度，不是 RSA 签名的长度。多半就是散列值；否则是签名被截断了。',
    fix: '请用私钥签名：SHA1withRSA（Java）、openssl_sign（PHP）、rsa.SignPKCS1v15 加 crypto.SHA1（Go）、crypto.sign("RSA-SHA1", …)（Node）。微信的 MD5(文本&key=…) 和带密钥的 HMAC 都不是 RSA 签名。',
  },
  ECDSA_SIGNATURE: {
    message: 'rsaSign 的格式是 ECDSA 或 DSA 签名，用的是 RSA 以外的密钥。',
    fix: '请生成 RSA 密钥对（openssl genrsa -out private.pem 1024），上传公钥，用 SHA1withRSA 签名。',
  },
  SIGNATURE_TOO_SHORT: {
    message:
      'rsaSign 只有 {characters} 个字符；{keyBits} 位密钥的签名以这种写法有 {expectedCharacters} 个字符。',
    fix: '这几乎不可能是签名：请检查是不是占位符，或被别的值代替。',
  },
  SIGNATURE_CUT: {
    message:
      'rsaSign 太短：只有 {characters} 个字符；按这种写法，{keyBits} 位密钥应有 {expectedCharacters} 个。很可能被截断了。',
    fix: '检查是否有 VARCHAR({characters}) 这样的字段，或会截断内容的日志。如果没有被截断，那就是用另一把较短的密钥签的，或者它根本不是 RSA 签名，而是散列值。',
  },

  SIGNATURE_LENGTH: {
    message: 'rsaSign 有 {length} 字节；{keyBits} 位密钥的签名是 {expectedLength} 字节。',
    fix: '它被截断、被拼接，或来自另一种长度的密钥：比较签名时与收到时的值。',
  },
  WRONG_KEY: {
    message:
      'rsaSign 不是由这把公钥对应的私钥生成的（或者签名字节被改过）。订单内容也许没错；用别的公钥看不到签的是什么。',
    fix: '这里要给的是自己的公钥，不是后台里旁边的平台公钥。如果是自己的，先比对密钥：npx swan-cashier doctor keys private.pem public.pem。然后把签名私钥对应的公钥作为开发者公钥上传，等待审核。',
  },
  WRONG_KEY_SIZE: {
    message:
      'rsaSign 的长度相当于 {signatureBits} 位密钥的签名，而这把公钥是 {keyBits} 位：多半不是同一对，用它看不到签的是什么。',
    fix: '用已上传公钥所对应的私钥签名；文档使用 1024 位。',
  },
  PSS_PADDING: {
    message: '签名用的是 RSASSA-PSS，平台只支持 PKCS#1 v1.5。',
    fix: '使用 SHA1withRSA（Java）、openssl_sign（PHP）、rsa.SignPKCS1v15（Go）、不带 padding 选项的 crypto.sign("RSA-SHA1", …)（Node）。',
  },
  WRONG_DIGEST_MD5: {
    message: '签名用的摘要是 MD5 而不是 SHA-1（MD5withRSA）。',
    fix: '使用 SHA1withRSA：OPENSSL_ALGO_SHA1、crypto.SHA1、"RSA-SHA1"。',
  },
  WRONG_DIGEST_SHA224: { message: '签名用的摘要是 SHA-224 而不是 SHA-1。', fix: '使用 SHA1withRSA。' },
  WRONG_DIGEST_SHA256: {
    message: '签名用的摘要是 SHA-256 而不是 SHA-1（支付宝的 RSA2 习惯）。',
    fix: '使用 SHA1withRSA：OPENSSL_ALGO_SHA1、crypto.SHA1、"RSA-SHA1"。百度只支持 rsa，不支持 rsa2。',
  },
  WRONG_DIGEST_SHA384: { message: '签名用的摘要是 SHA-384 而不是 SHA-1。', fix: '使用 SHA1withRSA。' },
  WRONG_DIGEST_SHA512: { message: '签名用的摘要是 SHA-512 而不是 SHA-1。', fix: '使用 SHA1withRSA。' },
  WRONG_DIGEST_OTHER: {
    message: '签名用的摘要是 {digest}，不是 SHA-1。',
    fix: '请用 SHA1withRSA：OPENSSL_ALGO_SHA1、crypto.SHA1、"RSA-SHA1"。',
  },
  NO_DIGESTINFO_PLAINTEXT: {
    message: '用私钥加密了原文，而不是签名。',
    fix: '使用签名函数而不是加密函数：openssl_sign 而非 openssl_private_encrypt，Signature 而非 Cipher，crypto.sign 而非 crypto.privateEncrypt。',
  },
  NO_DIGESTINFO_SHA1: {
    message: '用私钥加密了裸的 SHA-1；签名要把它放在 DigestInfo 里。',
    fix: '把原文交给签名函数，由它计算摘要：openssl_sign、Signature("SHA1withRSA")、rsa.SignPKCS1v15 配 crypto.SHA1、crypto.sign("RSA-SHA1", …)。',
  },
  NO_DIGESTINFO_SHA1_HEX: {
    message: '用私钥加密了十六进制文本形式的 SHA-1；签名针对的是放在 DigestInfo 里的摘要字节。',
    fix: '把原文交给签名函数，由它计算摘要；之前不要 sha1()。',
  },
  NO_DIGESTINFO_MD5: {
    message: '用私钥加密了 MD5；签名用的是放在 DigestInfo 里的 SHA-1。',
    fix: '把原文交给 SHA1withRSA 签名函数，由它计算摘要。',
  },
  NO_DIGESTINFO_SHA256: {
    message: '用私钥加密了 SHA-256；签名用的是放在 DigestInfo 里的 SHA-1。',
    fix: '把原文交给 SHA1withRSA 签名函数，由它计算摘要。',
  },
  NO_DIGESTINFO_UNKNOWN: {
    message:
      '用私钥加密的是 {length} 个字节，既不是文本，也不是这里认识的散列值；签名里应是带 DigestInfo 的 SHA-1。',
    fix: '请把文本交给 SHA1withRSA 签名函数，由它计算散列。',
  },

  RANGE1_SIGNED_WITHOUT_TOTALAMOUNT: {
    message: 'signFieldsRange 是 "1"，但 totalAmount 没有参与签名。',
    fix: '对四个字段签名：appKey、dealId、totalAmount、tpOrderId。官方 Go demo 只签三个却传 "1"。',
  },
  RANGE0_SIGNED_WITH_TOTALAMOUNT: {
    message: 'totalAmount 参与了签名，但 signFieldsRange 不是 "1"，平台只按三个字段验签。',
    fix: '传 signFieldsRange "1"。',
  },
  EXTRA_FIELDS_SIGNED: {
    message: '签名的内容多于四个字段：{fields}。',
    fix: '只对 appKey、dealId、totalAmount、tpOrderId 签名；dealTitle、bizInfo、signFieldsRange、notifyUrl 等不参与签名。',
  },
  FIELD_NOT_SIGNED: {
    message: '签名的文本里少了字段：{fields}。',
    fix: 'appKey、dealId、totalAmount、tpOrderId 四个都要签。',
  },
  UNSORTED: {
    message: '字段按 {order} 的顺序拼接，没有按名称排序。',
    fix: '按名称排序：appKey、dealId、totalAmount、tpOrderId，totalAmount 在 tpOrderId 之前：ksort、TreeMap、sort.Strings、Object.keys(o).sort()。',
  },
  VALUES_CONCATENATED: {
    message: '只拼接了值，没有字段名。',
    fix: '用 & 拼接 名=值：appKey=…&dealId=…&totalAmount=…&tpOrderId=…。',
  },
  SEPARATOR_WRONG: { message: '字段的拼接方式是 {style}。', fix: '只用 & 拼接 名=值，不加别的。' },
  JSON_SIGNED: {
    message: '签名的是 JSON。',
    fix: '签 appKey=…&dealId=…&totalAmount=…&tpOrderId=…，不是 JSON。',
  },
  TRAILING_AMP: { message: '签名的文本以 & 结尾。', fix: '只在字段之间放 &，或去掉最后一个。' },
  TRAILING_NEWLINE: {
    message: '签名的文本以换行结尾。',
    fix: '去掉换行：用 printf 而不是 echo，不要 println。',
  },
  EXTRA_CHARACTERS: { message: '签名的文本前后多了内容：{around}。', fix: '只签拼接好的字段，不加别的。' },
  DOUBLE_DIGEST: {
    message: '签的是文本的摘要（{how}）而不是文本，等于做了两次摘要。',
    fix: '把文本本身交给 SHA1withRSA；它自己会计算摘要。',
  },
  KEY_CASE: {
    message: '字段名写成了 {signed}，应为 {field}。',
    fix: '名称必须是 appKey、dealId、totalAmount、tpOrderId、dealTitle、signFieldsRange、rsaSign，一个字母都不能差；JSON 库的命名策略（snake_case、PascalCase）不能改动它们。',
  },
  AMOUNT_SIGNED_DIFFERS_FROM_SENT: {
    message: '签名时 totalAmount 是 {signed}，发送的是 {sent}。',
    fix: '只计算一次整数分，只转换一次文本，签名和发送都用这一个文本。不要用浮点数：1.13 * 100 是 112.99999999999999。',
  },
  SIGNED_VALUE_DIFFERS_FROM_SENT: {
    message: '{field} 签名时是 {signed}，发送的是 {sent}。',
    fix: '签名和发送要用同一个文本。',
  },
  VALUES_URLENCODED: {
    message: '拼接之前值被百分号编码了（{how}）。',
    fix: '直接拼接原始值：不要 URLEncoder、url.Values.Encode、urlencode、http_build_query。这样签名的通知可用选项 acceptEncodedValues 读取。',
  },
  WHOLE_STRING_URLENCODED: { message: '拼接好的文本被整体百分号编码了（{how}）。', fix: '签原始文本。' },
  NULL_OR_UNDEFINED_JOINED: {
    message: '签名的文本里 {fields} 的值是 {placeholder}。',
    fix: '缺值时不要签名：这个值还没有设置，或读取时名称写错了。',
  },
  CHARSET_NOT_UTF8: {
    message: '文本以 {charset} 签名，而不是 UTF-8。',
    fix: '以 UTF-8 取字节：getBytes(StandardCharsets.UTF_8)；PHP 源文件存为 UTF-8。更好的做法是签名字段不含汉字。',
  },
  TEXT_UNKNOWN: {
    message: '密钥是对的，但签的是另一段文本。原因未知：不属于任何一种已知错误。',
    fix: '在签名前一刻打印文本，与应签名的文本逐字比较。签名之后、发送之前某个值被改动，是从外面看不到的常见原因。',
  },

  BODY_MISSING: {
    message: '没有正文。',
    fix: '请注册 application/x-www-form-urlencoded 解析器（express.urlencoded、@fastify/formbody），或读取原始正文。',
  },
  BODY_UNREADABLE: {
    message: '这不是通知正文：{reason}。',
    fix: '请给出原始 POST 正文（文本或字节），或值全是文本的参数对象。',
  },
  BODY_TOO_LARGE: { message: '正文超过 64 KiB；通知不到 1 KiB。', fix: '只给出通知正文。' },
  BODY_DECODED: {
    message:
      'rsaSign 的 + 原样出现在正文里。收到的正文里应是 %2B，所以它在保存（例如写日志）之前已被解码；这里按已解码读取。',
    fix: '如果收到的确实就是这样，说明发送方或转发方做了解码：表单解析会把 + 变成空格。',
  },
  PARAMETER_REPEATED: {
    message: '{parameter} 出现了两次：这个通知有两种读法。',
    fix: '拒绝它。如果是自己的代码合并了正文与 URL 参数，请只取正文。',
  },
  PARAMETER_NOT_TEXT: {
    message: '{parameter} 不是文本：参数被转换过。',
    fix: '按收到的原样验签：在任何转换之前，用简单的表单解析（不要用支持嵌套名的 qs），最好用原始正文。',
  },
  SIGNATURE_MISSING: {
    message: '缺少 rsaSign。',
    fix: '请给出收到的完整正文：日志或数据库的列可能截掉了末尾。平台发的是表单：读正文而不是 URL。没有 rsaSign 就不是平台的通知。',
  },
  NOTIFY_VERIFIED_WITH_DEVELOPER_KEY: {
    message:
      '这个签名与给出的密钥不配对。很可能这把密钥不是这个支付服务的平台公钥（误用了自己的开发者公钥，或别的服务的平台公钥）；也可能 rsaSign 被改过或是伪造的。用这把密钥看不到签的是什么。',
    fix: '在后台这个支付服务的页面取平台公钥；每个服务各有一把。',
  },
  NOTIFY_PARAM_MISSING: {
    message: '平台文档列出的参数，这里缺少：{parameters}。',
    fix: '对收到的每个 POST 参数验签，空值也算：不要自己列名单，不要过滤空值（array_filter、empty()）。',
  },
  NOTIFY_QUERY_PARAM_INCLUDED: {
    message: '去掉 {parameters} 签名就成立：它们不是平台发的。',
    fix: '只对 POST 正文验签：用 $_POST 而不是 $_REQUEST，不要混入查询串和路由参数。',
  },
  NOTIFY_WRONG_CHARSET: {
    message: '{parameter} 是 UTF-8，接收方却按 {charset} 解码。平台是按 UTF-8 签名的。',
    fix: '请按 UTF-8 解码正文：在第一次 getParameter 之前调用 request.setCharacterEncoding("UTF-8")（Servlet、Tomcat），把 CharacterEncodingFilter 放在最前面（Spring）；最好直接验证原始正文。',
  },
  NOTIFY_PARAM_RENAMED: {
    message: '参数名在接收方被改动：{parameters}。',
    fix: '请用收到时的参数名验签，之后再映射为自己的命名。',
  },
  NOTIFY_CHARACTERS_LOST: {
    message:
      '密钥是对的，但平台签的是别的值。{parameter} 含有 U+FFFD，解码器遇到不属于其字符集的字节时会写这个字符：多半是正文没有按 UTF-8 解码，原值已经丢失。',
    fix: '请验证原始正文，或让正文按 UTF-8 解码：在第一次 getParameter 之前调用 request.setCharacterEncoding("UTF-8")（Servlet、Tomcat）。如果原始正文里也有 U+FFFD，不要发货，请用 findByTpOrderId 查询。',
  },
  NOTIFY_VALUE_CONVERTED: {
    message: '{parameter} 在接收方被改动：{how}。',
    fix: '在过滤、转义、去空格、解码之前验签；表单只解码一次。',
  },
  NOTIFY_TAMPERED: {
    message: '密钥是对的，但平台签的是另一段文本：签名之后有内容被改动或丢掉。{detail}',
    fix: '不要发货，用 findByTpOrderId 查询。如果每个通知都这样，就是自己的代码在验签前改了值，或者丢了参数（实体类、字段清单里没有新增的参数）：请对原始正文验签。',
  },
  NOTIFY_SPLICED: {
    message: '签名成立，但 {parameter} 可能是另一个参数的一段：同一文本可以读成另一笔订单。',
    fix: '拒绝它（verifyNotification 会拒绝），用 findByTpOrderId 查明真相。',
  },
  PARAMETER_MALFORMED: {
    message: '签名成立，但有参数无法使用：{reason}。',
    fix: '不要发货，用 findByTpOrderId 查询。',
  },
  KIND_UNKNOWN: {
    message: '签名成立，但这既不是支付通知也不是退款通知。',
    fix: '请给出完整的通知 POST 正文。',
  },

  KEY_EMPTY: { message: '密钥是空的。', fix: '请给出 PEM 文件，或后台显示的那一行。' },
  KEY_TOO_LARGE: { message: '密钥过大：{detail}。', fix: '请给出 RSA 密钥；文档使用 1024 位。' },
  KEY_NOT_BASE64: {
    message: '密钥既不是 PEM 也不是 base64。',
    fix: '请给出从 BEGIN 到 END 的完整文件，或后台显示的那一行。',
  },
  KEY_NOT_READABLE: {
    message: '里面没有 RSA 密钥：被截断了，或是别的东西，例如占位文字。',
    fix: '请重新完整复制密钥；它的 base64 以 MI 开头。',
  },
  KEY_ENCRYPTED: {
    message: '私钥有密码保护。',
    fix: '去掉密码：openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN。',
  },
  KEY_OPENSSH: {
    message: '这是 OpenSSH 密钥。',
    fix: '转换：ssh-keygen -p -m PEM -f KEY（私钥）、ssh-keygen -e -m PKCS8 -f KEY.pub（公钥）。',
  },
  KEY_NOT_RSA: {
    message: '密钥的类型是 {detail}，不是 RSA。',
    fix: '生成 RSA 密钥对：openssl genrsa -out private.pem 1024。',
  },
  KEY_IS_PROMISE: {
    message: '密钥是一个没有 await 的 Promise。',
    fix: '请先 await：await readFile(…)，或用 readFileSync。',
  },
  KEY_IS_REQUEST: {
    message: '这是证书请求（CSR），不是密钥。',
    fix: '取出其中的公钥：openssl req -in FILE -noout -pubkey。私钥在另一个文件里。',
  },
  KEY_IS_KEYSTORE: {
    message: '这是密钥库（PKCS#12 的 .p12、.pfx，或 JKS），不是密钥。',
    fix: '取出其中的密钥：openssl pkcs12 -in FILE -nodes -nocerts -out private.pem；JKS 先转成 PKCS#12：keytool -importkeystore -deststoretype PKCS12。',
  },
  KEY_IS_JWK: {
    message: '这是 JSON Web Key（JWK）。',
    fix: "请转成 PEM：Node 里 createPrivateKey({ key, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' })；公钥用 createPublicKey 和 spki。",
  },
  KEY_IS_FILE_NAME: {
    message: '这是文件名，不是文件里的密钥。',
    fix: '请读取文件内容：readFileSync(name)。',
  },
  KEY_IS_HEX: { message: '密钥是十六进制。', fix: '请用 base64 或 PEM 保存：xxd -r -p KEY | base64 -w0。' },
  KEY_PLUS_BECAME_SPACE: {
    message: '密钥里本应是 + 的地方成了空格。',
    fix: '这是表单或 URL 造成的：请使用原来的密钥，或先做百分号编码（+ 写作 %2B）。',
  },
  KEY_NOT_GIVEN: {
    message: '没有给出密钥，所以没有检查签名本身。',
    fix: '用 --key 给出公钥：检查订单用上传到后台的开发者公钥，检查通知用后台显示的平台公钥。',
  },
  KEY_IS_PRIVATE: {
    message: '这里应给公钥，给的却是私钥；已使用它的公钥部分。',
    fix: '请给公钥；私钥只放在服务器上。',
  },
  PRIVATE_KEY_MISSING: { message: '两把都是公钥；比对需要私钥。', fix: '第一个参数给签名用的私钥。' },
  KEYS_DO_NOT_MATCH: {
    message: '这两把密钥不是一对：私钥 {privateFingerprint}，公钥 {publicFingerprint}。',
    fix: '由私钥导出公钥：openssl rsa -in {privateFile} -pubout -out public.pem，并上传它。',
  },
  KEYS_SWAPPED: {
    message: '公钥放在了第一个，私钥放在了第二个。',
    fix: '先给私钥，再给公钥：npx swan-cashier doctor keys {privateFile} {publicFile}',
  },
  KEY_FORMAT: { message: '{kind}：{bits} 位，{format}，指纹 {fingerprint}。', fix: '{needs}' },
  KEY_SIZE_UNDOCUMENTED: {
    message: '密钥是 {bits} 位。文档写的是 1024 位；平台是否接受其他长度未知。',
    fix: '如果平台拒绝：openssl genrsa -out private.pem 1024。',
  },
  KEY_WITH_BOM: { message: '{kind}文件带 BOM。', fix: '存为不带 BOM 的 UTF-8：PHP、Go、Java 会因此出错。' },
  KEY_WITH_CRLF: { message: '{kind}文件是 Windows 换行。', fix: 'PEM 读取没有问题；自己拼接各行时要去掉。' },
  KEY_WITH_QUOTES: { message: '{kind}带引号。', fix: '去掉引号：在 env 文件里引号可能成为值的一部分。' },
  KEY_WITH_FOREIGN_CHARACTERS: {
    message:
      '{kind}里有密钥不该有的字符，常见于 Word、聊天工具、JSON：长破折号、全角横线、不可见字符、\\/、%2B。',
    fix: '请重新从密钥文件复制。loadPrivateKey 和 loadPublicKey 能读取；PHP、Go、Java 不能。',
  },
  KEY_WITH_NAME: {
    message: '{kind}周围带有其他文字：变量名（如 .env 文件里的一行）或源代码。',
    fix: '只给出密钥本身。loadPrivateKey 和 loadPublicKey 会处理；PHP、Go、Java 不会。',
  },
  KEY_IS_URLSAFE: {
    message: '{kind}是 URL 安全的 base64（用 - 和 _ 代替 + 和 /）。',
    fix: '请用标准字母表：OpenSSL、PHP、Go、Java 不接受这种写法。',
  },
  KEY_WITH_LITERAL_NEWLINES: {
    message: '{kind}里是反斜杠加 n 而不是换行，环境变量里常见。',
    fix: '使用前替换：key.replace(/\\\\n/g, "\\n")。loadPrivateKey 和 loadPublicKey 会处理。',
  },
  KEY_WITHOUT_PEM: {
    message: '{kind}是不带 BEGIN 和 END 的 base64。',
    fix: 'Java 正需要这样。PHP、Go、Node 需要包装：BEGIN 行、每行 64 个字符、END 行。',
  },
  KEY_IS_BASE64_OF_PEM: {
    message: '{kind}又做了一次 base64，CI 和 Kubernetes 常这样保存密钥。',
    fix: '使用前先解码一次。loadPrivateKey 和 loadPublicKey 会处理；PHP、Go、Java 不会。',
  },
  KEY_ON_ONE_LINE: {
    message: '{kind}是写成一行的 PEM；OpenSSL、PHP、Node 会拒绝。',
    fix: 'BEGIN 和 END 要各占一行。',
  },
  KEY_WRONG_LABEL: {
    message: '{kind}的标签与内容不符：内容是 {format}。',
    fix: '标签应为 {label}：否则 OpenSSL、PHP、Go 或 Java 可能拒绝。',
  },
  KEY_IS_DER: {
    message: '{kind}文件是二进制（DER）。',
    fix: '转换为 PEM：openssl rsa -inform DER -in KEY -out key.pem（公钥加 -pubin）。',
  },
};
