// Package kms shows tests against the local KMS with nothing but the standard library.
package kms

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The variables that the vendors' tools read, by name.
var env = map[string]string{}

var client = &http.Client{Timeout: 10 * time.Second}

// TestMain starts the local KMS once for all tests.
func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	// The checkout of KMS Console.
	console := os.Getenv("KMS_CONSOLE")
	if console == "" {
		console = "../.."
	}
	data, err := os.MkdirTemp("", "kms")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(data)
	seed, err := filepath.Abs("../kms-seed.yaml")
	if err != nil {
		panic(err)
	}
	kms := exec.Command("npm", "run", "--silent", "kms", "--", "--port", "0", "--test", "--seed", seed)
	kms.Dir = console
	kms.Env = append(os.Environ(), "KMS_DATA_DIR="+data)
	kms.Stderr = os.Stderr
	output, err := kms.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := kms.Start(); err != nil {
		panic(err)
	}
	defer kms.Wait()
	defer kms.Process.Signal(syscall.SIGTERM)
	lines := bufio.NewScanner(output)
	for env["EXOSCALE_API_SECRET"] == "" {
		if !lines.Scan() {
			panic("the local KMS did not start")
		}
		name, value, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "=")
		env[name] = value
	}
	return m.Run()
}

// reset puts the KMS back to its seed.
func reset(t *testing.T) {
	t.Helper()
	response, err := client.Post(env["THALASSA_API_ENDPOINT"]+"/_kms/reset", "application/json", nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}

// call sends one member of a JSON object and returns another one of the answer.
func call(t *testing.T, url, name, value, wanted string, authorize func(*http.Request, []byte)) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{name: value})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	authorize(request, body)
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer := map[string]any{}
	if err := json.Unmarshal(text, &answer); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s answered %d: %s", url, response.StatusCode, text)
	}
	return fmt.Sprint(answer[wanted])
}

var plaintext = base64.StdEncoding.EncodeToString([]byte("hello"))

func TestThalassa(t *testing.T) {
	reset(t)
	authorize := func(request *http.Request, _ []byte) {
		request.Header.Set("Authorization", "Token "+env["THALASSA_API_TOKEN"])
		request.Header.Set("X-Organisation-Identity", env["THALASSA_ORGANISATION_ID"])
	}
	key := env["THALASSA_API_ENDPOINT"] + "/v1/kms/nl-01/keys/app-encryption"
	ciphertext := call(t, key+"/encrypt", "plaintext", plaintext, "ciphertext", authorize)
	if got := call(t, key+"/decrypt", "ciphertext", ciphertext, "plaintext", authorize); got != plaintext {
		t.Fatalf("decrypted %q", got)
	}
}

func TestExoscale(t *testing.T) {
	reset(t)
	key := env["EXOSCALE_API_ENDPOINT"] + "/kms-key/01900000-0000-7000-8000-000000000001"
	ciphertext := call(t, key+"/encrypt", "plaintext", plaintext, "ciphertext", signExoscale)
	if got := call(t, key+"/decrypt", "ciphertext", ciphertext, "plaintext", signExoscale); got != plaintext {
		t.Fatalf("decrypted %q", got)
	}
}
