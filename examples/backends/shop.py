"""A shop's backend with nothing but Python 3 and the openssl command: orders, notifications, refunds.

    python3 shop.py 3000      # 127.0.0.1:3000; the settings come from the environment
    curl -X POST 'http://127.0.0.1:3000/refund?tpOrderId=…'

Orders live in memory here. A real shop keeps them in a database, takes the price from its catalogue, and asks who it is
that wants an order, its status or a refund.
"""

import base64
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def setting(name):
    value = os.environ.get(name, "").strip()
    if not value:
        sys.exit(f"{name} is not set: set -a; . ./.env")
    return value


APP_KEY = setting("APP_KEY")
DEAL_ID = setting("DEAL_ID")
CLIENT_ID = setting("CLIENT_ID")
CLIENT_SECRET = setting("CLIENT_SECRET")
MERCHANT_PRIVATE_KEY = setting("MERCHANT_PRIVATE_KEY_FILE")
PLATFORM_PUBLIC_KEY = setting("PLATFORM_PUBLIC_KEY")
BAIDU_BASE_URL = os.environ.get("BAIDU_BASE_URL", "https://openapi.baidu.com")

PRICE = 680  # fen
MAX_BODY = 64 * 1024

orders = {}
lock = threading.Lock()


def signed_text(fields):
    return "&".join(f"{name}={fields[name]}" for name in sorted(fields)).encode()


def sign(fields):
    openssl = ["openssl", "dgst", "-sha1", "-sign", MERCHANT_PRIVATE_KEY]
    signature = subprocess.run(openssl, input=signed_text(fields), stdout=subprocess.PIPE, check=True).stdout
    return base64.b64encode(signature).decode()


def platform_key_file(folder):
    file = os.path.join(folder, "platform.pem")
    with open(file, "w") as pem:
        pem.write(f"-----BEGIN PUBLIC KEY-----\n{textwrap.fill(PLATFORM_PUBLIC_KEY, 64)}\n-----END PUBLIC KEY-----\n")
    return file


def check_keys():
    """With a platform key that cannot be read, every notification would seem to be forged."""
    if not shutil.which("openssl"):
        sys.exit("the openssl command is not found")
    # Without -passin a key with a passphrase would make openssl ask for it.
    openssl = ["openssl", "rsa", "-noout", "-passin", "pass:", "-in", MERCHANT_PRIVATE_KEY]
    if subprocess.run(openssl, capture_output=True).returncode != 0:
        sys.exit(
            "MERCHANT_PRIVATE_KEY_FILE is not a PEM file with a private RSA key and without a passphrase, "
            f"whose BEGIN and END have lines of their own: {MERCHANT_PRIVATE_KEY}"
        )
    with tempfile.TemporaryDirectory() as folder:
        openssl = ["openssl", "rsa", "-pubin", "-noout", "-in", platform_key_file(folder)]
        if subprocess.run(openssl, capture_output=True).returncode != 0:
            sys.exit("PLATFORM_PUBLIC_KEY is not the one line of base64 that the console shows")


def verify(text, signature):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "signature")
        with open(file, "wb") as binary:
            binary.write(signature)
        openssl = ["openssl", "dgst", "-sha1", "-verify", platform_key_file(folder), "-signature", file]
        return subprocess.run(openssl, input=text, capture_output=True).returncode == 0


def is_json(text):
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):  # nested too deeply
        return False


def read_notification(body):
    """The parameters of a genuine notification, or None.

    The signed text is a plain join, so a text could be cut into other parameters and still verify. It cannot when names
    are words, none is there twice, and "&" occurs only inside the JSON of returnData and promoDetail.
    """
    try:
        pairs = urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
        fields = dict(pairs)
        signature = base64.b64decode(fields.pop("rsaSign", ""), validate=True)
    except ValueError:
        return None
    if len(fields) + 1 != len(pairs):
        return None
    for name, value in fields.items():
        may_hold_and = name in ("returnData", "promoDetail") and is_json(value)
        if not re.fullmatch(r"\w+", name) or ("&" in value and not may_hold_and):
            return None
    return fields if verify(signed_text(fields), signature) else None


# A real shop answers a repeated Idempotency-Key with the same order.
def create_order():
    signed = {"appKey": APP_KEY, "dealId": DEAL_ID, "tpOrderId": uuid.uuid4().hex, "totalAmount": str(PRICE)}
    with lock:
        orders[signed["tpOrderId"]] = {"status": "unpaid", "totalAmount": PRICE, "failedRefunds": []}
    more = {"dealTitle": "冷泡茉莉", "signFieldsRange": "1", "bizInfo": json.dumps({"tpData": signed})}
    return answer({"orderInfo": {**signed, **more, "rsaSign": sign(signed)}})


def order_status(tp_order_id):
    with lock:
        order = orders.get(tp_order_id)
        return answer({"status": order["status"]}) if order else refused("no such order")


def paid(body):
    fields = read_notification(body)
    if fields is None:
        return refused("the signature does not verify")
    with lock:
        order = orders.get(fields.get("tpOrderId"))
        if order is None or fields.get("dealId") != DEAL_ID or fields.get("status") != "2":
            return refused("not a payment of this shop")
        # totalMoney, not payMoney: what the person pays is less when Baidu gives a discount.
        wrong_amount = fields["totalMoney"] != str(order["totalAmount"])
        second_payment = order.get("orderId", fields["orderId"]) != fields["orderId"]
        if wrong_amount or second_payment:
            return answer({"isConsumed": 2, "isErrorOrder": 1})  # Baidu gives the money back
        if order["status"] == "unpaid":
            order.update(status="paid", orderId=fields["orderId"], userId=fields["userId"])
    return answer({"isConsumed": 2})


def call_baidu(path, query, form=None):
    """The answer of Baidu; an empty one when none came that can be read."""
    url = f"{BAIDU_BASE_URL}{path}?{urllib.parse.urlencode(query)}"
    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        try:
            response = urllib.request.urlopen(url, data, timeout=5)
        except urllib.error.HTTPError as error:
            response = error  # its body says more
        with response:
            return json.load(response)
    except (OSError, ValueError, http.client.HTTPException):
        return {}


def access_token():
    query = {
        "grant_type": "client_credentials",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "scope": "smartapp_snsapi_base",
    }
    return call_baidu("/oauth/2.0/token", query)


def refund(tp_order_id):
    token = access_token()
    if "access_token" not in token:
        return refused(f"no access token: {json.dumps(token)}")
    with lock:
        order = orders.get(tp_order_id)
        if order is None or order["status"] != "paid":
            return refused("only a paid order can be refunded")
        order.update(status="refunding", refundBatchId="")
    # When no answer comes, the refund may be under way all the same: it stays "refunding" until its notification comes, or
    # findOrderRefund says more.
    reply = call_baidu(
        "/rest/2.0/smartapp/pay/paymentservice/applyOrderRefund",
        {"access_token": token["access_token"]},
        {
            "pmAppKey": APP_KEY,
            "orderId": order["orderId"],
            "userId": order["userId"],
            "tpOrderId": tp_order_id,
            "refundType": 2,
            "refundReason": "缺货",
            # A refund that failed is over: the next one is another refund, with another number.
            "bizRefundBatchId": f"R{tp_order_id}-{len(order['failedRefunds'])}",
            "isSkipAudit": 1,
            "applyRefundMoney": order["totalAmount"],
        },
    )
    if not reply:
        return refused("no answer")
    # A gateway error has an error_code and no errno, so a missing errno is a failure, too.
    with lock:
        if reply.get("errno") != 0:
            if order["status"] == "refunding":
                order["status"] = "paid"
            return refused(json.dumps(reply, ensure_ascii=False))
        order["refundBatchId"] = str(reply["data"]["refundBatchId"])
        return answer({"status": order["status"]})


def refunded(body):
    fields = read_notification(body)
    if fields is None:
        return refused("the signature does not verify")
    if "refundStatus" not in fields:
        return refused("not the notification of a refund")
    with lock:
        for order in orders.values():
            # It comes again, perhaps after the next refund was requested.
            if fields["refundBatchId"] in order["failedRefunds"]:
                return answer({})
            # "" until the answer to the request has come, which may be later than this, or never.
            is_refund = order.get("refundBatchId") in ("", fields["refundBatchId"])
            if is_refund and order["orderId"] == fields["orderId"]:
                order["refundBatchId"] = fields["refundBatchId"]
                order["status"] = "refunded" if fields["refundStatus"] == "1" else "paid"
                if order["status"] == "paid":
                    order["failedRefunds"].append(fields["refundBatchId"])
                return answer({})
    return refused("not a refund of this shop")


def answer(data):
    return {"errno": 0, "msg": "success", "data": data}


def refused(reason):
    return {"errno": 1, "msg": reason, "data": {}}


class Handler(BaseHTTPRequestHandler):
    timeout = 5

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/orders/status":
            return self.send(order_status(dict(urllib.parse.parse_qsl(query)).get("tpOrderId")))
        self.send_error(404)

    def do_POST(self):
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("content-length") or 0)
        # read() of a negative length waits for the end of the connection.
        if not 0 <= length <= MAX_BODY:
            return self.send_error(413)
        body = self.rfile.read(length)
        if path == "/orders":
            return self.send(create_order())
        if path == "/notify/pay":
            return self.send(paid(body))
        if path == "/refund":
            return self.send(refund(dict(urllib.parse.parse_qsl(query)).get("tpOrderId")))
        if path == "/notify/refund":
            return self.send(refunded(body))
        self.send_error(404)

    def send(self, reply):
        text = json.dumps(reply, ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


if __name__ == "__main__":
    check_keys()
    try:
        server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    except (IndexError, ValueError, OverflowError):
        sys.exit("usage: python3 shop.py PORT, a number up to 65535")
    except OSError as error:
        sys.exit(f"port {sys.argv[1]}: {error.strerror}")
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
