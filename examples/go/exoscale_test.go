package kms

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// signExoscale signs a request that has no query: EXO2-HMAC-SHA256.
func signExoscale(request *http.Request, body []byte) {
	expires := time.Now().Add(10 * time.Minute).Unix()
	message := strings.Join([]string{
		request.Method + " " + request.URL.EscapedPath(),
		string(body),
		"", // values of the signed query
		"", // values of the signed headers: none
		fmt.Sprint(expires),
	}, "\n")
	mac := hmac.New(sha256.New, []byte(env["EXOSCALE_API_SECRET"]))
	mac.Write([]byte(message))
	request.Header.Set("Authorization", fmt.Sprintf("EXO2-HMAC-SHA256 credential=%s,expires=%d,signature=%s",
		env["EXOSCALE_API_KEY"], expires, base64.StdEncoding.EncodeToString(mac.Sum(nil))))
}
