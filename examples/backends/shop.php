<?php
// A shop's backend in PHP 8 with its openssl extension: takes orders and their payments.
//
//     php -S 127.0.0.1:3000 shop.php      # the settings come from the environment
//
// Orders live in one file here. A real shop keeps them in a database, takes the price from its catalogue, and asks who
// it is that wants an order or its status.
declare(strict_types=1);

const PRICE = 680; // fen
const ORDERS_FILE = 'shop-orders.json';

// To the log, where PHP has no php.ini: in a reply a warning breaks the JSON.
ini_set('display_errors', '0');

/** Without it a forgotten setting would be signed as nothing, or would make every notification a forged one. */
function setting(string $name): string
{
    $value = trim((string) getenv($name));
    return $value !== '' ? $value : throw new RuntimeException("$name is not set: set -a; . ./.env");
}

/** Reads and writes all orders under one lock. $work changes them and returns the reply. */
function with_orders(callable $work): array
{
    $lock = fopen(ORDERS_FILE . '.lock', 'c');
    flock($lock, LOCK_EX);
    $orders = json_decode(is_file(ORDERS_FILE) ? file_get_contents(ORDERS_FILE) : '{}', true);
    $reply = $work($orders);
    // Into another file first: a full disk, or an end half way, would leave a file without the orders that are in it now.
    $written = file_put_contents(ORDERS_FILE . '.new', json_encode((object) $orders));
    if ($written === false || !rename(ORDERS_FILE . '.new', ORDERS_FILE)) {
        throw new RuntimeException(ORDERS_FILE . ' cannot be written');
    }
    return $reply;
}

function signed_text(array $fields): string
{
    ksort($fields, SORT_STRING);
    return implode('&', array_map(fn($name, $value) => "$name=$value", array_keys($fields), $fields));
}

function sign(array $fields): string
{
    $file = setting('MERCHANT_PRIVATE_KEY_FILE');
    $key = openssl_pkey_get_private("file://$file") ?: throw new RuntimeException("$file holds no private key");
    openssl_sign(signed_text($fields), $signature, $key, OPENSSL_ALGO_SHA1);
    return base64_encode($signature);
}

/**
 * The parameters of a genuine notification, or null. Not from $_POST: PHP renames parameters and drops repeated ones.
 *
 * The signed text is a plain join, so a text could be cut into other parameters and still verify. It cannot when names
 * are words, none is there twice, and "&" occurs only inside the JSON of returnData and promoDetail.
 */
function read_notification(string $body): ?array
{
    $fields = [];
    foreach (explode('&', $body) as $pair) {
        [$name, $value] = array_map('urldecode', explode('=', $pair, 2) + [1 => '']);
        // An array for a JSON object as well as for a list.
        $is_json = in_array($name, ['returnData', 'promoDetail'], true) && is_array(json_decode($value, true));
        if (!preg_match('/^\w+$/D', $name) || isset($fields[$name])) return null;
        if (str_contains($value, '&') && !$is_json) return null;
        $fields[$name] = $value;
    }
    $signature = base64_decode($fields['rsaSign'] ?? '', true);
    unset($fields['rsaSign']);
    $lines = chunk_split(setting('PLATFORM_PUBLIC_KEY'), 64, "\n");
    $key = openssl_pkey_get_public("-----BEGIN PUBLIC KEY-----\n$lines-----END PUBLIC KEY-----\n")
        ?: throw new RuntimeException('PLATFORM_PUBLIC_KEY is not the one line of base64 that the console shows');
    if ($signature === false) return null;
    return openssl_verify(signed_text($fields), $signature, $key, OPENSSL_ALGO_SHA1) === 1 ? $fields : null;
}

// A real shop answers a repeated Idempotency-Key with the same order.
function create_order(): array
{
    $signed = [
        'appKey' => setting('APP_KEY'),
        'dealId' => setting('DEAL_ID'),
        'tpOrderId' => bin2hex(random_bytes(16)),
        'totalAmount' => (string) PRICE,
    ];
    $more = ['dealTitle' => '冷泡茉莉', 'signFieldsRange' => '1', 'bizInfo' => json_encode(['tpData' => $signed])];
    return with_orders(function (array &$orders) use ($signed, $more): array {
        $orders[$signed['tpOrderId']] = ['status' => 'unpaid', 'totalAmount' => PRICE];
        return answer(['orderInfo' => $signed + $more + ['rsaSign' => sign($signed)]]);
    });
}

function order_status(string $id): array
{
    return with_orders(
        fn(array &$orders) => isset($orders[$id]) ? answer(['status' => $orders[$id]['status']]) : refused('no such order')
    );
}

function paid(string $body): array
{
    $fields = read_notification($body);
    if ($fields === null) return refused('the signature does not verify');
    if (!isset($fields['totalMoney'])) return refused('not the notification of a payment');
    return with_orders(function (array &$orders) use ($fields): array {
        $order = $orders[$fields['tpOrderId']] ?? null;
        if ($order === null || $fields['dealId'] !== setting('DEAL_ID') || $fields['status'] !== '2') {
            return refused('not a payment of this shop');
        }
        // totalMoney, not payMoney: what the person pays is less when Baidu gives a discount.
        $wrong_amount = $fields['totalMoney'] !== (string) $order['totalAmount'];
        $second_payment = ($order['orderId'] ?? $fields['orderId']) !== $fields['orderId'];
        if ($wrong_amount || $second_payment) {
            return answer(['isConsumed' => 2, 'isErrorOrder' => 1]); // Baidu gives the money back
        }
        if ($order['status'] === 'unpaid') {
            $payment = ['status' => 'paid', 'orderId' => $fields['orderId'], 'userId' => $fields['userId']];
            $orders[$fields['tpOrderId']] = $payment + $order;
        }
        return answer(['isConsumed' => 2]);
    });
}

function answer(array $data): array
{
    return ['errno' => 0, 'msg' => 'success', 'data' => (object) $data];
}

function refused(string $reason): array
{
    return ['errno' => 1, 'msg' => $reason, 'data' => (object) []];
}

$routes = [
    'POST /orders' => fn() => create_order(),
    'GET /orders/status' => fn() => order_status($_GET['tpOrderId'] ?? ''),
    'POST /notify/pay' => fn() => paid(file_get_contents('php://input')),
] + ($more_routes ?? []);
$route = $routes[$_SERVER['REQUEST_METHOD'] . ' ' . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)] ?? null;
if ($route === null) http_response_code(404);
header('content-type: application/json');
echo json_encode($route ? $route() : refused('not found'), JSON_UNESCAPED_UNICODE);
