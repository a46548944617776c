<?php
// shop.php with refunds.
//
//     php -S 127.0.0.1:3000 refunds.php
//     curl -X POST 'http://127.0.0.1:3000/refund?tpOrderId=…'
//
// A real shop asks who it is that wants a refund.
declare(strict_types=1);

$more_routes = [
    'POST /refund' => fn() => refund($_GET['tpOrderId'] ?? ''),
    'POST /notify/refund' => fn() => refunded(file_get_contents('php://input')),
];
require __DIR__ . '/shop.php';

function call_baidu(string $path, array $query, ?array $form = null): array
{
    $url = (getenv('BAIDU_BASE_URL') ?: 'https://openapi.baidu.com') . $path . '?' . http_build_query($query);
    $options = ['timeout' => 5, 'ignore_errors' => true];
    if ($form !== null) {
        $header = 'content-type: application/x-www-form-urlencoded';
        $options += ['method' => 'POST', 'header' => $header, 'content' => http_build_query($form)];
    }
    // Without the @ a warning would write the whole address, with the secret in it, into the log.
    $reply = @file_get_contents($url, false, stream_context_create(['http' => $options]));
    return json_decode((string) $reply, true) ?? [];
}

function refund(string $id): array
{
    $token = call_baidu('/oauth/2.0/token', [
        'grant_type' => 'client_credentials',
        'client_id' => setting('CLIENT_ID'),
        'client_secret' => setting('CLIENT_SECRET'),
        'scope' => 'smartapp_snsapi_base',
    ]);
    if (!isset($token['access_token'])) return refused('no access token: ' . json_encode($token));
    $order = null;
    with_orders(function (array &$orders) use ($id, &$order): array {
        if (($orders[$id]['status'] ?? '') !== 'paid') return [];
        $order = $orders[$id];
        // When no answer comes, the refund may be under way all the same: it stays so until its notification comes, or
        // findOrderRefund says more.
        $orders[$id] = ['status' => 'refunding', 'refundBatchId' => ''] + $order;
        return [];
    });
    if ($order === null) return refused('only a paid order can be refunded');
    $reply = call_baidu(
        '/rest/2.0/smartapp/pay/paymentservice/applyOrderRefund',
        ['access_token' => $token['access_token']],
        [
            'pmAppKey' => setting('APP_KEY'),
            'orderId' => $order['orderId'],
            'userId' => $order['userId'],
            'tpOrderId' => $id,
            'refundType' => 2,
            'refundReason' => '缺货',
            // A refund that failed is over: the next one is another refund, with another number.
            'bizRefundBatchId' => "R$id-" . count($order['failedRefunds'] ?? []),
            'isSkipAudit' => 1,
            'applyRefundMoney' => $order['totalAmount'],
        ]
    );
    if ($reply === []) return refused('no answer');
    return with_orders(function (array &$orders) use ($id, $reply): array {
        // A gateway error has an error_code and no errno, so a missing errno is a failure, too.
        if (($reply['errno'] ?? null) !== 0) {
            if ($orders[$id]['status'] === 'refunding') $orders[$id]['status'] = 'paid';
            return refused(json_encode($reply, JSON_UNESCAPED_UNICODE));
        }
        $orders[$id]['refundBatchId'] = (string) $reply['data']['refundBatchId'];
        return answer(['status' => $orders[$id]['status']]);
    });
}

function refunded(string $body): array
{
    $fields = read_notification($body);
    if ($fields === null) return refused('the signature does not verify');
    if (!isset($fields['refundStatus'])) return refused('not the notification of a refund');
    return with_orders(function (array &$orders) use ($fields): array {
        foreach ($orders as &$order) {
            // It comes again, perhaps after the next refund was requested.
            if (in_array($fields['refundBatchId'], $order['failedRefunds'] ?? [], true)) return answer([]);
            // '' until the answer to the request has come, which may be later than this, or never.
            $is_refund = in_array($order['refundBatchId'] ?? null, ['', $fields['refundBatchId']], true);
            if ($is_refund && $order['orderId'] === $fields['orderId']) {
                $order['refundBatchId'] = $fields['refundBatchId'];
                $order['status'] = $fields['refundStatus'] === '1' ? 'refunded' : 'paid';
                if ($order['status'] === 'paid') $order['failedRefunds'][] = $fields['refundBatchId'];
                return answer([]);
            }
        }
        return refused('not a refund of this shop');
    });
}
