import { describe, expect, it, test } from 'vitest'
import { cpuMs } from '../jwt/verify/jws-testing.ts'
import {
  der,
  expectPair,
  importing,
  json,
  jwk,
  label,
  lines,
  p256,
  pem,
  rsa,
  rsaPem,
} from './import-testing.ts'

const ls = lines(rsaPem)
const base64 = (text: string) => Buffer.from(text).toString('base64')
const each = (write: (line: string) => string, joint = '\n') => ls.map(write).join(joint)
const indented = (space: string) => ls.map((line) => space + line).join('\n')
const oneLine = rsaPem.replaceAll('\n', '\\n')
const wrapped76 = base64(rsaPem).replace(/.{76}/g, '$&\n')

const escapes = 'escapes such as \\n'
const around = 'the text around the key'
const code = 'the quotes and operators of strings in source code'
const prefix = 'what each line begins with'
const boundaries = 'another spelling of the BEGIN and END lines'
const unseen = 'characters that cannot be seen'

const javaLine = (line: string) => `"${line}\\n"`

/** A text with the RSA key as PEM, and what is said to have been taken off or mended. */
const texts: readonly (readonly [what: string, text: string, ...removed: readonly string[]])[] = [
  ['strings that Java joins', `${each(javaLine, ' +\n        ')};`, escapes, code],
  ['a constant of Java', `String key = ${each(javaLine, '\n    + ')};`, around, escapes, code],
  ['System.lineSeparator()', each((line) => `"${line}" + System.lineSeparator() +`), code],
  ['a text block of Java', `String k = """\n${indented('    ')}\n    """;`, around],
  ['a StringBuilder', each((line) => `sb.append("${line}\\n");`), escapes, code],
  ['Environment.NewLine of C#', each((line) => `"${line}" + Environment.NewLine +`), code],
  ['\\r\\n in strings', each((line) => `"${line}\\r\\n" +`), escapes, code],
  ['a verbatim string of C#', `var k = @"${rsaPem}";`, around],
  ['a raw string of C#', `var k = """\n${indented('   ')}\n   """;`, around],
  ['three quotes of Python', `KEY = """\\\n${rsaPem}"""`, around],
  ['strings side by side in Python', `KEY = (\n${each((line) => `    "${line}\\n"`)}\n)`, around, escapes],
  ['bytes of Python', `KEY = b"${oneLine}"`, around, escapes],
  ['bytes side by side in Python', each((line) => `b'${line}\\n'`), around, escapes, code],
  ['lines that Python goes on with', `KEY = ${each((line) => `'${line}\\n' \\`)}`, around, escapes],
  ['a template of JavaScript', `const k = \`${rsaPem}\`;`, around],
  ['strings that JavaScript joins', each((line) => `'${line}' +`), code],
  ['an array of JavaScript', `[\n${each((line) => `  '${line}',`)}\n].join('\\n')`, around, escapes],
  ['a dot of PHP', `$key = ${each((line) => `'${line}' . "\\n" .`)};`, around, escapes, code],
  ['PHP_EOL', each((line) => `"${line}" . PHP_EOL .`), code],
  ['.= of PHP', each((line) => `$k .= "${line}\\n";`), escapes, code],
  ['a heredoc of PHP', `$k = <<<EOD\n${rsaPem}EOD;`, around],
  ['backticks of Go', `var key = []byte(\`${rsaPem}\`)`, around],
  ['strings that Go joins', `key := ${each((line) => `"${line}\\n" +`)}`, escapes, code],
  ['a heredoc of Ruby', `key = <<~PEM\n${indented('  ')}\nPEM`, around],
  ['concat! of Rust', `concat!(${each((line) => `"${line}\\n",`)})`, escapes, code],
  ['margins of Kotlin', `val k = """\n${each((line) => `    |${line}`)}\n""".trimMargin()`, around, prefix],
  ['& of Visual Basic', each((line) => `"${line}" & vbCrLf & _`), code],
  ['|| of SQL', each((line) => `'${line}' || chr(10) ||`), code],
  ['#13#10 of Delphi', each((line) => `'${line}'#13#10 +`), code],
  ['a here-string of PowerShell', `$k = @"\n${rsaPem}"@`, around],
  ['a heredoc of a shell', `cat > key.pem <<EOF\n${rsaPem}EOF`, around],
  ['$ quotes of a shell', `export KEY=$'${oneLine}'`, around, escapes],
  ['comments', each((line) => `// ${line}`), prefix],
  ['comments of a shell', each((line) => `# ${line}`), prefix],
  ['a diff', each((line) => `+${line}`), prefix],
  ['numbered lines', ls.map((line, index) => `${index + 1}  ${line}`).join('\n'), prefix],
  ['a log of containers', each((line) => `web_1  | ${line}`), around, prefix],
  ['a quotation of mail', each((line) => `> ${line}`), prefix],
  ['a block of YAML', `key: |\n${indented('  ')}\nother: 1`, around],
  ['a line of YAML', `key: "${oneLine}"`, around, escapes],
  ['an env file', `# key\nPRIVATE_KEY="${oneLine}"\nOTHER=1`, around, escapes],
  ['an env file, escaped twice', `PRIVATE_KEY=${rsaPem.replaceAll('\n', '\\\\n')}`, around, escapes],
  ['\\n out of JSON', oneLine, escapes],
  ['\\r\\n out of JSON', rsaPem.replaceAll('\n', '\\r\\n'), escapes],
  ['\\/ and \\u002B', JSON.stringify(rsaPem).replaceAll('/', '\\/').replaceAll('+', '\\u002B'), escapes],
  [
    'a service account of Google',
    JSON.stringify({ private_key_id: 'a', private_key: rsaPem }),
    around,
    escapes,
  ],
  ['a list of lines in JSON', JSON.stringify({ key: ls }), around, code],
  ['XML', `<config><key>${rsaPem}</key></config>`, around],
  ['HTML entities', rsaPem.replaceAll('\n', '&#13;&#xA;').replaceAll('+', '&#43;'), 'HTML entities'],
  ['&nbsp;', rsaPem.replaceAll('\n', '&nbsp;\n'), 'HTML entities'],
  ['HTML line breaks', each((line) => line, '<br />'), 'HTML tags'],
  ['HTML paragraphs', each((line) => `<p>${line}</p>`), around, 'HTML tags'],
  ['percent-encoding', encodeURIComponent(rsaPem), 'percent-encoding'],
  ['a form', encodeURIComponent(rsaPem).replaceAll('%20', '+'), 'percent-encoding'],
  ['spaces for line breaks', rsaPem.replaceAll('\n', ' '), 'spaces in place of line breaks'],
  ['no line breaks', rsaPem.replaceAll('\n', ''), 'missing line breaks'],
  ['\\n without its backslash', rsaPem.replaceAll('\n', 'n'), 'what was left of the line breaks'],
  ['+ for spaces', rsaPem.trim().replaceAll(/\s/g, '+'), 'what was left of the line breaks', boundaries],
  ['spaces for +', rsaPem.replaceAll('+', ' '), 'spaces in place of +'],
  ['indentation', indented('    '), 'indentation'],
  ['no dashes', rsaPem.replaceAll('-----', ''), boundaries],
  ['fewer dashes', rsaPem.replaceAll('-----', '----'), boundaries],
  ['dashes of a word processor', rsaPem.replaceAll('-----', '—–—'), boundaries],
  ['one em dash', rsaPem.replaceAll('-----', '—'), boundaries],
  ['signs of minus', rsaPem.replaceAll('-----', '−−−−−'), boundaries],
  ['hyphens that do not break', rsaPem.replaceAll('-----', '‑‑‑‑‑'), boundaries],
  ['dashes with spaces', rsaPem.replaceAll('-----', '- - - - -'), boundaries],
  ['dashes that Markdown escapes', rsaPem.replaceAll('-----', '\\-\\-\\-\\-\\-'), escapes],
  ['small letters', rsaPem.replace('BEGIN PRIVATE KEY', 'Begin private key'), boundaries],
  ['underscores', rsaPem.replaceAll('PRIVATE KEY', 'PRIVATE_KEY'), boundaries],
  ['no END line', ls.slice(0, -1).join('\n'), 'a missing END line'],
  ['no BEGIN line', ls.slice(1).join('\n'), 'a missing BEGIN line'],
  ['a byte order mark', `\uFEFF${rsaPem}`, unseen],
  ['soft hyphens', rsaPem.replaceAll('\n', '\u00AD\n'), unseen],
  ['marks of direction', `\u200E${rsaPem}\u200F`, unseen],
  ['quotes of a word processor', `“${rsaPem}”`, 'quotation marks'],
  ['quotes of a shell', `'${rsaPem}'`, 'quotation marks'],
  ['a fence of Markdown', `\`\`\`\n${rsaPem}\`\`\``, 'quotation marks'],
  ['bag attributes', `Bag Attributes\n    localKeyID: 89 90\n${rsaPem}`, around],
  ['text after it', `${rsaPem}\nKeep this secret.`, around],
  ['base64 of it', base64(rsaPem), 'base64'],
  ['base64 of base64', base64(base64(rsaPem)), 'base64'],
  ['base64 in lines', wrapped76, 'base64'],
  ['base64 in an env file', `KEY_BASE64="${base64(rsaPem)}"`, 'the text around the base64 of “KEY_BASE64”'],
  ['a data URL', `data:application/x-pem-file;base64,${base64(rsaPem)}`, 'the text around the base64'],
  ['the XML of .NET', xmlOf(), 'the XML of .NET'],
  [
    'a Secret of Kubernetes',
    `kind: Secret\ndata:\n  tls.crt: ${base64(label('CERTIFICATE'))}\n  tls.key: ${base64(rsaPem)}\n`,
    'the text around the base64 of “tls.key”',
  ],
  [
    'a Secret in lines',
    `data:\n  tls.key: >-\n${wrapped76.replace(/^/gm, '    ')}`,
    'the text around the base64 of “tls.key”',
  ],
  [
    'a Secret in JSON',
    JSON.stringify({ kind: 'Secret', data: { 'tls.key': base64(rsaPem) } }),
    'the text around the base64 of “tls.key”',
  ],
  ['stringData', `kind: Secret\nstringData:\n  tls.key: |\n${indented('    ')}\n`, around],
  [
    'a kubeconfig',
    `  user:\n    client-key-data: ${base64(rsaPem)}`,
    'the text around the base64 of “client-key-data”',
  ],
  ['a heredoc of Terraform', `private_key = <<-EOT\n${indented('    ')}\n  EOT`, around],
  [
    'base64decode of Terraform',
    `key = base64decode("${base64(rsaPem)}")`,
    'the text around the base64 of “base64decode”',
  ],
  ['a state of Terraform', JSON.stringify({ attributes: { private_key_pem: rsaPem } }), around, escapes],
  ['environment of Docker Compose', `    environment:\n      - KEY=${oneLine}`, around, escapes],
  ['DER in an env file', `KEY=${der(rsa.privateKey)}`, 'the text around the base64 of “KEY”'],
]

function xmlOf(): string {
  const names = {
    n: 'Modulus',
    e: 'Exponent',
    p: 'P',
    q: 'Q',
    dp: 'DP',
    dq: 'DQ',
    qi: 'InverseQ',
    d: 'D',
  } as const
  const key = jwk(rsa.privateKey)
  const elements = Object.entries(names).map(([name, element]) => {
    const value = Buffer.from(String(key[name as 'n']), 'base64url').toString('base64')
    return `<${element}>${value}</${element}>`
  })
  return `<RSAKeyValue>${elements.join('')}</RSAKeyValue>`
}

describe('a key is imported however it was copied, and what was taken off is said', () => {
  test.each(texts.map(([what, text, ...removed]) => [what, text, removed] as const))(
    '%s',
    async (_, text, removed) => {
      const { notes } = await expectPair(text, rsa.publicKey, 'RS256')
      expect(notes[0]).toMatch(/^Taken off or mended: .*\.$/)
      const said = notes[0]?.slice(21, -1).split('; ')
      expect(said).toEqual(expect.arrayContaining([...removed]))
    },
  )
})

describe('a JWK in another notation than JSON', () => {
  const { kty, crv, x, y, d } = jwk(p256.privateKey)
  test.each([
    [
      'an object of JavaScript',
      `{ kty: '${kty}', crv: '${crv}', x: '${x}', y: '${y}', d: '${d}' }`,
      'the names of JavaScript',
    ],
    [
      'a dict of Python',
      json(p256.privateKey, { use: null }).replaceAll('"', "'").replace('null', 'None'),
      'words of Python',
    ],
    ['a hash of Ruby', json(p256.privateKey).replaceAll('":', '"=>'), 'hashrockets'],
    ['a comma too many', `${json(p256.privateKey).slice(0, -1)},}`, 'a comma after the last member'],
    [
      'quotes of a word processor',
      json(p256.privateKey).replaceAll('"', '”'),
      'quotation marks of a word processor',
    ],
    ['YAML', `kty: ${kty}\ncrv: ${crv}\nx: ${x}\ny: ${y}\nd: ${d}`, 'the notation of YAML'],
    ['HTML entities', json(p256.privateKey).replaceAll('"', '&quot;'), 'HTML entities'],
    ['percent-encoding', encodeURIComponent(json(p256.privateKey)), 'percent-encoding'],
    ['base64', base64(json(p256.privateKey)), 'base64'],
    ['quotes of a shell', `'${json(p256.privateKey)}'`, 'quotation marks'],
    [
      'a Secret of Kubernetes',
      `data:\n  jwk.json: ${base64(json(p256.privateKey))}`,
      'of “jwk.json”; base64',
    ],
    [
      'names in capitals',
      JSON.stringify({ Kty: kty, Crv: crv, X: x, Y: y, D: d }),
      'Its names are in capitals',
    ],
  ])('%s', async (_, text, said) => {
    expect((await expectPair(text, p256.publicKey, 'ES256')).notes.join(' ')).toContain(said)
  })
})

it('of several blocks, the first that can be used is imported, and the others are said', async () => {
  const encrypted = rsa.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString()
  const spki = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const { notes } = await expectPair(encrypted + spki + pem(rsa.privateKey), rsa.publicKey, 'RS256')
  expect(notes).toEqual([
    'The text has 2 private keys; the first that can be used was taken.',
    'Left out: BEGIN PUBLIC KEY.',
  ])
})

describe('any 64 KB are read in bounded time', () => {
  const size = 64 * 1024
  test.each([
    ['dashes', '-'.repeat(size)],
    ['spaced dashes', '- '.repeat(size / 2)],
    ['BEGIN', 'BEGIN '.repeat(size / 6)],
    ['BEGIN lines', '-----BEGIN PRIVATE KEY-----\n'.repeat(size / 28)],
    ['quotes in a block', `-----BEGIN PRIVATE KEY-----${'"+'.repeat(size / 2 - 20)}`],
    ['lines in a block', `# -----BEGIN PRIVATE KEY-----${'\n# A'.repeat(size / 4 - 20)}`],
    ['base64', 'A'.repeat(size)],
    ['base64 of base64', base64(base64(base64('A'.repeat(size / 3))))],
    ['lines of base64', `${'A'.repeat(40)}\n`.repeat(size / 41)],
    ['names and base64', `k: ${'A'.repeat(40)};\n`.repeat(size / 45)],
    ['entities', '&#10;'.repeat(size / 5)],
    ['percent signs', '%0A'.repeat(size / 3)],
    ['tags', `-----BEGIN PRIVATE KEY-----${'<br '.repeat(size / 4 - 20)}`],
    ['hexadecimal', '3A'.repeat(size / 2)],
    ['braces', `kty ${'{'.repeat(size - 5)}`],
    ['elements of XML', `<RSAKeyValue>${'<Modulus>'.repeat(size / 9 - 20)}`],
    ['YAML', `kty: RSA\n${'n: A\n'.repeat(size / 5 - 20)}`],
    ['backslashes', '\\'.repeat(size)],
    ['spaces', `${' '.repeat(size - 2)}x`],
  ])('%s', async (_, text) => {
    const start = cpuMs()
    await importing(text.slice(0, size), 'RS256')
    expect(cpuMs() - start).toBeLessThan(1000)
  })
})
