import type { SignatureVectors } from './vectors.ts'

/** Pure Ed25519. */
export const ed25519: readonly SignatureVectors[] = [
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b65700321007d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa',
    tests: [
      {
        id: 1,
        what: 'Valid',
        message: '',
        signature:
          'd4fbdb52bfa726b44d1786a8c0d171c3e62ca83c9e5bbe63de0bb2483f8fd6cc1429ab72cafc41ab56af02ff8fcc43b99bfe4c7ae940f60f38ebaa9d311c4007',
        isValid: true,
      },
      {
        id: 2,
        what: 'Valid',
        message: '78',
        signature:
          'd80737358ede548acb173ef7e0399f83392fe8125b2ce877de7975d8b726ef5b1e76632280ee38afad12125ea44b961bf92f1178c9fa819d020869975bcbe109',
        isValid: true,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b65700321007d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa',
    tests: [
      {
        id: 10,
        what: 'special values for r and s',
        message: '3f',
        signature:
          '00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
        isValid: false,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b65700321007d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa',
    tests: [
      { id: 30, what: 'empty signature', message: '54657374', signature: '', isValid: false },
      {
        id: 31,
        what: 's missing',
        message: '54657374',
        signature: '7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab0',
        isValid: false,
      },
      {
        id: 33,
        what: 'signature too long',
        message: '54657374',
        signature:
          '7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab07a9155711ecfaf7f99f277bad0c6ae7e39d4eef676573336a5c51eb6f946b30d2020',
        isValid: false,
      },
      {
        id: 38,
        what: 'removing 0 byte from signature',
        message: '546573743137',
        signature:
          '93de3ca252426c95f735cb9edd92e83321ac62372d5aa5b379786bae111ab6b17251330e8f9a7c30d6993137c596007d7b001409287535ac4804e662bc58a3',
        isValid: false,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b65700321007d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa',
    tests: [
      {
        id: 42,
        what: 'modified bit 0 in R. Accepted only by verifiers that ignore this bit when comparing R to the recovered R.',
        message: '313233343030',
        signature:
          '647c1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281c2b1d125e5538f38afbcc1c84e489521083041d24bc6240767029da063271a1ff0c',
        isValid: false,
      },
      {
        id: 59,
        what: 'modified bit 255 in R. This flips the sign of x and yields the canonical encoding of the negated R point. Accepted only by verifiers that ignore the sign of x when comparing R to the recovered R.',
        message: '313233343030',
        signature:
          '657c1492402ab5ce03e2c3a7f0384d051b9cf3570f1207fc78c1bcc98c281cab227aedf259f910f0f3a759a335062665217925d019173b88917eae294f75d40f',
        isValid: false,
      },
      {
        id: 60,
        what: 'R==0',
        message: '313233343030',
        signature:
          '0000000000000000000000000000000000000000000000000000000000000000e0b8e7770d51c7a36375d006c5bffd6af43ff54aaf47e4330dc118c71d61ec02',
        isValid: false,
      },
      {
        id: 61,
        what: 'invalid R',
        message: '313233343030',
        signature:
          'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff463a1908382e7eb7693acef9884f7cf931a215e0791876be22c631a59881fd0e',
        isValid: false,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b65700321007d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa',
    tests: [
      {
        id: 63,
        what: 'the encoded s was replaced by s + L. The scalar is unchanged mod L. Accepted only by verifiers that fail to enforce s < L. See RFC 8032, Section 5.1.7.',
        message: '54657374',
        signature:
          '7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab067654bce3832c2d76f8f6f5dafc08d9339d4eef676573336a5c51eb6f946b31d',
        isValid: false,
      },
      {
        id: 67,
        what: 'the encoded s was replaced by s + 2^253. The scalar differs from the valid s mod L, so verification fails even without a range check on s. Accepted only by parsers that silently clear bit 253 of s.',
        message: '54657374',
        signature:
          '7c38e026f29e14aabd059a0f2db8b0cd783040609a8be684db12f82a27774ab07a9155711ecfaf7f99f277bad0c6ae7e39d4eef676573336a5c51eb6f946b32d',
        isValid: false,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b6570032100100fdf47fb94f1536a4f7c3fda27383fa03375a8f527c537e6f1703c47f94f86',
    tests: [
      {
        id: 84,
        what: 'Signature with S just under the bound. [David Benjamin]',
        message: '124e583f8b8eca58bb29c271b41d36986bbc45541f8e51f9cb0133eca447601e',
        signature:
          'dac119d6ca87fc59ae611c157048f4d4fc932a149dbe20ec6effd1436abf83ea05c7df0fef06147241259113909bc71bd3c53ba4464ffcad3c0968f2ffffff0f',
        isValid: true,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b6570032100100fdf47fb94f1536a4f7c3fda27383fa03375a8f527c537e6f1703c47f94f86',
    tests: [
      {
        id: 85,
        what: 'Signature with S just above the bound. [David Benjamin]',
        message: '6a0bc2b0057cedfc0fa2e3f7f7d39279b30f454a69dfd1117c758d86b19d85e0',
        signature:
          '0971f86d2c9c78582524a103cb9cf949522ae528f8054dc20107d999be673ff4e25ebf2f2928766b1248bec6e91697775f8446639ede46ad4df4053000000010',
        isValid: false,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b6570032100037b55b427dc8daa0f80fcebaf0846902309f8a6cf18b465c0ce9b6539629ac8',
    tests: [
      {
        id: 114,
        what: 'Test case for overflow in signature generation',
        message: '01234567',
        signature:
          'c964e100033ce8888b23466677da4f4aea29923f642ae508f9d0888d788150636ab9b2c3765e91bbb05153801114d9e52dc700df377212222bb766be4b8c020d',
        isValid: true,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b65700321004abfb535313705a6570018440cdec1a3ae33e51f352112fa6acbd0c6bc3ea859',
    tests: [
      {
        id: 119,
        what: 'regression test for arithmetic error',
        message: '321b5f663c19e30ee7bbb85e48ecf44db9d3f512',
        signature:
          'f296715e855d8aecccba782b670163dedc4458fe4eb509a856bcac450920fd2e95a3a3eb212d2d9ccaf948c39ae46a2548af125f8e2ad9b77bd18f92d59f9200',
        isValid: true,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    tests: [
      {
        id: 151,
        what: 'R encodes y = 1 with the sign bit of x set. The only point with y = 1 has x = 0, so decoding must fail (RFC 8032, Section 5.1.3). Accepted only by verifiers that ignore the sign of x.',
        message: '313233343030',
        signature:
          '0100000000000000000000000000000000000000000000000000000000000080c803ee1f2342aa96ff698a393d1ab5e66f3eda101d6d120b394c3fd32c117d0a',
        isValid: false,
      },
    ],
  },
  {
    source: 'ed25519_test.json',
    algorithm: 'ed25519',
    hash: 'sha512',
    publicKey: '302a300506032b6570032100d1e06adf4e05e248e1e52beca14b6be4da0af01b41645d2849b407ec22f41d47',
    tests: [
      {
        id: 210,
        what: 'sodium_compat v2.5.1 mixed-order subgroup regression',
        message: 'af82',
        signature:
          '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
        isValid: false,
      },
    ],
  },
]
