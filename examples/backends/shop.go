// A shop's backend with nothing but Go's standard library: takes orders and their payments.
//
//	go run shop.go 3000      # 127.0.0.1:3000; the settings come from the environment
//
// Orders live in memory here. A real shop keeps them in a database, takes the price from its catalogue, and asks who it
// is that wants an order or its status.
package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	price   = 680 // fen
	maxBody = 64 * 1024
)

type order struct {
	status          string
	totalAmount     int
	orderID, userID string
}

type object map[string]any

var (
	appKey, dealID = setting("APP_KEY"), setting("DEAL_ID")
	privateKey     *rsa.PrivateKey
	platformKey    *rsa.PublicKey

	mutex  sync.Mutex
	orders = map[string]*order{}

	word = regexp.MustCompile(`^\w+$`)
)

func main() {
	port := strings.Join(os.Args[1:], " ")
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		log.Fatal("usage: go run shop.go PORT, a number up to 65535")
	}
	loadKeys()
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { send(w, createOrder()) })
	http.HandleFunc("/orders/status", func(w http.ResponseWriter, r *http.Request) {
		send(w, status(r.URL.Query().Get("tpOrderId")))
	})
	http.HandleFunc("/notify/pay", func(w http.ResponseWriter, r *http.Request) {
		// Not r.ParseForm: it mixes in the parameters of the address, which are not signed.
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err == nil {
			send(w, paid(string(body)))
		}
	})
	// Without a timeout a body that never ends is kept for ever.
	server := &http.Server{ReadTimeout: 5 * time.Second}
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	must(err)
	log.Print("listening on http://", listener.Addr())
	log.Fatal(server.Serve(listener))
}

func setting(name string) string {
	value := strings.TrimSpace(os.Getenv(name))
	if value == "" {
		log.Fatalf("%s is not set: set -a; . ./.env", name)
	}
	return value
}

func loadKeys() {
	file, err := os.ReadFile(setting("MERCHANT_PRIVATE_KEY_FILE"))
	if err != nil {
		log.Fatalf("MERCHANT_PRIVATE_KEY_FILE: %v", err)
	}
	block, _ := pem.Decode(file)
	if block == nil {
		log.Fatal("MERCHANT_PRIVATE_KEY_FILE is not a PEM file, whose BEGIN and END have lines of their own")
	}
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		log.Fatalf("MERCHANT_PRIVATE_KEY_FILE is not PKCS#8: openssl pkcs8 -topk8 -nocrypt -in FILE: %v", err)
	}
	var isRSA bool
	if privateKey, isRSA = private.(*rsa.PrivateKey); !isRSA {
		log.Fatal("MERCHANT_PRIVATE_KEY_FILE holds a key that is not RSA")
	}
	der, err := base64.StdEncoding.DecodeString(setting("PLATFORM_PUBLIC_KEY"))
	public, invalid := x509.ParsePKIXPublicKey(der)
	if platformKey, isRSA = public.(*rsa.PublicKey); err != nil || invalid != nil || !isRSA {
		log.Fatal("PLATFORM_PUBLIC_KEY is not the one line of base64 that the console shows")
	}
}

// createOrder makes a new order. A real shop answers a repeated Idempotency-Key with the same order.
func createOrder() object {
	id := make([]byte, 16)
	_, err := rand.Read(id)
	must(err)
	tpOrderID := hex.EncodeToString(id)
	signed := map[string]string{
		"appKey": appKey, "dealId": dealID, "tpOrderId": tpOrderID, "totalAmount": strconv.Itoa(price),
	}
	digest := sha1.Sum([]byte(signedText(signed)))
	signature, err := rsa.SignPKCS1v15(rand.Reader, privateKey, crypto.SHA1, digest[:])
	must(err)
	bizInfo, err := json.Marshal(object{"tpData": signed})
	must(err)

	mutex.Lock()
	defer mutex.Unlock()
	orders[tpOrderID] = &order{status: "unpaid", totalAmount: price}
	orderInfo := object{
		"dealTitle":       "冷泡茉莉",
		"signFieldsRange": "1",
		"bizInfo":         string(bizInfo),
		"rsaSign":         base64.StdEncoding.EncodeToString(signature),
	}
	for name, value := range signed {
		orderInfo[name] = value
	}
	return answer(object{"orderInfo": orderInfo})
}

func status(tpOrderID string) object {
	mutex.Lock()
	defer mutex.Unlock()
	if order := orders[tpOrderID]; order != nil {
		return answer(object{"status": order.status})
	}
	return refused("no such order")
}

func paid(body string) object {
	fields := readNotification(body)
	if fields == nil {
		return refused("the signature does not verify")
	}
	mutex.Lock()
	defer mutex.Unlock()
	order := orders[fields["tpOrderId"]]
	if order == nil || fields["dealId"] != dealID || fields["status"] != "2" {
		return refused("not a payment of this shop")
	}
	// totalMoney, not payMoney: what the person pays is less when Baidu gives a discount.
	wrongAmount := fields["totalMoney"] != strconv.Itoa(order.totalAmount)
	secondPayment := order.orderID != "" && order.orderID != fields["orderId"]
	if wrongAmount || secondPayment {
		return answer(object{"isConsumed": 2, "isErrorOrder": 1}) // Baidu gives the money back
	}
	// A notification that comes again must not undo what became of the order since, such as a refund.
	if order.status == "unpaid" {
		order.status, order.orderID, order.userID = "paid", fields["orderId"], fields["userId"]
	}
	return answer(object{"isConsumed": 2})
}

// readNotification gives the parameters of a genuine notification, or nil.
//
// The signed text is a plain join, so a text could be cut into other parameters and still verify. It cannot when names
// are words, none is there twice, and "&" occurs only inside the JSON of returnData and promoDetail.
func readNotification(body string) map[string]string {
	form, err := url.ParseQuery(body)
	if err != nil {
		return nil
	}
	fields := map[string]string{}
	for name, values := range form {
		isJSON := (name == "returnData" || name == "promoDetail") && isObjectOrList(values[0])
		if !word.MatchString(name) || len(values) != 1 || (strings.Contains(values[0], "&") && !isJSON) {
			return nil
		}
		fields[name] = values[0]
	}
	signature, err := base64.StdEncoding.DecodeString(fields["rsaSign"])
	delete(fields, "rsaSign")
	digest := sha1.Sum([]byte(signedText(fields)))
	if err != nil || rsa.VerifyPKCS1v15(platformKey, crypto.SHA1, digest[:], signature) != nil {
		return nil
	}
	return fields
}

func isObjectOrList(text string) bool {
	return json.Valid([]byte(text)) && strings.ContainsAny(strings.TrimSpace(text)[:1], "{[")
}

// signedText does not use url.Values.Encode, which would sign percent-encoded values.
func signedText(fields map[string]string) string {
	pairs := make([]string, 0, len(fields))
	for name := range fields {
		pairs = append(pairs, name)
	}
	sort.Strings(pairs)
	for i, name := range pairs {
		pairs[i] = name + "=" + fields[name]
	}
	return strings.Join(pairs, "&")
}

func answer(data object) object {
	return object{"errno": 0, "msg": "success", "data": data}
}

func refused(reason string) object {
	return object{"errno": 1, "msg": reason, "data": object{}}
}

func send(w http.ResponseWriter, reply object) {
	w.Header().Set("content-type", "application/json")
	if err := json.NewEncoder(w).Encode(reply); err != nil {
		log.Print(err)
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
