import type { SignatureVectors } from './vectors.ts'

/** Signatures in DER, over the hash of the message. */
export const ecdsa: readonly SignatureVectors[] = [
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d0301070342000404aaec73635726f213fb8a9e64da3b8632e41495a944d0045b522eba7240fad587d9315798aaa3a5ba01775787ced05eaaf7b4e09fc81d6d1aa546e8365d525d',
    tests: [
      {
        id: 1,
        what: 'pseudorandom signature',
        message: '',
        signature:
          '3045022100b292a619339f6e567a305c951c0dcbcc42d16e47f219f9e98e76e09d8770b34a02200177e60492c5a8242f76f07bfe3661bde59ec2a17ce5bd2dab2abebdf89a62e2',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d030107034200042927b10512bae3eddcfe467828128bad2903269919f7086069c8c4df6c732838c7787964eaac00e5921fb1498a60f4606766b3d9685001558d1a974e7341513e',
    tests: [
      {
        id: 5,
        what: 'signature malleability',
        message: '313233343030',
        signature:
          '304402202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e1802204cd60b855d442f5b3c7b11eb6c4e0ae7525fe710fab9aa7c77a67f79e6fadd76',
        isValid: true,
      },
      {
        id: 6,
        what: 'Legacy: ASN encoding of s misses leading 0',
        message: '313233343030',
        signature:
          '304402202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e180220b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 7,
        what: 'valid',
        message: '313233343030',
        signature:
          '304502202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: true,
      },
      {
        id: 8,
        what: 'length of sequence [r, s] uses long form encoding',
        message: '313233343030',
        signature:
          '30814502202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 9,
        what: 'length of sequence [r, s] contains a leading 0',
        message: '313233343030',
        signature:
          '3082004502202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 10,
        what: 'length of sequence [r, s] uses 70 instead of 69',
        message: '313233343030',
        signature:
          '304602202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 12,
        what: 'uint32 overflow in length of sequence [r, s]',
        message: '313233343030',
        signature:
          '3085010000004502202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 20,
        what: 'replaced sequence [r, s] by an indefinite length tag without termination',
        message: '313233343030',
        signature:
          '308002202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      { id: 21, what: 'removing sequence [r, s]', message: '313233343030', signature: '', isValid: false },
      { id: 22, what: 'lonely sequence tag', message: '313233343030', signature: '30', isValid: false },
      {
        id: 23,
        what: 'appending 0’s to sequence [r, s]',
        message: '313233343030',
        signature:
          '304702202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db0000',
        isValid: false,
      },
      {
        id: 24,
        what: 'prepending 0’s to sequence [r, s]',
        message: '313233343030',
        signature:
          '3047000002202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 25,
        what: 'appending unused 0’s to sequence [r, s]',
        message: '313233343030',
        signature:
          '304502202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db0000',
        isValid: false,
      },
      {
        id: 48,
        what: 'indefinite length',
        message: '313233343030',
        signature:
          '308002202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db0000',
        isValid: false,
      },
      {
        id: 60,
        what: 'sequence of sequence',
        message: '313233343030',
        signature:
          '3047304502202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 61,
        what: 'truncated sequence: removed last 1 elements',
        message: '313233343030',
        signature: '302202202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18',
        isValid: false,
      },
      {
        id: 62,
        what: 'repeating element in sequence',
        message: '313233343030',
        signature:
          '306802202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 67,
        what: 'length of r uses long form encoding',
        message: '313233343030',
        signature:
          '30460281202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 68,
        what: 'length of r contains a leading 0',
        message: '313233343030',
        signature:
          '3047028200202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 81,
        what: 'lonely integer tag',
        message: '313233343030',
        signature: '302402022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 84,
        what: 'prepending 0’s to r',
        message: '313233343030',
        signature:
          '3047022200002ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 96,
        what: 'changing tag value of r',
        message: '313233343030',
        signature:
          '304501202ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 107,
        what: 'leading ff in r',
        message: '313233343030',
        signature:
          '30460221ff2ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 108,
        what: 'replaced r by infinity',
        message: '313233343030',
        signature: '3026090180022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 109,
        what: 'replacing r with zero',
        message: '313233343030',
        signature: '3026020100022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 152,
        what: 'replaced r by r + n',
        message: '313233343030',
        signature:
          '30460221012ba3a8bd6b94d5ed80a6d9d1190a436ebccc0833490686deac8635bcb9bf5369022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 153,
        what: 'replaced r by r - n',
        message: '313233343030',
        signature:
          '30460221ff2ba3a8bf6b94d5eb80a6d9d1190a436f42fe12d7fad749d4c512a036c0f908c7022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 155,
        what: 'replaced r by -r',
        message: '313233343030',
        signature:
          '30450220d45c5741946b2a137f59262ee6f5bc91001af27a5e1117a64733950642a3d1e8022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 156,
        what: 'replaced r by n - r',
        message: '313233343030',
        signature:
          '3046022100d45c5740946b2a147f59262ee6f5bc90bd01ed280528b62b3aed5fc93f06f739022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 158,
        what: 'replaced r by r + 2**256',
        message: '313233343030',
        signature:
          '30460221012ba3a8be6b94d5ec80a6d9d1190a436effe50d85a1eee859b8cc6af9bd5c2e18022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 160,
        what: 'replaced s by s + n',
        message: '313233343030',
        signature:
          '3046022101b329f478a2bbd0a6c384ee1493b1f518276e0e4a5375928d6fcd160c11cb6d2c022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 166,
        what: 'replaced s by s - 2**256',
        message: '313233343030',
        signature:
          '30450220b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db022100b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b49156847db',
        isValid: false,
      },
      {
        id: 168,
        what: 'Signature with special case values r=0 and s=0',
        message: '313233343030',
        signature: '3006020100020100',
        isValid: false,
      },
      {
        id: 169,
        what: 'Signature with special case values r=0 and s=1',
        message: '313233343030',
        signature: '3006020100020101',
        isValid: false,
      },
      {
        id: 171,
        what: 'Signature with special case values r=0 and s=n',
        message: '313233343030',
        signature: '3026020100022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
        isValid: false,
      },
      {
        id: 172,
        what: 'Signature with special case values r=0 and s=n - 1',
        message: '313233343030',
        signature: '3026020100022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550',
        isValid: false,
      },
      {
        id: 176,
        what: 'Signature with special case values r=1 and s=0',
        message: '313233343030',
        signature: '3006020101020100',
        isValid: false,
      },
      {
        id: 232,
        what: 'Signature encoding contains incorrect types: r=0, s=0.25',
        message: '313233343030',
        signature: '3008020100090380fe01',
        isValid: false,
      },
      {
        id: 296,
        what: 'special case hash',
        message: '343236343739373234',
        signature:
          '3044022016aea964a2f6506d6f78c81c91fc7e8bded7d397738448de1e19a0ec580bf2660220252cd762130c6667cfe8b7bc47d27d78391e8e80c578d1cd38c3ff033be928e9',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d030107034200040ad99500288d466940031d72a9f5445a4d43784640855bf0a69874d2de5fe103c5011e6ef2c42dcd50d5d3d29f99ae6eba2c80c9244f4c5422f0979ff0c3ba5e',
    tests: [
      {
        id: 350,
        what: 'k*G has a large x-coordinate',
        message: '313233343030',
        signature:
          '303502104319055358e8617b0c46353d039cdaab022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254e',
        isValid: true,
      },
      {
        id: 351,
        what: 'r too large',
        message: '313233343030',
        signature:
          '3046022100ffffffff00000001000000000000000000000000fffffffffffffffffffffffc022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254e',
        isValid: false,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d03010703420004a71af64de5126a4a4e02b7922d66ce9415ce88a4c9d25514d91082c8725ac9575d47723c8fbe580bb369fec9c2665d8e30a435b9932645482e7c9f11e872296b',
    tests: [{ id: 355, what: 'small r and s', message: '313233343030', signature: '3006020105020101', isValid: true }],
  },
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d0301070342000461722eaba731c697c7a9ba4d0afdbb5713d8aa12b0eab601bb33dbaf792c5adc272cd993b2b663aba5b3a26c101182ff178684945e83879e71598b95fe647dfc',
    tests: [
      {
        id: 377,
        what: 'edge case modular inverse',
        message: '313233343030',
        signature:
          '30440220555555550000000055555555555555553ef7a8e48d07df81a693439654210c70022002f676969f451a8ccafa4c4f09791810e6d632dbd60b1d5540f3284fbe1889b0',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d03010703420004b533d4695dd5b8c5e07757e55e6e516f7e2c88fa0239e23f60e8ec07dd70f2871b134ee58cc583278456863f33c3a85d881f7d4a39850143e29d4eaf009afe47',
    tests: [
      {
        id: 392,
        what: 'point at infinity during verify',
        message: '313233343030',
        signature:
          '304402207fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a80220555555550000000055555555555555553ef7a8e48d07df81a693439654210c70',
        isValid: false,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d030107034200045b812fd521aafa69835a849cce6fbdeb6983b442d2444fe70e134c027fc46963838a40f2a36092e9004e92d8d940cf5638550ce672ce8b8d4e15eba5499249e9',
    tests: [
      {
        id: 427,
        what: 'point duplication during verification',
        message: '313233343030',
        signature:
          '304502206f2347cab7dd76858fe0555ac3bc99048c4aacafdfb6bcbe05ea6c42c4934569022100bb726660235793aa9957a61e76e00c2c435109cf9a15dd624d53f4301047856b',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d030107034200045b812fd521aafa69835a849cce6fbdeb6983b442d2444fe70e134c027fc469637c75bf0c5c9f6d17ffb16d2726bf30a9c7aaf31a8d317472b1ea145ab66db616',
    tests: [
      {
        id: 428,
        what: 'duplication bug',
        message: '313233343030',
        signature:
          '304502206f2347cab7dd76858fe0555ac3bc99048c4aacafdfb6bcbe05ea6c42c4934569022100bb726660235793aa9957a61e76e00c2c435109cf9a15dd624d53f4301047856b',
        isValid: false,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha256_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha256',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d03010703420004fffffff948081e6a0458dd8f9e738f2665ff9059ad6aac0708318c4ca9a7a4f55a8abcba2dda8474311ee54149b973cae0c0fb89557ad0bf78e6529a1663bd73',
    tests: [
      {
        id: 460,
        what: 'x-coordinate of the public key is large',
        message: '4d657373616765',
        signature:
          '30440220766456dce1857c906f9996af729339464d27e9d98edc2d0e3b760297067421f60220402385ecadae0d8081dccaf5d19037ec4e55376eced699e93646bfbbf19d0b41',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha512_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha512',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d0301070342000404aaec73635726f213fb8a9e64da3b8632e41495a944d0045b522eba7240fad587d9315798aaa3a5ba01775787ced05eaaf7b4e09fc81d6d1aa546e8365d525d',
    tests: [
      {
        id: 1,
        what: 'pseudorandom signature',
        message: '',
        signature:
          '30440220093f3825c0cf820cced816a3a67446c85606a6d529e43857643fccc11e1f705f0220769782888c63058630f97a5891c8700e82979e4f233586bfc5042fa73cb70a4e',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha512_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha512',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d030107034200042927b10512bae3eddcfe467828128bad2903269919f7086069c8c4df6c732838c7787964eaac00e5921fb1498a60f4606766b3d9685001558d1a974e7341513e',
    tests: [
      {
        id: 6,
        what: 'Legacy: ASN encoding of s misses leading 0',
        message: '313233343030',
        signature:
          '304402202478f1d049f6d857ac900a7af1772226a4c59b345fbb90613c66f42b98f981c00220a07a59c4a41688538eb315e94effca0f4039035c6c2ed1dc84841359d1b34eb2',
        isValid: false,
      },
      {
        id: 8,
        what: 'length of sequence [r, s] uses long form encoding',
        message: '313233343030',
        signature:
          '30814502202478f1d049f6d857ac900a7af1772226a4c59b345fbb90613c66f42b98f981c0022100a07a59c4a41688538eb315e94effca0f4039035c6c2ed1dc84841359d1b34eb2',
        isValid: false,
      },
      {
        id: 152,
        what: 'replaced r by r + n',
        message: '313233343030',
        signature:
          '30460221012478f1cf49f6d858ac900a7af177222661ac95e206d32ee63020beee955ca711022100a07a59c4a41688538eb315e94effca0f4039035c6c2ed1dc84841359d1b34eb2',
        isValid: false,
      },
      {
        id: 296,
        what: 'special case hash',
        message: '33393439313934313732',
        signature:
          '304402203a4f61f7f8c4546e3580f7848411786fee1229a07a6ecf5fb84870869188215d022018c5ce44354e2274eadb8fea319f8d6f60944532dbaae86bfd8105f253041bcb',
        isValid: true,
      },
      {
        id: 419,
        what: 'Signature generated without truncating the hash',
        message: '313233343030',
        signature:
          '3045022100f8e272234b51475ec4c6f327562a6e5c9080a96225e88b2e5f72a8eecbd41ab40220516b91617fc39e3141b3bc769f6a3b2e468e687f50bdc29e19088af62d203f4b',
        isValid: false,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha512_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha512',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d03010703420004b6e08b1bcc89e7fb0b84d7497e310553495be4877eccc4b3d6d79f7c68a0573431760fa1bcea4972759174ac1103bc6011985ccee251918d0573fbcb78969116',
    tests: [
      {
        id: 420,
        what: 'k*G has a large x-coordinate',
        message: '313233343030',
        signature:
          '303502104319055358e8617b0c46353d039cdaab022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254e',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp256r1_sha512_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha512',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d030107034200049cff61712d4bc5b3638341e6e0a576a8098c9c6d3f198d389c4669f398dc0867f3b9e09f567f3dfd9c4d2c1163e82beadf16c76e8f9d7a64673800ea76fa1e59',
    tests: [{ id: 425, what: 'small r and s', message: '313233343030', signature: '3006020105020101', isValid: true }],
  },
  {
    source: 'ecdsa_secp256r1_sha512_test.json',
    algorithm: 'ecdsa-p256',
    hash: 'sha512',
    publicKey:
      '3059301306072a8648ce3d020106082a8648ce3d030107034200047c98b2d47eb433c0d18e533cfbc8909d66f7b79d5925ccb17eccec9d105c58848d5ca99b350bd7d10ab5ee6fcfe46623fdc03e9f828158f4d4cc08ad1ff83de4',
    tests: [
      {
        id: 497,
        what: 'point duplication during verification',
        message: '313233343030',
        signature:
          '304502206f2347cab7dd76858fe0555ac3bc99048c4aacafdfb6bcbe05ea6c42c4934569022100b4cfa1996ec1d24cdbc8fa17fcabc3a5d4b2b36cf4b50a7b775ab78785710746',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha256_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha256',
    publicKey:
      '3076301006072a8648ce3d020106052b810400220362000429bdb76d5fa741bfd70233cb3a66cc7d44beb3b0663d92a8136650478bcefb61ef182e155a54345a5e8e5e88f064e5bc9a525ab7f764dad3dae1468c2b419f3b62b9ba917d5e8c4fb1ec47404a3fc76474b2713081be9db4c00e043ada9fc4a3',
    tests: [
      {
        id: 1,
        what: 'pseudorandom signature',
        message: '',
        signature:
          '3065023100d670d637fcb2da85a22f74ac92939ee2ee5e7d1bb8d6d0afd6f1ef0f883a43872ba285430d4df43f93784e1cd6e6f63702303774da5d699f6bd62b329376e3b6d3612abc67cb945a109d506d3fde45f4c33893c4428250ef6ccfd6e417400344eabb',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha256_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha256',
    publicKey:
      '3076301006072a8648ce3d020106052b81040022036200042da57dda1089276a543f9ffdac0bff0d976cad71eb7280e7d9bfd9fee4bdb2f20f47ff888274389772d98cc5752138aa4b6d054d69dcf3e25ec49df870715e34883b1836197d76f8ad962e78f6571bbc7407b0d6091f9e4d88f014274406174f',
    tests: [
      {
        id: 8,
        what: 'length of sequence [r, s] uses long form encoding',
        message: '313233343030',
        signature:
          '308165023100a9b830bfbdd08f2f1fd5b43b45c3b250bd1c505598599ad4641023232def7362cbb6b2e1793c754b36395814e66eb19902303e0895b6712fcb906bf7128387e3c8a2352822e5e1ce12620e93dee2fe0d3abafb6e84192187bed8ca1e2e7a97bf8e94',
        isValid: false,
      },
      {
        id: 152,
        what: 'replaced r by r + n',
        message: '313233343030',
        signature:
          '3065023101a9b830bfbdd08f2f1fd5b43b45c3b250bd1c505598599ad42b7370a52226a14223d0c093c1ed1cc62325717fb333db0c02303e0895b6712fcb906bf7128387e3c8a2352822e5e1ce12620e93dee2fe0d3abafb6e84192187bed8ca1e2e7a97bf8e94',
        isValid: false,
      },
      {
        id: 296,
        what: 'special case hash',
        message: '343236343739373234',
        signature:
          '3065023100975929c1c18f6535b6b21e355b7280775e46be07126af04de8e39086840fd66fa3e0628df5e86636cf24ff88156a8aaa02305169223a02ab84d89f29687397069f93a69595085c2ad8928695bbf409fc0fac803eb563c3b5afd16350928296b6e2a1',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha256_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha256',
    publicKey:
      '3076301006072a8648ce3d020106052b8104002203620004dfa721784921f3697f45769245087c8997e82ca4f5692605cc7dff7235091bd53ba451e2252572818056fbd14228aa277ac54ad5c36344bc092a370f7e149f55d19e4fd9df5022d89d761960911efcbbf6e3b8f3e29114a3ba0729d27e226faf',
    tests: [
      {
        id: 350,
        what: 'k*G has a large x-coordinate',
        message: '313233343030',
        signature:
          '304d0218389cb27e0bc8d21fa7e5f24cb74f58851313e696333ad68b023100ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52970',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha256_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha256',
    publicKey:
      '3076301006072a8648ce3d020106052b81040022036200049fdd44cd61f939e15533c7ea1dc439f35ab5920c9b51a0110c494af15ef08efd01c75e70c6ba4ea514bdcf3f146bf7ef8b4d04f4c3848d5f5aa32d94278993bb72cf66fea4de1a873b3ae175b45cd7ce98775d2523920f7f33398c89529ff9ce',
    tests: [{ id: 355, what: 'small r and s', message: '313233343030', signature: '3006020102020101', isValid: true }],
  },
  {
    source: 'ecdsa_secp384r1_sha256_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha256',
    publicKey:
      '3076301006072a8648ce3d020106052b81040022036200043c246b196629148260d8453f2f54006b32d098bb7dbeb2efe9216a745decc80434bf28e4cc4167ca461ad2434c244abbae83351bb64b8681dfcafb3d52495f947039a0923903856407b005a5bfdcb6e952fc867433c6947864453a7db0db9db2',
    tests: [
      {
        id: 421,
        what: 'point duplication during verification',
        message: '313233343030',
        signature:
          '3065023100b37699e0d518a4d370dbdaaaea3788850fa03f8186d1f78fdfbae6540aa670b31c8ada0fff3e737bd69520560fe0ce60023008f8607b46952a98fbb62768cda34643a5ba7ba37e3b0e6470e660502dce358a819d965dd882555b8d139835c06d4a7f',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha384_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha384',
    publicKey:
      '3076301006072a8648ce3d020106052b810400220362000429bdb76d5fa741bfd70233cb3a66cc7d44beb3b0663d92a8136650478bcefb61ef182e155a54345a5e8e5e88f064e5bc9a525ab7f764dad3dae1468c2b419f3b62b9ba917d5e8c4fb1ec47404a3fc76474b2713081be9db4c00e043ada9fc4a3',
    tests: [
      {
        id: 1,
        what: 'pseudorandom signature',
        message: '',
        signature:
          '3064023032401249714e9091f05a5e109d5c1216fdc05e98614261aa0dbd9e9cd4415dee29238afbd3b103c1e40ee5c9144aee0f02304326756fb2c4fd726360dd6479b5849478c7a9d054a833a58c1631c33b63c3441336ddf2c7fe0ed129aae6d4ddfeb753',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha384_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha384',
    publicKey:
      '3076301006072a8648ce3d020106052b81040022036200042da57dda1089276a543f9ffdac0bff0d976cad71eb7280e7d9bfd9fee4bdb2f20f47ff888274389772d98cc5752138aa4b6d054d69dcf3e25ec49df870715e34883b1836197d76f8ad962e78f6571bbc7407b0d6091f9e4d88f014274406174f',
    tests: [
      {
        id: 6,
        what: 'Legacy: ASN encoding of s misses leading 0',
        message: '313233343030',
        signature:
          '3064023012b30abef6b5476fe6b612ae557c0425661e26b44b1bfe19daf2ca28e3113083ba8e4ae4cc45a0320abd3394f1c548d70230e7bf25603e2d07076ff30b7a2abec473da8b11c572b35fc631991d5de62ddca7525aaba89325dfd04fecc47bff426f82',
        isValid: false,
      },
      {
        id: 8,
        what: 'length of sequence [r, s] uses long form encoding',
        message: '313233343030',
        signature:
          '308165023012b30abef6b5476fe6b612ae557c0425661e26b44b1bfe19daf2ca28e3113083ba8e4ae4cc45a0320abd3394f1c548d7023100e7bf25603e2d07076ff30b7a2abec473da8b11c572b35fc631991d5de62ddca7525aaba89325dfd04fecc47bff426f82',
        isValid: false,
      },
      {
        id: 152,
        what: 'replaced r by r + n',
        message: '313233343030',
        signature:
          '306602310112b30abef6b5476fe6b612ae557c0425661e26b44b1bfe19a25617aad7485e6312a8589714f647acf7a94cffbe8a724a023100e7bf25603e2d07076ff30b7a2abec473da8b11c572b35fc631991d5de62ddca7525aaba89325dfd04fecc47bff426f82',
        isValid: false,
      },
      {
        id: 296,
        what: 'special case hash',
        message: '31373530353531383135',
        signature:
          '3066023100d3298a0193c4316b34e3833ff764a82cff4ef57b5dd79ed6237b51ff76ceab13bf92131f41030515b7e012d2ba857830023100bfc7518d2ad20ed5f58f3be79720f1866f7a23b3bd1bf913d3916819d008497a071046311d3c2fd05fc284c964a39617',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha384_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha384',
    publicKey:
      '3076301006072a8648ce3d020106052b81040022036200044bf4e52f958427ebb5915fb8c9595551b4d3a3fdab67badd9d6c3093f425ba43630df71f42f0eb7ceaa94d9f6448a85dd30331588249fd2fdc0b309ec7ed8481bc16f27800c13d7db700fc82e1b1c8545aa0c0d3b56e3bfe789fc18a916887c2',
    tests: [
      {
        id: 382,
        what: 'k*G has a large x-coordinate',
        message: '313233343030',
        signature:
          '304d0218389cb27e0bc8d21fa7e5f24cb74f58851313e696333ad68b023100ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52970',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha384_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha384',
    publicKey:
      '3076301006072a8648ce3d020106052b8104002203620004554f2fd0b700a9f4568752b673d9c0d29dc96c10fe67e38c6d6d339bfafe05f970da8c3d2164e82031307a44bd32251171312b61b59113ff0bd3b8a9a4934df262aa8096f840e9d8bffa5d7491ded87b38c496f9b9e4f0ba1089f8d3ffc88a9f',
    tests: [{ id: 387, what: 'small r and s', message: '313233343030', signature: '3006020102020101', isValid: true }],
  },
  {
    source: 'ecdsa_secp384r1_sha384_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha384',
    publicKey:
      '3076301006072a8648ce3d020106052b8104002203620004e585a067d6dff37ae7f17f81583119b61291597345f107acffe237a08f4886d4fdf94fe63182e6143c99be25a7b7d86b572c1e06dd2c7b94b873f0578fcb2b99d60e246e51245d0804edd44b32f0f000c8f8f88f1d4a65fea51dbbb4ab1e2823',
    tests: [
      {
        id: 453,
        what: 'point duplication during verification',
        message: '313233343030',
        signature:
          '3065023100b37699e0d518a4d370dbdaaaea3788850fa03f8186d1f78fdfbae6540aa670b31c8ada0fff3e737bd69520560fe0ce60023064adb4d51a93f96bed4665de2d4e1169cc95819ec6e9333edfd5c07ca134ceef7c95957b719ae349fc439eaa49fbbe34',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha512_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha512',
    publicKey:
      '3076301006072a8648ce3d020106052b810400220362000429bdb76d5fa741bfd70233cb3a66cc7d44beb3b0663d92a8136650478bcefb61ef182e155a54345a5e8e5e88f064e5bc9a525ab7f764dad3dae1468c2b419f3b62b9ba917d5e8c4fb1ec47404a3fc76474b2713081be9db4c00e043ada9fc4a3',
    tests: [
      {
        id: 1,
        what: 'pseudorandom signature',
        message: '',
        signature:
          '306402302290c886bbad8f53089583d543a269a727665626d6b94a3796324c62d08988f66f6011e845811a03589e92abe1f17faf023066e2cb4380997f4e7f85022541adb22d24d1196be68a3db888b03eb3d2d40b0d9a3a6a00a1a4782ee0a00e8410ba2d86',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha512_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha512',
    publicKey:
      '3076301006072a8648ce3d020106052b81040022036200042da57dda1089276a543f9ffdac0bff0d976cad71eb7280e7d9bfd9fee4bdb2f20f47ff888274389772d98cc5752138aa4b6d054d69dcf3e25ec49df870715e34883b1836197d76f8ad962e78f6571bbc7407b0d6091f9e4d88f014274406174f',
    tests: [
      {
        id: 6,
        what: 'Legacy: ASN encoding of r misses leading 0',
        message: '313233343030',
        signature:
          '30650230814cc9a70febda342d4ada87fc39426f403d5e89808428460c1eca60c897bfd6728da14673854673d7d297ea944a15e202310084f5ef11d22f22d0548af6a50dbf2f6a1bb9054585af5e600c49cf35b1e69b712754dd781c837355ddd41c752193a7cd',
        isValid: false,
      },
      {
        id: 9,
        what: 'length of sequence [r, s] uses long form encoding',
        message: '313233343030',
        signature:
          '308166023100814cc9a70febda342d4ada87fc39426f403d5e89808428460c1eca60c897bfd6728da14673854673d7d297ea944a15e202310084f5ef11d22f22d0548af6a50dbf2f6a1bb9054585af5e600c49cf35b1e69b712754dd781c837355ddd41c752193a7cd',
        isValid: false,
      },
      {
        id: 152,
        what: 'replaced r by r + n',
        message: '313233343030',
        signature:
          '3066023101814cc9a70febda342d4ada87fc39426f403d5e8980842845d38217e2bcceedb5caa7aef8bc35edeec4beb155610f3f5502310084f5ef11d22f22d0548af6a50dbf2f6a1bb9054585af5e600c49cf35b1e69b712754dd781c837355ddd41c752193a7cd',
        isValid: false,
      },
      {
        id: 296,
        what: 'special case hash',
        message: '33393439313934313732',
        signature:
          '3065023100d51c53fa3e201c440a4e33ea0bbc1d3f3fe18b0cc2a4d6812dd217a9b426e54eb4024113b354441272174549c979857c02300992c5442dc6d5d6095a45720f5c5344acb78bc18817ef32c1334e6eba7726246577d4257942bdefe994c1575ed15a6e',
        isValid: true,
      },
      {
        id: 419,
        what: 'Signature generated without truncating the hash',
        message: '313233343030',
        signature:
          '306402300e2c56eb5f6612f0c2b22ab03d57d9a443075a2b7a0b460883e4f4876121e9b6f1ed67de20b79f028f7f66ed0281db7102303916b72b12d035a307b7c45a9878333a8c61445aad2330dc49a12b92e2e5dab72e53e5789f40afb90aea0ea4431f2dd1',
        isValid: false,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha512_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha512',
    publicKey:
      '3076301006072a8648ce3d020106052b8104002203620004ca5ee479ad6624ab5870539a56a23b3816eef7bbc67156836dfb58c425fdb7213e31770f12b43152e887d88a3afb4b182aceec92b3139aca8396402a8f81bb5014e748eab2e2059f8656a883e62d78b9dc988b98332627f95232d37df26585d3',
    tests: [
      {
        id: 420,
        what: 'k*G has a large x-coordinate',
        message: '313233343030',
        signature:
          '304d0218389cb27e0bc8d21fa7e5f24cb74f58851313e696333ad68b023100ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52970',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp384r1_sha512_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha512',
    publicKey:
      '3076301006072a8648ce3d020106052b8104002203620004080da57d67dba48eb50eef484cf668d981e1bf30c357c3fd21a43cdc41f267c3f186bf87e3680239bac09930f144263c5f28777ad8bcbfc3eb0369e0f7b18392a12397a4fbe15a2a1f6e2e5b4067c82681c89c73db25eca18c6b25768429cef0',
    tests: [{ id: 425, what: 'small r and s', message: '313233343030', signature: '3006020102020101', isValid: true }],
  },
  {
    source: 'ecdsa_secp384r1_sha512_test.json',
    algorithm: 'ecdsa-p384',
    hash: 'sha512',
    publicKey:
      '3076301006072a8648ce3d020106052b8104002203620004da35d6a82818ae5254cb65fc86ac42a47873ab247a5ca664e9f095e8de9a57fe721860e66cbc6bd499431a48a3991734945baab27ca6383737b7dd45023f997aff5e165f0fd7d8e5c0b5f9c5e731588af2fe5bd8976a0b871c132edf21f363af',
    tests: [
      {
        id: 491,
        what: 'point duplication during verification',
        message: '313233343030',
        signature:
          '3066023100b37699e0d518a4d370dbdaaaea3788850fa03f8186d1f78fdfbae6540aa670b31c8ada0fff3e737bd69520560fe0ce60023100e16043c2face20228dba6366e19ecc6db71b918bbe8a890b9dad2fcead184e071c9ac4acaee2f831a1e4cc337994f5ec',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp521r1_sha512_test.json',
    algorithm: 'ecdsa-p521',
    hash: 'sha512',
    publicKey:
      '30819b301006072a8648ce3d020106052b810400230381860004012a908bfc5b70e17bdfae74294994808bf2a42dab59af8b0523a026d640a2a3d6d344520b62177e2cfa339ca42fb0883ec425904fbda2833a3b5b0a9a00811365d8012333d532f8f8eb1a623c378a3694651192bbda833e3b8d7b8f90b2bfc9b045f8a55e1b6a5fe1512c400c4bc9c86fd7c699d642f5cee9bb827c8b0abc0da01cef1e',
    tests: [
      {
        id: 1,
        what: 'pseudorandom signature',
        message: '',
        signature:
          '308188024201625d6115092a8e2ee21b9f8a425aa73814dec8b2335e86150ab4229f5a3421d2e6256d632c7a4365a1ee01dd2a936921bbb4551a512d1d4b5a56c314e4a02534c5024201b792d23f2649862595451055777bda1b02dc6cc8fef23231e44b921b16155cd42257441d75a790371e91819f0a9b1fd0ebd02c90b5b774527746ed9bfe743dbe2f',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp521r1_sha512_test.json',
    algorithm: 'ecdsa-p521',
    hash: 'sha512',
    publicKey:
      '30819b301006072a8648ce3d020106052b810400230381860004005c6457ec088d532f482093965ae53ccd07e556ed59e2af945cd8c7a95c1c644f8a56a8a8a3cd77392ddd861e8a924dac99c69069093bd52a52fa6c56004a074508007878d6d42e4b4dd1e9c0696cb3e19f63033c3db4e60d473259b3ebe079aaf0a986ee6177f8217a78c68b813f7e149a4e56fd9562c07fed3d895942d7d101cb83f6',
    tests: [
      {
        id: 7,
        what: 'length of sequence [r, s] contains a leading 0',
        message: '313233343030',
        signature:
          '3082008602414e4223ee43e8cb89de3b1339ffc279e582f82c7ab0f71bbde43dbe374ac75ffbef29acdf8e70750b9a04f66fda48351de7bbfd515720b0ec5cd736f9b73bdf8645024128b5d0926a4172b349b0fd2e929487a5edb94b142df923a697e7446acdacdba0a029e43d69111174dba2fe747122709a69ce69d5285e174a01a93022fea8318ac1',
        isValid: false,
      },
      {
        id: 151,
        what: 'replaced r by r + n',
        message: '313233343030',
        signature:
          '3081870242024e4223ee43e8cb89de3b1339ffc279e582f82c7ab0f71bbde43dbe374ac75ffbe97b3367122fa4a20584c271233f3ec3b7f7b31b0faa4d340b92a6b0d5cd17ea4e024128b5d0926a4172b349b0fd2e929487a5edb94b142df923a697e7446acdacdba0a029e43d69111174dba2fe747122709a69ce69d5285e174a01a93022fea8318ac1',
        isValid: false,
      },
      {
        id: 296,
        what: 'special case hash',
        message: '33393439313934313732',
        signature:
          '308188024201209e6f7b6f2f764261766d4106c3e4a43ac615f645f3ef5c7139651e86e4a177f9c2ab68027afbc6784ccb78d05c258a8b9b18fb1c0f28be4d024da90738fbd374024201ade5d2cb6bf79d80583aeb11ac3254fc151fa363305508a0f121457d00911f8f5ef6d4ec27460d26f3b56f4447f434ff9abe6a91e5055e7fe7707345e562983d64',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp521r1_sha512_test.json',
    algorithm: 'ecdsa-p521',
    hash: 'sha512',
    publicKey:
      '30819b301006072a8648ce3d020106052b81040023038186000400491cd6c5f93b7414d6d45cfe3d264bd077fc4427a4b0afede76cac537a7ca5ee2c44564258260f7691b81fdfecebfd03ba672277875c5b311ea920e74fb3978af50144a353a251b4297894161bae12d16a89c33b719f904cfccc277df78cea5379198642fd549df919904dc0cf3662eeab01ef11b8e3cb49b51b853d98f042600c0997',
    tests: [
      {
        id: 419,
        what: 'k*G has a large x-coordinate',
        message: '313233343030',
        signature:
          '3067022105ae79787c40d069948033feb708f65a2fc44a36477663b851449048e16ec79bf5024201fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386406',
        isValid: true,
      },
    ],
  },
  {
    source: 'ecdsa_secp521r1_sha512_test.json',
    algorithm: 'ecdsa-p521',
    hash: 'sha512',
    publicKey:
      '30819b301006072a8648ce3d020106052b810400230381860004005e7eb6c4f481830abaad8a60ddb09891164ee418ea4cd2995062e227d33c229fb737bf330703097d6b3b69a3f09e79c9de0b402bf846dd26b5bb1191cff801355d01789c9afda567e61de414437b0e93a17611e6e76853762bc0aff1e2bc9e46ce1285b931651d7129b85aef2c1fab1728e7eb4449b2956dec33e6cd7c9ba125c5cd9d',
    tests: [{ id: 424, what: 'small r and s', message: '313233343030', signature: '3006020101020101', isValid: true }],
  },
  {
    source: 'ecdsa_secp521r1_sha512_test.json',
    algorithm: 'ecdsa-p521',
    hash: 'sha512',
    publicKey:
      '30819b301006072a8648ce3d020106052b810400230381860004016fce9f375bbd2968adaaf3575595129ef3e721c3b7c83d5a4a79f4b5dfbbdb1f66da7243e5120c5dbd7be1ca073e04b4cc58ca8ce2f34ff6a3d02a929bf2fc27970083f130792d6c45c8f2a67471e51246e2b8781465b8291cbda66d22719cd536bf801e0076030919d5701732ce7678bf472846ed0777937ed77caad74d05664614a2',
    tests: [
      {
        id: 494,
        what: 'point duplication during verification',
        message: '313233343030',
        signature:
          '30818802420090c8d0d718cb9d8d81094e6d068fb13c16b4df8c77bac676dddfe3e68855bed06b9ba8d0f8a80edce03a9fac7da561e24b1cd22d459239a146695a671f81f73aaf024201150b0fe9f0dff27fa180cc9442c3bfc9e395232898607b110a51bcb1086cb9726e251a07c9557808df32460715950a3dc446ae4229b9ed59fe241b389aee3a6963',
        isValid: true,
      },
    ],
  },
]
