/**
 * The message and the fix of each finding, in English; `npm run docs` writes them into docs/signature-codes.md. `{name}` is
 * replaced by a value of the finding's evidence.
 */
import type { FindingCode } from './codes';

export interface FindingText {
  message: string;
  fix: string;
}

export const en: Record<FindingCode, FindingText> = {
  INPUT_EMPTY: {
    message: 'There is nothing to examine: the input is empty.',
    fix: 'Give the text as your backend sends it.',
  },
  INPUT_TOO_LARGE: {
    message: 'The input is larger than 64 KiB; an orderInfo or a notification takes one or two KiB.',
    fix: 'Give only the orderInfo, or the answer of your backend that holds it.',
  },
  INPUT_NOT_TEXT: {
    message: 'The input is not UTF-8: it is text in another charset, such as GBK, or binary.',
    fix: 'Let the backend answer in UTF-8 (save PHP sources as UTF-8, no iconv to GBK), and save logs and bodies as UTF-8.',
  },
  INPUT_NOT_JSON: {
    message: 'The input is not JSON: {reason}.',
    fix: 'Give the orderInfo as JSON. A web page here usually means that the backend failed or wants a login.',
  },
  INPUT_TOO_DEEP: {
    message: 'The JSON is nested deeper than 32 levels; an orderInfo has at most three.',
    fix: 'Give the orderInfo itself.',
  },
  INPUT_NOT_NOTIFICATION: {
    message: 'No parameters of a notification were found in this text, which begins: {said}',
    fix: 'Give the POST body as it arrived (userId=…&orderId=…&…&rsaSign=…), a log line that holds it, or the parameters as JSON.',
  },
  INPUT_IS_KEY: {
    message: 'This is a key, not an order or a notification.',
    fix: 'Give the key behind --key: npx swan-cashier doctor order.json --key merchant-public.pem. To compare two keys: npx swan-cashier doctor keys private.pem public.pem.',
  },
  INPUT_IS_ORDER: {
    message: 'This is an orderInfo, not a notification.',
    fix: 'Examine it without --notify: npx swan-cashier doctor order.json --key merchant-public.pem.',
  },
  INPUT_IS_NOTIFICATION: {
    message: 'This is a notification of the platform, not an orderInfo.',
    fix: 'Examine it with --notify: npx swan-cashier doctor --notify body.txt --key platform-public.pem.',
  },
  INPUT_WITHOUT_VALUES: {
    message:
      'The names of the parameters are there ({how}), their values are not: Java printed the arrays of getParameterMap() as references.',
    fix: 'Log the body itself, or String.join(",", values) of each parameter.',
  },
  INPUT_EXTRACTED: {
    message: 'The parameters were found in {how}.',
    fix: 'A log or a dump may differ from what arrived. Where the findings are a riddle, save the text exactly as it was sent or received.',
  },
  INPUT_SEVERAL_ORDERS: {
    message: '{count} orders were found; only the first one was examined.',
    fix: 'Give one order, or examine them one by one.',
  },
  INPUT_SEVERAL_NOTIFICATIONS: {
    message: '{count} notifications were found; only the first one was examined.',
    fix: 'Give one notification, or examine them one by one.',
  },
  ANSWER_NOT_JSON_ALONE: {
    message:
      'The answer is not JSON alone: the order was found in {how}, and the answer begins with {said}. The mini-program gets such an answer as text and finds no order in it.',
    fix: "Answer with the JSON and nothing else: no warnings of PHP (display_errors=0, log them), no echo for debugging, no )]}' and no JSONP callback around it.",
  },
  ANSWER_ENVELOPE_UNKNOWN: {
    message:
      'pay-button finds no order in this answer: it reads { errno: 0, data } or { code: 0, data }, where data is the orderInfo or { orderInfo }.',
    fix: 'Answer in that form, or tell the mini-program how to read yours: configure({ envelope }).',
  },
  ORDERINFO_NOT_FOUND: {
    message: 'There is no orderInfo anywhere in this JSON, which says {said}',
    fix: 'Look at what the backend answered: an error message is not an order. An order has dealId, appKey, totalAmount, tpOrderId, dealTitle, signFieldsRange and rsaSign.',
  },

  ORDERINFO_NOT_OBJECT: {
    message: 'orderInfo is not an object.',
    fix: 'Pass an object to swan.requestPolymerPayment: { orderInfo: { dealId, appKey, … } }.',
  },
  TOO_MANY_FIELDS: {
    message:
      'There are {count} fields: an orderInfo has twelve, a notification nineteen, and more than {most} are not looked at.',
    fix: 'Give the orderInfo or the notification alone.',
  },
  ORDERINFO_IS_TEXT: {
    message:
      'orderInfo is JSON text instead of an object. The cashier may answer errCode 6 without looking at the signature.',
    fix: 'Parse it before the call, or let the backend answer with an object: only bizInfo is text.',
  },
  FIELD_MISSING: {
    message: '{field} is missing, empty or not text.',
    fix: 'Send {field} as a non-empty string.',
  },
  NUMBER_INSTEAD_OF_STRING: {
    message: '{field} is a number.',
    fix: 'Send {field} as a string: large numbers lose digits in JSON, and the signature covers text.',
  },
  NUMBER_LOST_DIGITS: {
    message:
      '{field} is the number {sent}. Beyond 2^53 JSON readers round it: JavaScript reads {read}, so the mini-program never sees what your backend wrote.',
    fix: 'Send {field} as a string, in quotes.',
  },
  NUL_CHARACTER: {
    message: '{field} holds a NUL character: {sent}.',
    fix: 'Remove it. In C and in some languages a text ends there, so two readers see two texts.',
  },
  DEALID_APPKEY_SWAPPED: {
    message: 'dealId is {sent}, which has letters, and appKey is digits only: they look swapped.',
    fix: 'dealId is the decimal settlement id, appKey the short key of the payment service that starts with MM.',
  },
  DEALID_MALFORMED: {
    message: 'dealId is {sent}; a settlement id is decimal digits.',
    fix: 'Take the dealId from the payment service page of the console, without blanks or quotes around it.',
  },
  APPKEY_MALFORMED: {
    message: 'appKey is {sent}; it has characters that no appKey has.',
    fix: 'Take the appKey from the payment service page of the console: letters and digits, without blanks or quotes around it.',
  },
  AMOUNT_NOT_INTEGER_FEN: {
    message: 'totalAmount is {sent}, which is not a whole number of fen.',
    fix: 'Send the fen as digits, without a decimal point: 113.00 yuan is "11300".',
  },
  AMOUNT_NOT_CANONICAL: {
    message: 'totalAmount is {sent}; an amount is written in fen, at least "1", without zeros in front.',
    fix: 'Send String(fen) of a whole number: "11300".',
  },
  SIGN_RANGE_NOT_1: {
    message:
      'signFieldsRange is {sent}: the signature does not cover the price, so the client could change it.',
    fix: 'Send signFieldsRange "1" and sign appKey, dealId, totalAmount and tpOrderId.',
  },
  SIGN_RANGE_UNKNOWN: {
    message: 'signFieldsRange is {sent}; only "1" and "0" exist.',
    fix: 'Send signFieldsRange "1" and sign appKey, dealId, totalAmount and tpOrderId.',
  },
  NOTIFYURL_NOT_URL: {
    message: 'notifyUrl is {sent}, which is no whole URL: the platform cannot send the notification there.',
    fix: 'Write it with scheme and host, https://shop.example/notify, or leave it out to use the address set in the console.',
  },
  APPKEY_IS_MINIAPP_KEY: {
    message:
      'appKey looks like the App Key of the mini-program (32 characters). The cashier wants the appKey of the payment service.',
    fix: 'Take the appKey from the payment service page of the console; it is short and starts with MM.',
  },
  TPORDERID_AMBIGUOUS: {
    message:
      'tpOrderId {sent} has & or =. A notification is signed as name=value&name=value, so this one could be read in two ways: it is refused, and the order stays unpaid in your shop.',
    fix: 'Make order numbers without & and =. Letters, digits, _ . - are safe everywhere.',
  },
  TPORDERID_UNUSUAL: {
    message:
      'tpOrderId is {sent}, and not 1 to 64 of A-Z a-z 0-9 _ . -. The cashier takes it; signOrderInfo does not sign it.',
    fix: 'Use these characters only: every reader on the way leaves them as they are.',
  },
  BANNEDCHANNELS_MISPLACED: {
    message: 'bannedChannels is inside orderInfo, where it hides no way to pay.',
    fix: 'It is an option of the call, beside orderInfo: swan.requestPolymerPayment({ orderInfo, bannedChannels }). For pay-button it is the property banned-channels.',
  },
  BIZINFO_NOT_STRING: {
    message: 'bizInfo is an object.',
    fix: 'Send bizInfo as text: JSON.stringify(bizInfo), json_encode($bizInfo).',
  },
  BIZINFO_NOT_JSON_OBJECT: {
    message: 'bizInfo is not the text of a JSON object.',
    fix: 'Call JSON.stringify once, on an object, for example {"tpData":{}}; encoding twice gives a string, not an object.',
  },
  BIZINFO_TPDATA_MISMATCH: {
    message: 'bizInfo.tpData.{field} differs from {field} in orderInfo.',
    fix: 'Build bizInfo from the values that are actually sent, or leave the repeated fields out.',
  },
  BIZINFO_KEY_CASE: {
    message: 'bizInfo.tpData spells {field} as {sent}.',
    fix: 'Write {field}. The misspelling comes from the structs of the official Go demo.',
  },
  RETURNDATA_NOT_OBJECT: {
    message: '{field} is {sent}, and not an object: verifyNotification will give returnData null.',
    fix: 'Send an object, for example {"cart":"7"}, or leave it out. In PHP an empty array becomes []; write new stdClass.',
  },
  BASE64_PERCENT_ENCODED: {
    message: 'rsaSign is percent-encoded.',
    fix: 'Put the plain base64 into orderInfo. In a URL or a form body percent-encode it once, and decode it once.',
  },
  BASE64_PLUS_BECAME_SPACE: {
    message: 'rsaSign contains spaces. Most likely they were +, which a form decoder turns into spaces.',
    fix: 'Send rsaSign in JSON, or percent-encode it in a form body (+ as %2B), and decode it only once.',
  },
  BASE64_SPACES: {
    message: 'rsaSign contains blanks that do not belong to it.',
    fix: 'Trim it, and take it as the signing function returns it.',
  },
  BASE64_LINE_BREAKS: {
    message: 'rsaSign is broken into several lines.',
    fix: 'Use an encoder that writes one line: Base64.getEncoder() in Java, not the MIME encoder; no chunk_split in PHP; base64 -w0 in a shell.',
  },
  BASE64_URLSAFE: {
    message: 'rsaSign is URL-safe base64 (- and _ instead of + and /).',
    fix: 'Use the standard alphabet: base64.StdEncoding in Go, Base64.getEncoder() in Java, "base64" in Node.',
  },
  BASE64_NO_PADDING: {
    message:
      'rsaSign lacks the = at its end. Node and Java read it all the same; a strict decoder refuses it.',
    fix: 'Keep the padding: StdEncoding instead of RawStdEncoding in Go; do not trim the =.',
  },
  BASE64_DECORATED: {
    message: 'rsaSign is not bare base64: {how}.',
    fix: 'Put only the base64 of the signature bytes into rsaSign.',
  },
  HEX_INSTEAD_OF_BASE64: {
    message: 'rsaSign is hexadecimal ({how}).',
    fix: 'Write the signature bytes as base64, not as hex: Convert.ToBase64String (C#), base64_encode without bin2hex (PHP), openssl dgst -sha1 -sign KEY | base64 -w0 (shell).',
  },
  BYTES_INSTEAD_OF_BASE64: {
    message: 'rsaSign is the printed bytes of the signature ({how}).',
    fix: 'Encode the bytes as base64: Base64.getEncoder().encodeToString (Java), base64.StdEncoding.EncodeToString (Go), .toString("base64") (Node), base64.b64encode(…).decode() (Python).',
  },
  BINARY_AS_TEXT: {
    message:
      'rsaSign looks like signature bytes that were taken for text. What they were cannot be told any more.',
    fix: 'Encode the bytes as base64 before they become text: base64_encode (PHP), .toString("base64") (Node), Convert.ToBase64String (C#).',
  },
  OBJECT_INSTEAD_OF_SIGNATURE: {
    message: 'rsaSign is {sent}: what a language prints for an object. The signature itself is not in it.',
    fix: 'Encode the bytes as base64, and await the signature where signing is asynchronous.',
  },
  SIGNATURE_TOO_LONG: {
    message: 'rsaSign is longer than any signature.',
    fix: 'Put only the base64 of the signature bytes into rsaSign: 172 characters for a key of 1024 bits.',
  },
  DOUBLE_BASE64: {
    message: 'rsaSign was base64-encoded twice.',
    fix: 'Encode once: the signing function you use already returns base64.',
  },
  SIGNATURE_BYTES_CHANGED: {
    message: 'The bytes of the signature were changed before they were encoded: {how}.',
    fix: 'Encode the bytes as the signing function returns them; undo the order of CryptSignHash with Array.Reverse. Do not put bytes into a text.',
  },
  NOT_BASE64: {
    message:
      'rsaSign is no base64: it has characters that do not occur there, an = before its end, or a changed end.',
    fix: 'Put only the base64 of the signature bytes into rsaSign.',
  },
  HASH_INSTEAD_OF_SIGNATURE: {
    message: 'rsaSign is the {algorithm} of the text, not a signature: everybody can compute it.',
    fix: 'Sign the text with the private key: SHA1withRSA (Java), openssl_sign (PHP), rsa.SignPKCS1v15 with crypto.SHA1 (Go), crypto.sign("RSA-SHA1", …) (Node).',
  },
  HASH_LIKE_SIGNATURE: {
    message:
      'rsaSign has {characters} characters, the length of a hash ({algorithm}, or an HMAC with it), and not of an RSA signature. Most likely it is one; or else a signature was cut off.',
    fix: 'Sign the text with the private key: SHA1withRSA (Java), openssl_sign (PHP), rsa.SignPKCS1v15 with crypto.SHA1 (Go), crypto.sign("RSA-SHA1", …) (Node). WeChat\'s MD5(text&key=…) and HMACs with a secret are no RSA signatures.',
  },
  ECDSA_SIGNATURE: {
    message:
      'rsaSign has the form of an ECDSA or DSA signature, which is made with a key of another kind than RSA.',
    fix: 'Make an RSA key pair (openssl genrsa -out private.pem 1024), upload its public key, and sign with SHA1withRSA.',
  },
  SIGNATURE_TOO_SHORT: {
    message:
      'rsaSign has only {characters} characters; with a key of {keyBits} bits a signature has {expectedCharacters} when written like this.',
    fix: 'This is hardly a signature: look for a placeholder, or for another value that took its place.',
  },
  SIGNATURE_CUT: {
    message:
      'rsaSign is too short: it has {characters} characters; with a key of {keyBits} bits it has {expectedCharacters} when written like this. Most likely it was cut off.',
    fix: 'Look for a column such as VARCHAR({characters}), or a log that shortens. If nothing cuts it, it was made with a shorter key, another one than this, or it is no RSA signature but a hash.',
  },

  SIGNATURE_LENGTH: {
    message: 'rsaSign has {length} bytes; a signature by a key of {keyBits} bits has {expectedLength}.',
    fix: 'It was cut off, added to, or made with a key of another size: compare what was signed with what arrives.',
  },
  WRONG_KEY: {
    message:
      'rsaSign was not made with the private key that belongs to this public key (or its bytes were changed). The order itself may be right: another key cannot show what was signed.',
    fix: 'Give your own public key, not the 平台公钥 that the console shows beside it. If it is yours, compare the pair with: npx swan-cashier doctor keys private.pem public.pem. Then upload the public key that belongs to the private key you sign with as the developer public key, and wait for the review.',
  },
  WRONG_KEY_SIZE: {
    message:
      'rsaSign has the length of a signature by a key of {signatureBits} bits, but this public key has {keyBits}: most likely it is another key, which cannot show what was signed.',
    fix: "Sign with the private key whose public key is uploaded; Baidu's documentation uses 1024 bits.",
  },
  PSS_PADDING: {
    message: 'The signature is RSASSA-PSS. The platform accepts PKCS#1 v1.5 only.',
    fix: 'Use SHA1withRSA (Java), openssl_sign (PHP), rsa.SignPKCS1v15 (Go), crypto.sign("RSA-SHA1", …) without padding options (Node).',
  },
  WRONG_DIGEST_MD5: {
    message: 'The signature is over MD5 instead of SHA-1 (MD5withRSA).',
    fix: 'Use SHA1withRSA: OPENSSL_ALGO_SHA1, crypto.SHA1, "RSA-SHA1".',
  },
  WRONG_DIGEST_SHA224: {
    message: 'The signature is over SHA-224 instead of SHA-1.',
    fix: 'Use SHA1withRSA.',
  },
  WRONG_DIGEST_SHA256: {
    message: 'The signature is over SHA-256 instead of SHA-1 (the "RSA2" of Alipay).',
    fix: 'Use SHA1withRSA: OPENSSL_ALGO_SHA1, crypto.SHA1, "RSA-SHA1". Baidu takes rsa, not rsa2.',
  },
  WRONG_DIGEST_SHA384: {
    message: 'The signature is over SHA-384 instead of SHA-1.',
    fix: 'Use SHA1withRSA.',
  },
  WRONG_DIGEST_SHA512: {
    message: 'The signature is over SHA-512 instead of SHA-1.',
    fix: 'Use SHA1withRSA.',
  },
  WRONG_DIGEST_OTHER: {
    message: 'The signature is over {digest} instead of SHA-1.',
    fix: 'Use SHA1withRSA: OPENSSL_ALGO_SHA1, crypto.SHA1, "RSA-SHA1".',
  },
  NO_DIGESTINFO_PLAINTEXT: {
    message: 'The text itself was encrypted with the private key; it was not signed.',
    fix: 'Use a signing function, not an encrypting one: openssl_sign instead of openssl_private_encrypt, Signature instead of Cipher, crypto.sign instead of crypto.privateEncrypt.',
  },
  NO_DIGESTINFO_SHA1: {
    message: 'The bare SHA-1 hash was encrypted with the private key; a signature wraps it in a DigestInfo.',
    fix: 'Give the text to a signing function and let it hash: openssl_sign, Signature("SHA1withRSA"), rsa.SignPKCS1v15 with crypto.SHA1, crypto.sign("RSA-SHA1", …).',
  },
  NO_DIGESTINFO_SHA1_HEX: {
    message:
      'The SHA-1 hash was encrypted with the private key as hexadecimal text; a signature covers its bytes, in a DigestInfo.',
    fix: 'Give the text to a signing function and let it hash; do not call sha1() first.',
  },
  NO_DIGESTINFO_MD5: {
    message: 'An MD5 hash was encrypted with the private key; a signature is over SHA-1, in a DigestInfo.',
    fix: 'Give the text to a SHA1withRSA signing function and let it hash.',
  },
  NO_DIGESTINFO_SHA256: {
    message: 'A SHA-256 hash was encrypted with the private key; a signature is over SHA-1, in a DigestInfo.',
    fix: 'Give the text to a SHA1withRSA signing function and let it hash.',
  },
  NO_DIGESTINFO_UNKNOWN: {
    message:
      '{length} bytes were encrypted with the private key that are neither text nor a hash known here; a signature holds SHA-1 in a DigestInfo.',
    fix: 'Give the text to a SHA1withRSA signing function and let it hash.',
  },

  RANGE1_SIGNED_WITHOUT_TOTALAMOUNT: {
    message: 'signFieldsRange is "1", yet totalAmount was not signed.',
    fix: 'Sign four fields: appKey, dealId, totalAmount, tpOrderId. The official Go demo signs three and sends "1".',
  },
  RANGE0_SIGNED_WITH_TOTALAMOUNT: {
    message: 'totalAmount was signed, yet signFieldsRange is not "1", so the platform checks three fields.',
    fix: 'Send signFieldsRange "1".',
  },
  EXTRA_FIELDS_SIGNED: {
    message: 'The signed text has {fields} besides the four fields.',
    fix: 'Sign only appKey, dealId, totalAmount and tpOrderId; dealTitle, bizInfo, signFieldsRange, notifyUrl and the rest are not signed.',
  },
  FIELD_NOT_SIGNED: {
    message: 'The signed text lacks {fields}.',
    fix: 'Sign appKey, dealId, totalAmount and tpOrderId, all four.',
  },
  UNSORTED: {
    message: 'The fields were joined in the order {order}, not sorted by name.',
    fix: 'Sort by name: appKey, dealId, totalAmount, tpOrderId. totalAmount comes before tpOrderId: ksort, TreeMap, sort.Strings, Object.keys(o).sort().',
  },
  VALUES_CONCATENATED: {
    message: 'Only the values were joined, without their names.',
    fix: 'Join name=value with &: appKey=…&dealId=…&totalAmount=…&tpOrderId=….',
  },
  SEPARATOR_WRONG: {
    message: 'The fields were joined as {style}.',
    fix: 'Join name=value with & and nothing else.',
  },
  JSON_SIGNED: {
    message: 'JSON was signed.',
    fix: 'Sign appKey=…&dealId=…&totalAmount=…&tpOrderId=…, not JSON.',
  },
  TRAILING_AMP: {
    message: 'The signed text ends in &.',
    fix: 'Join with & between the fields, or cut the last one off.',
  },
  TRAILING_NEWLINE: {
    message: 'The signed text ends in a newline.',
    fix: 'Sign without it: printf instead of echo, no println.',
  },
  EXTRA_CHARACTERS: {
    message: 'Something was signed along with the fields: {around}.',
    fix: 'Sign the joined fields and nothing else.',
  },
  DOUBLE_DIGEST: {
    message: 'A hash of the text ({how}) was signed instead of the text, so it was hashed twice.',
    fix: 'Give the text itself to SHA1withRSA, which does the hashing.',
  },
  KEY_CASE: {
    message: 'A name is spelt {signed} instead of {field}.',
    fix: 'Write the names exactly so: appKey, dealId, totalAmount, tpOrderId, dealTitle, signFieldsRange, rsaSign. A naming strategy of the JSON library (snake_case, PascalCase) must not change them.',
  },
  AMOUNT_SIGNED_DIFFERS_FROM_SENT: {
    message: 'totalAmount was signed as {signed} but is sent as {sent}.',
    fix: 'Compute the fen once, as an integer, turn them into text once, and use that text both for signing and for sending. No floats: 1.13 * 100 is 112.99999999999999.',
  },
  SIGNED_VALUE_DIFFERS_FROM_SENT: {
    message: '{field} was signed as {signed} but is sent as {sent}.',
    fix: 'Use the same text for signing and for sending.',
  },
  VALUES_URLENCODED: {
    message: 'The values were percent-encoded before they were joined ({how}).',
    fix: 'Join the raw values: no URLEncoder, url.Values.Encode, urlencode or http_build_query. A notification signed this way can be read with the option acceptEncodedValues.',
  },
  WHOLE_STRING_URLENCODED: {
    message: 'The joined text was percent-encoded as a whole ({how}).',
    fix: 'Sign the raw text.',
  },
  NULL_OR_UNDEFINED_JOINED: {
    message: 'The signed text has {placeholder} as the value of {fields}.',
    fix: 'Refuse to sign while a value is missing: it has not been set yet, or its name is misspelt where it is read.',
  },
  CHARSET_NOT_UTF8: {
    message: 'The text was signed in {charset}, not in UTF-8.',
    fix: 'Turn the text into bytes as UTF-8: getBytes(StandardCharsets.UTF_8); save PHP sources as UTF-8. Better: no Chinese in signed fields.',
  },
  TEXT_UNKNOWN: {
    message:
      'The key is right, but another text was signed. How that came about is unknown: no known mistake leads to it.',
    fix: 'Print the text right before it is signed and compare it, character by character, with the one that should have been signed. The usual cause that cannot be seen from outside is a value that changes between signing and sending.',
  },

  BODY_MISSING: {
    message: 'There is no body.',
    fix: 'Register a parser for application/x-www-form-urlencoded (express.urlencoded, @fastify/formbody), or read the raw body.',
  },
  BODY_UNREADABLE: {
    message: 'This is no body of a notification: {reason}.',
    fix: 'Give the raw POST body (text or bytes), or the parameters as an object of texts.',
  },
  BODY_TOO_LARGE: {
    message: 'The body is larger than 64 KiB; a notification takes less than 1 KiB.',
    fix: 'Give only the body of the notification.',
  },
  BODY_DECODED: {
    message:
      'The + of rsaSign stands in the body as it is. In a body as received it is %2B, so this one was decoded before it was saved, as by a log; it was read that way.',
    fix: 'If these bytes really arrived, what sends or forwards them decodes them: a form parser makes spaces of the +.',
  },
  PARAMETER_REPEATED: {
    message: '{parameter} occurs twice: the notification can be read in two ways.',
    fix: 'Refuse it. If your own code merges the body with the URL, use the body only.',
  },
  PARAMETER_NOT_TEXT: {
    message: '{parameter} is not text: something converted the parameters.',
    fix: 'Verify the parameters as they arrived, before any conversion, with a simple form parser (not qs with nested names); best of all, verify the raw body.',
  },
  SIGNATURE_MISSING: {
    message: 'rsaSign is missing.',
    fix: 'Give the body as received, to its end: a log or a column of a database may have cut it off. The platform posts a form: read the body, not the URL. Without rsaSign it is not a notification from the platform.',
  },
  NOTIFY_VERIFIED_WITH_DEVELOPER_KEY: {
    message:
      'This signature does not belong to the key given. Most likely the key is not the platform public key of this payment service (but your own developer key, or the platform key of another service); or rsaSign was changed or made up. This key cannot show what was signed.',
    fix: 'Take the platform public key (平台公钥) from the page of this payment service in the console; each service has its own.',
  },
  NOTIFY_PARAM_MISSING: {
    message: 'Parameters that the documents of the platform list are missing here: {parameters}.',
    fix: 'Verify every POST parameter, empty ones included: keep no list of your own, and do not drop empty values (array_filter, empty()).',
  },
  NOTIFY_QUERY_PARAM_INCLUDED: {
    message: 'Without {parameters} the signature holds: these did not come from the platform.',
    fix: 'Verify the POST body only: $_POST instead of $_REQUEST, no getParameterMap with a query string, no router parameters.',
  },
  NOTIFY_WRONG_CHARSET: {
    message:
      '{parameter} is UTF-8 that was decoded as {charset} on the receiving side. The platform signed it in UTF-8.',
    fix: 'Decode the body as UTF-8: request.setCharacterEncoding("UTF-8") before the first getParameter (Servlet, Tomcat), a CharacterEncodingFilter in front of all others (Spring); best of all, verify the raw body.',
  },
  NOTIFY_PARAM_RENAMED: {
    message: 'Names were changed on the receiving side: {parameters}.',
    fix: 'Verify the parameters under the names as they arrived; map them to names of your own afterwards.',
  },
  NOTIFY_CHARACTERS_LOST: {
    message:
      'The key is right, but the platform signed other values. {parameter} holds U+FFFD, which decoders write for bytes that are no text in their charset: most likely the body was decoded in another charset than UTF-8, and what it was is lost.',
    fix: 'Verify the raw body, or have it decoded as UTF-8: request.setCharacterEncoding("UTF-8") before the first getParameter (Servlet, Tomcat). If U+FFFD is in the raw body as well, do not fulfil the order; ask findByTpOrderId.',
  },
  NOTIFY_VALUE_CONVERTED: {
    message: '{parameter} was changed on the receiving side: {how}.',
    fix: 'Verify before any filtering, escaping, trimming or decoding; decode the form only once.',
  },
  NOTIFY_TAMPERED: {
    message:
      'The key is right, but the platform signed another text: something was changed or dropped after signing. {detail}',
    fix: 'Do not fulfil the order; ask findByTpOrderId. If every notification looks like this, your own code changes a value before it is verified, or drops a parameter, as a class or a list of known names does with a new one: verify the raw body.',
  },
  NOTIFY_SPLICED: {
    message:
      'The signature holds, but {parameter} may be a piece of another parameter: the same text can be read as another order.',
    fix: 'Refuse it, as verifyNotification does, and ask findByTpOrderId what is true.',
  },
  PARAMETER_MALFORMED: {
    message: 'The signature holds, but a parameter cannot be used: {reason}.',
    fix: 'Do not fulfil the order; ask findByTpOrderId.',
  },
  KIND_UNKNOWN: {
    message: 'The signature holds, but this is neither a payment nor a refund notification.',
    fix: 'Give the whole POST body of the notification.',
  },

  KEY_EMPTY: { message: 'The key is empty.', fix: 'Give the PEM file, or the one line the console shows.' },
  KEY_TOO_LARGE: {
    message: 'This key is too large: {detail}.',
    fix: "Give the RSA key; Baidu's documentation uses 1024 bits.",
  },
  KEY_NOT_BASE64: {
    message: 'The key is neither PEM nor base64.',
    fix: 'Give the whole file, from BEGIN to END, or the one line the console shows.',
  },
  KEY_NOT_READABLE: {
    message: 'There is no RSA key in it: it was cut off, or is something else, such as a placeholder.',
    fix: 'Copy the key again, whole. In base64 it begins with MI.',
  },
  KEY_ENCRYPTED: {
    message: 'The private key is protected by a passphrase.',
    fix: 'Remove it: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN.',
  },
  KEY_OPENSSH: {
    message: 'This is an OpenSSH key.',
    fix: 'Convert it: ssh-keygen -p -m PEM -f KEY (private), ssh-keygen -e -m PKCS8 -f KEY.pub (public).',
  },
  KEY_NOT_RSA: {
    message: 'The key is of type {detail}, not RSA.',
    fix: 'Make an RSA key pair: openssl genrsa -out private.pem 1024.',
  },
  KEY_IS_PROMISE: {
    message: 'The key is a promise that was not awaited.',
    fix: 'Await it first: await readFile(…), or use readFileSync.',
  },
  KEY_IS_REQUEST: {
    message: 'This is a certificate request (CSR), not a key.',
    fix: 'Take the public key out of it: openssl req -in FILE -noout -pubkey. The private key is in another file.',
  },
  KEY_IS_KEYSTORE: {
    message: 'This is a keystore (PKCS#12 as .p12 and .pfx, or JKS), not a key.',
    fix: 'Take the key out of it: openssl pkcs12 -in FILE -nodes -nocerts -out private.pem; of JKS make PKCS#12 first: keytool -importkeystore -deststoretype PKCS12.',
  },
  KEY_IS_JWK: {
    message: 'This is a JSON Web Key.',
    fix: "Make PEM of it: createPrivateKey({ key, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' }) in Node; createPublicKey and spki for a public key.",
  },
  KEY_IS_FILE_NAME: {
    message: 'This is the name of a file, not the key in it.',
    fix: 'Read the file: readFileSync(name).',
  },
  KEY_IS_HEX: {
    message: 'The key is hexadecimal.',
    fix: 'Keep it as base64 or PEM: xxd -r -p KEY | base64 -w0.',
  },
  KEY_PLUS_BECAME_SPACE: {
    message: 'The key has spaces where its + should be.',
    fix: 'A form or a URL made spaces of them: take the key as it was before, or percent-encode it (+ as %2B).',
  },
  KEY_NOT_GIVEN: {
    message: 'No key was given, so the signature itself was not examined.',
    fix: 'Add --key: for an order the public key you uploaded to the console, for a notification the platform public key (平台公钥) that the console shows.',
  },
  KEY_IS_PRIVATE: {
    message: 'This is a private key, but the public one is expected; its public half was used.',
    fix: 'Give the public key, and keep the private one on the server only.',
  },
  PRIVATE_KEY_MISSING: {
    message: 'Both keys are public; one of the two must be private.',
    fix: 'Put the private key first, the one you sign with.',
  },
  KEYS_DO_NOT_MATCH: {
    message: 'The two keys are not a pair: private {privateFingerprint}, public {publicFingerprint}.',
    fix: 'Derive the public key from the private one: openssl rsa -in {privateFile} -pubout -out public.pem, and upload that.',
  },
  KEYS_SWAPPED: {
    message: 'The public key came first and the private one second.',
    fix: 'Put the private key first: npx swan-cashier doctor keys {privateFile} {publicFile}',
  },
  KEY_FORMAT: {
    message: 'The {kind} key: {bits} bits, {format}, fingerprint {fingerprint}.',
    fix: '{needs}',
  },
  KEY_SIZE_UNDOCUMENTED: {
    message:
      "The key has {bits} bits. Baidu's documentation says 1024; whether the platform accepts other sizes is not known.",
    fix: 'If the platform refuses it: openssl genrsa -out private.pem 1024.',
  },
  KEY_WITH_BOM: {
    message: 'The {kind} key file begins with a byte order mark.',
    fix: 'Save it as UTF-8 without BOM: PHP, Go and Java stumble over it.',
  },
  KEY_WITH_CRLF: {
    message: 'The {kind} key file has Windows line endings.',
    fix: 'PEM readers accept them; remove them where you join the lines yourself.',
  },
  KEY_WITH_QUOTES: {
    message: 'The {kind} key is in quotes.',
    fix: 'Remove the quotes: in an env file they may be part of the value.',
  },
  KEY_WITH_FOREIGN_CHARACTERS: {
    message:
      'The {kind} key has characters that no key has, as word processors, chats and JSON make them: long or full-width dashes, invisible characters, \\/, %2B.',
    fix: 'Take the key from its file again. loadPrivateKey and loadPublicKey read it; PHP, Go and Java do not.',
  },
  KEY_WITH_NAME: {
    message: 'The {kind} key has other text around it: its name, as in a .env file, or source code.',
    fix: 'Give the key alone. loadPrivateKey and loadPublicKey do this; PHP, Go and Java do not.',
  },
  KEY_IS_URLSAFE: {
    message: 'The {kind} key is in URL-safe base64 (- and _ instead of + and /).',
    fix: 'Use the standard alphabet: OpenSSL, PHP, Go and Java refuse this one.',
  },
  KEY_WITH_LITERAL_NEWLINES: {
    message:
      'The {kind} key has a backslash and an n instead of each line break, as is common in environment variables.',
    fix: 'Replace them before use: key.replace(/\\\\n/g, "\\n"). loadPrivateKey and loadPublicKey do this.',
  },
  KEY_WITHOUT_PEM: {
    message: 'The {kind} key is bare base64 without BEGIN and END.',
    fix: 'This is what Java wants. For PHP, Go and Node wrap it: a BEGIN line, lines of 64 characters, an END line.',
  },
  KEY_IS_BASE64_OF_PEM: {
    message: 'The {kind} key was encoded in base64 once more, as CI systems and Kubernetes keep secrets.',
    fix: 'Decode it once before use. loadPrivateKey and loadPublicKey do this; PHP, Go and Java do not.',
  },
  KEY_ON_ONE_LINE: {
    message: 'The {kind} key is PEM on a single line; OpenSSL, PHP and Node refuse it.',
    fix: 'Put BEGIN and END on lines of their own.',
  },
  KEY_WRONG_LABEL: {
    message: 'The label of the {kind} key does not match its content, which is {format}.',
    fix: 'Use the label {label}: with another one OpenSSL, PHP, Go or Java may refuse the key.',
  },
  KEY_IS_DER: {
    message: 'The {kind} key file is binary (DER).',
    fix: 'Convert it to PEM: openssl rsa -inform DER -in KEY -out key.pem (with -pubin for a public key).',
  },
};
