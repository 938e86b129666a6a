"""Exoscale's API with the vendor's own SDK."""

import base64

from exoscale.api.v2 import Client

KEY = "01900000-0000-7000-8000-000000000001"


def test_decrypts_what_it_encrypted(kms):
    client = Client(kms["EXOSCALE_API_KEY"], kms["EXOSCALE_API_SECRET"], url=kms["EXOSCALE_API_ENDPOINT"])
    plaintext = base64.b64encode(b"hello").decode()
    ciphertext = client.encrypt(id=KEY, plaintext=plaintext)["ciphertext"]
    assert client.decrypt(id=KEY, ciphertext=ciphertext)["plaintext"] == plaintext
