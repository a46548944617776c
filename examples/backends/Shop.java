import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * A shop's backend with nothing but the JDK (11 or newer): takes orders and their payments.
 *
 *     java -Dfile.encoding=UTF-8 Shop.java 3000      # 127.0.0.1:3000; the settings come from the environment
 *
 * Orders live in memory here. A real shop keeps them in a database, takes the price from its catalogue, and asks who it
 * is that wants an order or its status.
 */
public class Shop {
    static final int PRICE = 680; // fen
    static final int MAX_BODY = 64 * 1024;
    static final String APP_KEY = setting("APP_KEY");
    static final String DEAL_ID = setting("DEAL_ID");
    static final Map<String, Order> ORDERS = new HashMap<>();

    static class Order {
        final int totalAmount = PRICE;
        String status = "unpaid";
        String orderId;
        String userId;
    }

    static PrivateKey privateKey;
    static PublicKey platformKey;

    public static void main(String[] args) throws Exception {
        String port = String.join(" ", args);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
            exit("usage: java -Dfile.encoding=UTF-8 Shop.java PORT, a number up to 65535");
        }
        loadKeys();
        // By default one thread reads all requests, and waits for ever for a body that never ends.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        HttpServer server = HttpServer.create();
        try {
            server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)), 0);
        } catch (IOException error) {
            exit("port " + port + ": " + error.getMessage());
        }
        server.createContext("/orders", exchange -> send(exchange, createOrder()));
        server.createContext("/orders/status", exchange -> send(exchange, status(exchange.getRequestURI().getQuery())));
        server.createContext("/notify/pay", exchange -> send(exchange, paid(read(exchange))));
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println("listening on http:/" + server.getAddress());
    }

    static String setting(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) exit(name + " is not set: set -a; . ./.env");
        return value.trim();
    }

    static void loadKeys() throws IOException, GeneralSecurityException {
        Path file = Paths.get(setting("MERCHANT_PRIVATE_KEY_FILE"));
        boolean isReadable = Files.isRegularFile(file) && Files.isReadable(file);
        if (!isReadable) exit("MERCHANT_PRIVATE_KEY_FILE is no file that can be read: " + file);
        String pem = new String(Files.readAllBytes(file));
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        try {
            byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
            privateKey = rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IllegalArgumentException | InvalidKeySpecException notPkcs8) {
            exit("MERCHANT_PRIVATE_KEY_FILE is not an RSA key as PKCS#8: openssl pkcs8 -topk8 -nocrypt -in FILE");
        }
        try {
            byte[] spki = Base64.getDecoder().decode(setting("PLATFORM_PUBLIC_KEY"));
            platformKey = rsa.generatePublic(new X509EncodedKeySpec(spki));
        } catch (IllegalArgumentException | InvalidKeySpecException notSpki) {
            exit("PLATFORM_PUBLIC_KEY is not the one line of base64 that the console shows");
        }
    }

    static void exit(String reason) {
        System.err.println(reason);
        System.exit(1);
    }

    // A real shop answers a repeated Idempotency-Key with the same order.
    static String createOrder() {
        TreeMap<String, String> signed = new TreeMap<>();
        signed.put("appKey", APP_KEY);
        signed.put("dealId", DEAL_ID);
        signed.put("tpOrderId", UUID.randomUUID().toString().replace("-", ""));
        signed.put("totalAmount", String.valueOf(PRICE));
        synchronized (ORDERS) {
            ORDERS.put(signed.get("tpOrderId"), new Order());
        }
        Map<String, String> orderInfo = new TreeMap<>(signed);
        orderInfo.put("dealTitle", "冷泡茉莉");
        orderInfo.put("signFieldsRange", "1");
        orderInfo.put("bizInfo", "{}");
        orderInfo.put("rsaSign", sign(signedText(signed)));
        // None of these values needs escaping. Use a JSON library where one can.
        StringBuilder json = new StringBuilder();
        orderInfo.forEach((name, value) -> json.append(String.format(",\"%s\":\"%s\"", name, value)));
        return answer("{\"orderInfo\":{" + json.substring(1) + "}}");
    }

    static String status(String query) {
        synchronized (ORDERS) {
            Order order = ORDERS.get(String.valueOf(query).replaceFirst("^tpOrderId=", ""));
            return order == null ? refused("no such order") : answer("{\"status\":\"" + order.status + "\"}");
        }
    }

    static String paid(String body) {
        Map<String, String> fields = readNotification(body);
        if (fields == null) return refused("the signature does not verify");
        String orderId = fields.get("orderId");
        synchronized (ORDERS) {
            Order order = ORDERS.get(fields.get("tpOrderId"));
            if (order == null || !DEAL_ID.equals(fields.get("dealId")) || !"2".equals(fields.get("status"))) {
                return refused("not a payment of this shop");
            }
            // totalMoney, not payMoney: what the person pays is less when Baidu gives a discount.
            boolean wrongAmount = !String.valueOf(order.totalAmount).equals(fields.get("totalMoney"));
            boolean secondPayment = order.orderId != null && !order.orderId.equals(orderId);
            if (wrongAmount || secondPayment) {
                return answer("{\"isConsumed\":2,\"isErrorOrder\":1}"); // Baidu gives the money back
            }
            // A notification that comes again must not undo what became of the order since, such as a refund.
            if (order.status.equals("unpaid")) {
                order.status = "paid";
                order.orderId = orderId;
                order.userId = fields.get("userId");
            }
        }
        return answer("{\"isConsumed\":2}");
    }

    /**
     * The parameters of a genuine notification, or null.
     *
     * The signed text is a plain join, so a text could be cut into other parameters and still verify. It cannot when
     * names are words, none is there twice, and "&" occurs only inside of a returnData or promoDetail that begins and
     * ends like a JSON object or list: all that comes behind returnData ends with letters and digits, so that nothing of
     * it can be taken for a part of such a value.
     */
    static Map<String, String> readNotification(String body) {
        TreeMap<String, String> fields = new TreeMap<>();
        try {
            for (String pair : body.split("&")) {
                String[] parts = pair.split("=", 2);
                String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
                String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
                boolean isJson = name.matches("returnData|promoDetail") && value.matches("(?s)\\{.*}|\\[.*]");
                if (!name.matches("\\w+") || fields.put(name, value) != null) return null;
                if (value.contains("&") && !isJson) return null;
            }
            String sign = fields.remove("rsaSign");
            return sign != null && verify(signedText(fields), Base64.getDecoder().decode(sign)) ? fields : null;
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }

    /** A TreeMap is in the order that the signature wants. */
    static String signedText(TreeMap<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> text.append('&').append(name).append('=').append(value));
        return text.substring(1);
    }

    static String sign(String text) {
        try {
            Signature rsa = Signature.getInstance("SHA1withRSA");
            rsa.initSign(privateKey);
            rsa.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(rsa.sign());
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    static boolean verify(String text, byte[] sign) {
        try {
            Signature rsa = Signature.getInstance("SHA1withRSA");
            rsa.initVerify(platformKey);
            rsa.update(text.getBytes(StandardCharsets.UTF_8));
            return rsa.verify(sign);
        } catch (GeneralSecurityException wrongLength) {
            return false;
        }
    }

    static String read(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
    }

    static void send(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static String answer(String data) {
        return "{\"errno\":0,\"msg\":\"success\",\"data\":" + data + "}";
    }

    static String refused(String reason) {
        return "{\"errno\":1,\"msg\":\"" + reason + "\",\"data\":{}}";
    }
}
