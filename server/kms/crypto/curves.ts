/** Curve of an ECDSA algorithm (FIPS 186-5, SP 800-186). */
export interface Curve {
  readonly name: 'P-256' | 'P-384' | 'P-521'
  /** OpenSSL's name. */
  readonly openssl: string
  /** Content of its object identifier in DER, in hex (RFC 5480). */
  readonly identifier: string
  readonly order: bigint
}

/** By field size in bits. */
const curves: Readonly<Record<number, Curve>> = {
  256: {
    name: 'P-256',
    openssl: 'prime256v1',
    identifier: '2a8648ce3d030107',
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  384: {
    name: 'P-384',
    openssl: 'secp384r1',
    identifier: '2b81040022',
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  521: {
    name: 'P-521',
    openssl: 'secp521r1',
    identifier: '2b81040023',
    order:
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
}

/** @param bits field size */
export function curveOf(bits: number): Curve {
  const curve = curves[bits]
  if (!curve) throw new Error(`no curve has a field of ${bits} bits`)
  return curve
}
