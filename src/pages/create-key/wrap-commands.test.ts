import { expect, test } from 'vitest'
import { type AlgorithmName, algorithmNamed } from '../../clouds/algorithms.ts'
import { type Source, wrapCommands } from './wrap-commands.ts'

const commands = (name: AlgorithmName, source: Source, hash = 'SHA256') => {
  const algorithm = algorithmNamed(name)
  return algorithm ? wrapCommands(algorithm, hash, source) : ''
}

test.each<[AlgorithmName, Source, string]>([
  ['aes128-gcm96', 'new', 'openssl rand -out target.bin 16\n'],
  ['aes256-gcm96', 'new', 'openssl rand -out target.bin 32\n'],
  ['chacha20-poly1305', 'own', '-eq 32 && cp key.bin target.bin\n'],
  ['rsa-3072', 'new', 'genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 |\n  openssl pkcs8 -topk8'],
  ['ecdsa-p521', 'new', 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 |\n'],
  ['ed25519', 'new', 'genpkey -algorithm ed25519 |\n'],
  ['ecdsa-p384', 'own', 'openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out target.bin\n'],
])('%s, a key that is %s', (name, source, line) => {
  expect(commands(name, source)).toContain(line)
})

test('one hash stands in both places, as OpenSSL writes it', () => {
  expect(commands('ed25519', 'own', 'SHA1')).toContain('rsa_oaep_md:sha1 -pkeyopt rsa_mgf1_md:sha1')
})
