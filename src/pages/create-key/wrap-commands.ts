import type { Algorithm } from '../../clouds/algorithms.ts'
import { shellCommand } from '../../lib/shell.ts'

/** Source of the material: a new key or an existing one. */
export type Source = 'new' | 'own'

const TARGET = 'target.bin'

const isRaw = ({ family }: Algorithm) => family === 'aes-gcm' || family === 'chacha20-poly1305'

/** Options of `openssl genpkey` for a new private key. */
function keyOptions({ family, bits }: Algorithm): string {
  if (family === 'rsa') return `RSA -pkeyopt rsa_keygen_bits:${bits}`
  return family === 'ecdsa' ? `EC -pkeyopt ec_paramgen_curve:P-${bits}` : family
}

function sourceLines(algorithm: Algorithm, source: Source): readonly string[] {
  const bytes = algorithm.bits / 8
  if (isRaw(algorithm))
    return source === 'new'
      ? [`# 1. A new key: ${bytes} random bytes`, `openssl rand -out ${TARGET} ${bytes}`]
      : [
          `# 1. Your key: a file of exactly ${bytes} raw bytes`,
          `test "$(wc -c < key.bin)" -eq ${bytes} && cp key.bin ${TARGET}`,
        ]
  return source === 'new'
    ? [
        '# 1. A new private key, as PKCS#8 in DER',
        // With `-outform DER`, genpkey would write the older formats.
        `openssl genpkey -algorithm ${keyOptions(algorithm)} |`,
        `  openssl pkcs8 -topk8 -nocrypt -outform DER -out ${TARGET}`,
      ]
    : [
        '# 1. Your private key, from PEM to PKCS#8 in DER',
        `openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out ${TARGET}`,
      ]
}

/**
 * A shell script for OpenSSL 3 that wraps a key offline: from `wrapping.pem` to `import.b64`, the base64 of both parts.
 * The initial value is the constant of RFC 5649, section 3.
 * @param hash of RSA-OAEP, such as `SHA256`
 */
export function wrapCommands(algorithm: Algorithm, hash: string, source: Source): string {
  const digest = hash.toLowerCase()
  return [
    'umask 077',
    '',
    ...sourceLines(algorithm, source),
    '',
    '# 2. A one-time AES-256 key',
    'openssl rand -out eph.bin 32',
    '',
    '# 3. Your key, wrapped with it (RFC 5649)',
    shellCommand([
      'openssl enc -id-aes256-wrap-pad -iv A65959A6',
      '-K "$(xxd -p -c 64 eph.bin)"',
      `-in ${TARGET} -out target.wrapped`,
    ]),
    '',
    '# 4. The one-time key, wrapped with wrapping.pem',
    shellCommand([
      'openssl pkeyutl -encrypt -pubin -inkey wrapping.pem',
      '-in eph.bin -out eph.wrapped',
      '-pkeyopt rsa_padding_mode:oaep',
      `-pkeyopt rsa_oaep_md:${digest} -pkeyopt rsa_mgf1_md:${digest}`,
    ]),
    '',
    '# 5. Both parts together, the one-time key first',
    'cat eph.wrapped target.wrapped | openssl base64 -A > import.b64',
    '',
    '# 6. Delete the unwrapped key and the one-time key',
    ...(source === 'new' ? [`#    Copy ${TARGET} to a safe place first if the key is needed elsewhere`] : []),
    `shred -u eph.bin ${TARGET}`,
    'rm eph.wrapped target.wrapped',
  ].join('\n')
}
