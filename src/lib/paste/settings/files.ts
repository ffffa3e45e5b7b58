import { decodeBase64url } from '../../encoding/base64url.ts'
import { decodeUtf8 } from '../../encoding/utf8.ts'
import { httpUrl } from '../../http/http-url.ts'
import { isObject } from '../../json/own-members.ts'
import type { Kind } from '../kind.ts'
import { helseIdClient } from './authorities.ts'
import { clientSettings } from './recognised.ts'
import { type Setting, settingsOf } from './setting.ts'

/** Sections of such files, whatever else they have, and the names of .NET’s settings of a client. */
const sections =
  /^(?:Logging|AllowedHosts|ConnectionStrings|Kestrel|Serilog|AzureAd|AzureAdB2C|DownstreamApi|DownstreamApis|Authentication)$/
const names = /(?:^|:)(?:ClientId|TokenEndpoint|Authority|ClientCredentialStyle)$/

/**
 * `appsettings.json` of .NET, and what `dotnet user-secrets` keeps: the settings of Microsoft.Identity.Web, of Duende.AccessTokenManagement and
 * of other programs, wherever they are in it.
 * @see https://learn.microsoft.com/aspnet/core/fundamentals/configuration/
 * @see https://learn.microsoft.com/entra/identity-platform/scenario-daemon-app-configuration
 * @see https://docs.duendesoftware.com/accesstokenmanagement/workers/
 */
export const dotnet: Kind = {
  kind: 'dotnet',
  read({ document }) {
    if (!isObject(document)) return null
    const settings = settingsOf(document, ':')
    const isOfDotnet =
      Object.keys(document).some((name) => sections.test(name)) ||
      settings.some(({ name }) => names.test(name))
    return isOfDotnet
      ? clientSettings(settings, { what: 'a settings file of .NET (appsettings.json)', alone: true })
      : null
  },
}

/**
 * A client of HelseID: what its self-service gives as a file, and the sections of HelseID.Library and Fhi.HelseId. The key is a JWK, as an object or a text,
 * also under the name of a secret.
 * @see https://github.com/NorskHelsenett/HelseID.Library/blob/d458c26/Documentation/configuration.md
 * @see https://github.com/folkehelseinstituttet/Fhi.HelseId/wiki
 */
export const helseIdFile: Kind = {
  kind: 'helseid',
  read({ document }) {
    if (!isObject(document)) return null
    const settings = settingsOf(document)
    return settings.some(isOfHelseId)
      ? clientSettings(settings, { what: 'the configuration of a client of HelseID', base: helseIdClient })
      : null
  },
}

const isOfHelseId = ({ name, values: [value = ''] }: Setting): boolean =>
  /(?:^|\.)helseid-sts(?:\.[a-z]+)?\.nhn\.no$/.test(httpUrl(value)?.hostname ?? '') ||
  (/(?:^|\.)secretType$/.test(name) && /^private_key_jwt:/.test(value))

/**
 * Any other JSON or YAML with the ID of a client and a secret, a key or the address of a server: so the last. The `data` of a Secret of
 * Kubernetes is decoded.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 * @see https://docs.docker.com/reference/compose-file/services/#environment
 */
export const anySettings: Kind = {
  kind: 'settings',
  read({ text, document, more = [] }) {
    if (typeof document !== 'object' || document === null) return null
    const documents = [document, ...more]
    const all = documents.map(withDecodedData)
    const settings = all.flatMap((one) => settingsOf(one))
    const isCluster = documents.some((one) => isObject(one) && typeof one['apiVersion'] === 'string')
    const what = isCluster
      ? 'a manifest of Kubernetes with the settings of a client'
      : `a settings file with a client, as ${/^[[{]/.test(text) ? 'JSON' : 'YAML'}`
    return clientSettings(settings, { what })
  },
}

/** A Secret has its values in base64; it and a ConfigMap are known by their names. What is not the base64 of a text stays out. */
function withDecodedData(document: unknown): unknown {
  if (!isObject(document)) return document
  const { kind, items, metadata } = document
  if (kind === 'List' && Array.isArray(items)) return items.map(withDecodedData)
  if (kind !== 'Secret' && kind !== 'ConfigMap') return document
  const name = isObject(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : kind
  const decoded = Object.entries(isObject(document['data']) ? document['data'] : {}).flatMap(
    ([key, value]) => {
      const text = kind === 'ConfigMap' ? value : typeof value === 'string' ? textOfBase64(value) : null
      return text === null ? [] : [[key, text] as const]
    },
  )
  const plain = isObject(document['stringData']) ? document['stringData'] : {}
  return { [name]: { ...Object.fromEntries(decoded), ...plain } }
}

function textOfBase64(base64: string): string | null {
  if (base64.length > 200_000) return null
  const { bytes } = decodeBase64url(base64.replace(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_'))
  const read = bytes === null ? null : decodeUtf8(bytes)
  return read?.ok === true ? read.text : null
}
