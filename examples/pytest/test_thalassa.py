"""Thalassa Cloud's API with nothing but the standard library."""

import base64
import json
import urllib.request


def call(kms, path, body):
    request = urllib.request.Request(
        f"{kms['THALASSA_API_ENDPOINT']}/v1/kms/nl-01/keys/{path}",
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Token {kms['THALASSA_API_TOKEN']}",
            "X-Organisation-Identity": kms["THALASSA_ORGANISATION_ID"],
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def test_decrypts_what_it_encrypted(kms):
    plaintext = base64.b64encode(b"hello").decode()
    ciphertext = call(kms, "app-encryption/encrypt", {"plaintext": plaintext})["ciphertext"]
    assert call(kms, "app-encryption/decrypt", {"ciphertext": ciphertext})["plaintext"] == plaintext
