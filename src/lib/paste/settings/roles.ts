import { type Setting, wordsOf } from './setting.ts'

/** What a setting can be of a client, its server or its API. */
export type Role = keyof typeof names

interface Names {
  /** Names that say it wherever they are. */
  readonly sure: string
  /** Names that say it next to the ID of a client alone: other things are called so, too. */
  readonly perhaps?: string
}

/** The ends of names, without what separates their words. The longest end that is here counts: `token url` before `url`. */
const names = {
  clientId: {
    sure: 'clientid clientidentifier appid applicationid applicationclientid consumerkey clientkey',
  },
  clientSecret: {
    sure: 'clientsecret clientsecretvalue appsecret applicationsecret consumersecret clientpassword',
    perhaps: 'secret secretvalue sharedsecret secrettext secretkey clientcredential',
  },
  tokenEndpoint: {
    sure: 'tokenendpoint tokenendpointurl tokenendpointuri tokenurl tokenuri accesstokenurl accesstokenuri accesstokenendpoint tokenserverurl tokenserviceurl tokenaddress oauthtokenendpoint',
  },
  issuer: {
    sure: 'issuer issueruri issuerurl issuerbaseurl authority authorityurl authorityuri discoveryurl discoveryuri discoveryendpoint discoverydocument discoverydocumenturl wellknownurl wellknownuri wellknown wellknownendpoint openidconfiguration openidconfigurationurl openidconfigurl openidconnecturl metadataaddress metadataurl oidcurl oidcserverurl identityserverurl identityserver stsurl',
  },
  scope: { sure: 'scope scopes oauthscope oauthscopes defaultscope defaultscopes requestedscopes' },
  audience: { sure: 'audience apiaudience apiidentifier audiences', perhaps: 'aud' },
  resource: { sure: 'resourceindicator', perhaps: 'resource resources resourceuri resourceurl' },
  method: {
    sure: 'tokenendpointauthmethod tokenendpointauthenticationmethod clientauthenticationmethod clientauthmethod clientcredentialstyle',
    perhaps: 'authmethod authenticationmethod authstyle',
  },
  grant: { sure: 'granttype authorizationgranttype', perhaps: 'grant' },
  key: {
    sure: 'clientjwk privatejwk privatekeyjwk clientprivatekey clientassertionkey',
    perhaps:
      'jwk jsonwebkey privatekey privatekeypem privatekeyvalue rsaprivatekey signingkey keyjwk clientjwks',
  },
  keyId: { sure: 'privatekeyid clientkid', perhaps: 'keyid kid jwkkid' },
  dpop: { sure: 'usedpop dpopenabled requiredpop', perhaps: 'dpop' },
  dpopKey: { sure: 'dpopjsonwebkey dpopkey dpopjwk dpopprivatekey' },
  /** Of Microsoft Entra ID. */
  tenant: { sure: 'tenantid', perhaps: 'tenant directoryid' },
  instance: { sure: 'authorityhost activedirectoryendpointurl', perhaps: 'instance' },
  /** Of Keycloak. */
  realm: { sure: 'realmname', perhaps: 'realm' },
  server: {
    sure: 'authserverurl',
    perhaps: 'serverurl authurl baseurl url uri host hostname baseuri serveruri',
  },
  /** Of Auth0. */
  domain: { sure: 'auth0domain', perhaps: 'domain' },
  apiUrl: { sure: 'apiurl apibaseurl apiuri apibaseuri apiendpoint downstreamapibaseurl' },
} as const satisfies Readonly<Record<string, Names>>

interface Meaning {
  readonly role: Role
  readonly isSure: boolean
}

/** A map: names from outside are looked up. */
const meanings: ReadonlyMap<string, Meaning> = new Map(
  (Object.entries(names) as [Role, Names][]).flatMap(([role, { sure, perhaps = '' }]) =>
    [...sure.split(' '), ...perhaps.split(' ')].map((name, index): [string, Meaning] => [
      name,
      { role, isSure: index < sure.split(' ').length },
    ]),
  ),
)

/** A setting whose name says what it is. */
export interface Fact extends Meaning {
  readonly setting: Setting
  /** The words before that: whose it is. */
  readonly group: readonly string[]
  /** The same as it is written. */
  readonly label: string
}

/** What the end of a name means, whatever its case and what separates its words; `null` if nothing. */
export function factOf(setting: Setting): Fact | null {
  const words = wordsOf(setting.name)
  for (const [index, { at }] of words.entries()) {
    const meaning = meanings.get(
      words
        .slice(index)
        .map(({ text }) => text)
        .join(''),
    )
    if (meaning === undefined) continue
    return {
      ...meaning,
      setting,
      group: words.slice(0, index).map(({ text }) => text),
      label: setting.name.slice(0, at).replace(/[^\p{L}\p{N})\]]+$/u, ''),
    }
  }
  return null
}
