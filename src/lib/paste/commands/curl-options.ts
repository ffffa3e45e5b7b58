import { unknown } from '../unknown.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Options of curl 8.17 that are alone. @see https://curl.se/docs/manpage.html */
const flags = new Set(
  words(`anyauth append basic ca-native cert-status compressed compressed-ssh create-dirs crlf digest disable
    disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure dump-ca-embed fail fail-early
    fail-with-body false-start follow form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc
    ftp-ssl-control get globoff haproxy-protocol head http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3
    http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies list-only location
    location-trusted mail-rcpt-allowfails manual metalink mptcp negotiate netrc netrc-optional next no-alpn no-buffer
    no-clobber no-keepalive no-npn no-progress-meter no-sessionid ntlm ntlm-wb out-null parallel parallel-immediate
    path-as-is post301 post302 post303 progress-bar proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-http2
    proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel
    raw remote-header-name remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused
    sasl-ir show-error silent skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast
    ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output
    suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2
    tlsv1.3 tr-encoding trace-ids trace-time use-ascii verbose version xattr`),
)

/** Options that have a value after them. */
const valued = new Set(
  words(`abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
    continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode
    delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine
    etag-compare etag-save expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port
    ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header help hostpubmd5 hostpubsha256 hsts interface
    ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type knownhosts krb libcurl limit-rate local-port
    login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer
    output output-dir parallel-max parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy
    proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key
    proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype
    proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request
    request-target resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5
    socks5-gssapi-service socks5-hostname speed-limit speed-time ssl-sessions stderr telnet-option tftp-blksize
    time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket
    upload-file upload-flags url url-query user user-agent variable vlan-priority write-out`),
)

const letters: ReadonlyMap<string, string> = new Map(
  words(`a:append E:cert K:config C:continue-at b:cookie c:cookie-jar d:data q:disable D:dump-header f:fail F:form
    P:ftp-port G:get g:globoff I:head H:header h:help 0:http1.0 i:include k:insecure 4:ipv4 6:ipv6
    j:junk-session-cookies l:list-only L:location M:manual m:max-time n:netrc N:no-buffer o:output Z:parallel
    #:progress-bar x:proxy U:proxy-user p:proxytunnel Q:quote r:range e:referer J:remote-header-name O:remote-name
    R:remote-time X:request S:show-error s:silent Y:speed-limit y:speed-time 2:sslv2 3:sslv3 t:telnet-option
    z:time-cond 1:tlsv1 T:upload-file B:use-ascii u:user A:user-agent v:verbose V:version w:write-out`).map(
    (pair) => [pair.slice(0, 1), pair.slice(2)] as const,
  ),
)

/** An option of curl by its long name. */
export interface CurlOption {
  readonly name: string
  /** Empty for one that is alone. */
  readonly value: string
}

/** The words of a command, as curl reads them. */
export interface CurlArguments {
  readonly options: readonly CurlOption[]
  readonly urls: readonly string[]
  /** Words that begin with a hyphen and are no option, without what is behind an equals sign. */
  readonly unknown: readonly string[]
  /** The option that has no value after it; `null` if each has what it needs. */
  readonly incomplete: string | null
}

/**
 * Options and URLs in the words after `curl`, of each of the requests that `--next` begins: short ones joined or with their value, long ones with a space or an equals
 * sign. An expanding option has the name of the one it expands to, and `expand-` before.
 * @see https://curl.se/docs/manpage.html
 */
export function curlArguments(all: readonly string[]): readonly CurlArguments[] {
  const requests = [emptyArguments()]
  let [request = emptyArguments()] = requests
  const begin = (): void => {
    request = emptyArguments()
    requests.push(request)
  }
  let index = 0
  const next = (option: string): string => {
    index += 1
    if (index >= all.length) request.incomplete = option
    return all[index] ?? ''
  }
  for (; index < all.length; index += 1) {
    const word = all[index] ?? ''
    if (!word.startsWith('-') || word === '-') request.urls.push(word)
    else if (word.startsWith('--')) {
      const [, typed = '', joined] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
      const name = longName(typed)
      if (name === null) {
        if (typed !== '') request.unknown.push(`--${typed}`)
        // Its value, if it has one, is no URL.
        if (joined === undefined && !/^-|:\/\//.test(all[index + 1] ?? '-')) index += 1
      } else if (name === 'next') begin()
      else request.options.push({ name, value: hasValue(name) ? (joined ?? next(word)) : '' })
    } else {
      for (let at = 1; at < word.length; at += 1) {
        const letter = word.charAt(at)
        const name = letters.get(letter)
        if (letter === ':') {
          begin()
          break
        }
        if (name === undefined) request.unknown.push(`-${letter}`)
        else if (valued.has(name)) {
          request.options.push({
            name,
            value: at + 1 < word.length ? word.slice(at + 1) : next(`-${letter}`),
          })
          break
        } else request.options.push({ name, value: '' })
      }
    }
  }
  return requests
}

const emptyArguments = (): {
  options: CurlOption[]
  urls: string[]
  unknown: string[]
  incomplete: string | null
} => ({ options: [], urls: [], unknown: [], incomplete: null })

const hasValue = (name: string): boolean => valued.has(name.replace(/^expand-/, ''))

/** The whole name of a long option, which may be cut if it is the only one that begins so; `null` if curl has none. */
function longName(typed: string): string | null {
  if (typed.length > 40) return null
  if (flags.has(typed) || hasValue(typed)) return typed
  if (typed.startsWith('no-') && flags.has(typed.slice(3))) return typed
  const found = typed.length < 2 ? [] : [...flags, ...valued].filter((name) => name.startsWith(typed))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** The known variables of a command. */
type Variables = ReadonlyMap<string, string>

/**
 * Expanding options as what they expand to. A variable from the environment or a file is unknown, and so is one that a
 * function changes.
 * @see https://curl.se/docs/manpage.html#--variable
 */
export function expandOptions(options: readonly CurlOption[]): readonly CurlOption[] {
  const variables = new Map<string, string>()
  return options.map(({ name, value }) => {
    if (name === 'variable') set(variables, value)
    return name.startsWith('expand-')
      ? { name: name.slice('expand-'.length), value: expanded(value, variables) }
      : { name, value }
  })
}

function set(variables: Map<string, string>, definition: string): void {
  const [, name = '', content] = /^(\w+)=(.*)$/s.exec(definition) ?? []
  if (content !== undefined) variables.set(name, content)
}

const expanded = (text: string, variables: Variables): string =>
  text.replace(/\\\{\{|\{\{(\w{1,128})((?::\w+)*)\}\}/g, (all, name?: string, functions?: string) => {
    if (name === undefined) return all.slice(1)
    const known = functions === '' ? variables.get(name) : undefined
    return known ?? unknown(name)
  })
