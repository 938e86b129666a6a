/** Self-signed X.509 certificate (RFC 5280) of a TLS server in tests. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { element, identifier, integer } from '../kms/crypto/testing/der.ts'

const ECDSA_WITH_SHA256 = element(0x30, identifier('2a8648ce3d040302'))
const COMMON_NAME = identifier('550403')
const SUBJECT_ALTERNATIVE_NAME = identifier('551d11')

const ascii = (tag: number, text: string) => element(tag, Buffer.from(text, 'ascii'))

/** @returns private key and certificate in PEM, valid from 2020 to 2049 */
export const selfSigned = (host: string): { readonly key: string; readonly cert: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = element(0x30, element(0x31, element(0x30, COMMON_NAME, ascii(0x0c, host))))
  const validity = element(0x30, ascii(0x17, '200101000000Z'), ascii(0x17, '490101000000Z'))
  const names = element(0x30, SUBJECT_ALTERNATIVE_NAME, element(0x04, element(0x30, ascii(0x82, host))))
  const content = element(
    0x30,
    element(0xa0, integer(2n)),
    integer(1n),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, element(0x30, names)),
  )
  const signature = sign('sha256', content, privateKey)
  const certificate = element(0x30, content, ECDSA_WITH_SHA256, element(0x03, Buffer.of(0), signature))
  const lines = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}
