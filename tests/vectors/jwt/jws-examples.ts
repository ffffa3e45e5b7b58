/**
 * Further tokens printed in RFCs, with the keys printed next to them. `verify.test.ts` verifies each, so a mistyped
 * character shows.
 */

/** RFC 7515 appendix A.4; the payload is the text "Payload". */
export const es512 = {
  token: [
    'eyJhbGciOiJFUzUxMiJ9',
    'UGF5bG9hZA',
    'AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7Xdt' +
      'AG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn',
  ].join('.'),
  key: {
    kty: 'EC',
    crv: 'P-521',
    x: 'AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk',
    y: 'ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2',
  },
}

/** RFC 7520 section 4, figure 8: what all its signatures are over. It is no JSON. */
const roadBase64url =
  'SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwg' +
  'YW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9m' +
  'ZiB0by4'

/** RFC 7520 section 3.3, figure 3. */
export const bilboRsa = {
  kty: 'RSA',
  kid: 'bilbo.baggins@hobbiton.example',
  use: 'sig',
  n:
    'n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2w' +
    'qVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bT' +
    'wJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5' +
    'iaiQkqgc5gHdrNP5zw',
  e: 'AQAB',
}

/** RFC 7520 section 3.1, figure 1. */
export const bilboEc = {
  kty: 'EC',
  kid: 'bilbo.baggins@hobbiton.example',
  use: 'sig',
  crv: 'P-521',
  x: 'AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt',
  y: 'AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1',
}

/** RFC 7520 section 3.5, figure 5. */
export const symmetric = {
  kty: 'oct',
  kid: '018c0ae5-4d9b-471b-bfd6-eef314bc7037',
  use: 'sig',
  alg: 'HS256',
  k: 'hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg',
}

const symmetricHeader = 'eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9'
const symmetricSignature = 's0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0'

/** RFC 7520 section 4.1. */
export const rsaV15 = {
  token: [
    'eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9',
    roadBase64url,
    'MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDk' +
      'oBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9Uzp' +
      'ERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogo' +
      'ree7vjbU5y18kDquDg',
  ].join('.'),
  key: bilboRsa,
}

/** RFC 7520 section 4.2. */
export const rsaPss = {
  token: [
    'eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9',
    roadBase64url,
    'cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2IpN6-tPid6VrklHkqsGqDqHCdP6O8TTB5dDDItllVo6_1OL' +
      'PpcbUrhiUSMxbbXUvdvWXzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442ZdNqiVJRmBqrYRXe8P_ijQ7p8Vdz0TTrxUeT3lm8d9shn' +
      'r2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT0qI0n6uiP1aCN_2_jLAeQTlqRHtfa64QQSUmFAAjVKPbByi7xho0uTOcbH510a6GYmJUAfmWjwZ6' +
      'oD4ifKo8DYM-X72Eaw',
  ].join('.'),
  key: bilboRsa,
}

/** RFC 7520 section 4.3. */
export const ecdsa = {
  token: [
    'eyJhbGciOiJFUzUxMiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9',
    roadBase64url,
    'AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvbu9Plon7KRTzoNEuT4Va2cmL1eJ' +
      'AQy3mtPBu_u_sDDyYjnAMDxXPn7XrT0lw-kvAD890jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu9xQ2',
  ].join('.'),
  key: bilboEc,
}

/** RFC 7520 section 4.4. */
export const hmac = { token: [symmetricHeader, roadBase64url, symmetricSignature].join('.'), key: symmetric }

/** RFC 7520 section 4.5: as in 4.4, with the content detached. */
export const detached = { token: [symmetricHeader, '', symmetricSignature].join('.'), key: symmetric }

/**
 * RFC 7520 section 4.6, which has no compact form because the `kid` is not protected: its protected header, payload and
 * signature, joined. So the token names no key.
 */
export const withoutKid = {
  token: ['eyJhbGciOiJIUzI1NiJ9', roadBase64url, 'bWUSVaxorn7bEF1djytBd0kHv70Ly5pvbomzMWSOr20'].join('.'),
  key: symmetric,
}

/** RFC 7520 section 4.7: nothing is protected but the content, so there is no compact form. */
export const contentOnly = JSON.stringify({
  payload: roadBase64url,
  header: { alg: 'HS256', kid: symmetric.kid },
  signature: 'xuLifqLGiblpv9zBpuZczWhNj1gARaLV3UxvxhJxZuk',
})

/** RFC 7520 section 4.8, the first of its three signatures (figure 51), joined in the same way. */
export const firstOfThree = {
  token: [
    'eyJhbGciOiJSUzI1NiJ9',
    roadBase64url,
    'MIsjqtVlOpa71KE-Mss8_Nq2YH4FGhiocsqrgi5NvyG53uoimic1tcMdSg-qptrzZc7CG6Svw2Y13TDIqHzTUrL_lR2ZFcryNFiHkSw129Eg' +
      'hGpwkpxaTn_THJTCglNbADko1MZBCdwzJxwqZc-1RlpO2HibUYyXSwO97BSe0_evZKdjvvKSgsIqjytKSeAMbhMBdMma622_BG5t4sdbuCHt' +
      'Fjp9iJmkio47AIwqkZV1aIZsv33uPUqBBCXbYoQJwt7mxPftHmNlGoOSMxR_3thmXTCm4US-xiNOyhbm8afKK64jU6_TPtQHiJeQJxz9G3Tx' +
      '-083B745_AfYOnlC9w',
  ].join('.'),
  key: bilboRsa,
}

/** RFC 7797 section 4.2: `b64` is false, and the content "$.02" is detached. The key is that of RFC 7515 A.1. */
export const unencoded = {
  token:
    'eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY',
  content: '$.02',
}
