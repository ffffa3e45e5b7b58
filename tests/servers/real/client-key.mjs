// Makes the key pair of the clients that prove themselves with a signed JWT (RS256, kid "client-1"), once.
// usage: node client-key.mjs FOLDER
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
const folder = process.argv[2]
if (!existsSync(`${folder}/jwks.json`)) {
  mkdirSync(folder, { recursive: true })
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const named = { kid: 'client-1', use: 'sig', alg: 'RS256' }
  writeFileSync(`${folder}/private.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  writeFileSync(
    `${folder}/private.jwk.json`,
    JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...named }, null, 2),
    { mode: 0o600 },
  )
  writeFileSync(
    `${folder}/jwks.json`,
    JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...named }] }, null, 2),
  )
}
