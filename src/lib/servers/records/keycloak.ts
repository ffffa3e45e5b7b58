import {
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'

const issue = (number: number): Source => ({
  label: `keycloak #${number}`,
  href: `https://github.com/keycloak/keycloak/issues/${number}`,
})

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'Allows a page whose origin is among the client’s Web origins, to the letter. Refused credentials are readable from every origin.',
  labels: { base: 'Base URL', realm: 'Realm' },
  cors: ({ origin }) => [
    {
      text: 'Clients → your client → Settings → Access settings → Web origins: add this page’s origin, without a slash at its end. The console hides the field while Standard flow is off; what is in it counts all the same, and the console itself writes /* there, which allows nobody.',
      code: origin,
    },
    {
      text: 'Or make a client that has all of this, with kcadm.sh of the bin folder (in the container: docker exec keycloak /opt/keycloak/bin/kcadm.sh …).',
      language: 'shell',
      code: `kcadm.sh config credentials --server http://localhost:8080 --realm master --user admin --password admin
kcadm.sh create clients -r master -s clientId=m2m -s secret=change-me -s publicClient=false \\
  -s serviceAccountsEnabled=true -s standardFlowEnabled=false -s 'webOrigins=["${origin}"]'`,
    },
  ],
  client: () => [
    {
      text: 'Clients → Create client: a client ID; then Client authentication on and Service account roles on (up to 26.4: Service accounts roles). Standard flow is not needed; on, it shows the field Web origins.',
    },
    { text: 'Its Credentials tab has the secret.' },
  ],
  start: () => [
    inTerminal(
      `docker run --name keycloak -p 127.0.0.1:8080:8080 \\
  -e KC_BOOTSTRAP_ADMIN_USERNAME=admin -e KC_BOOTSTRAP_ADMIN_PASSWORD=admin \\
  quay.io/keycloak/keycloak:latest start-dev`,
      'Then http://localhost:8080, as admin with password admin.',
    ),
  ],
  quirks: [
    {
      text: 'A client without Web origins gets no response that a page can read: up to 26.5 a token with 200 and without CORS headers, in 26.7 a 403.',
      source: issue(37529),
    },
    { text: 'The console hides Web origins while Standard flow is off.', source: issue(32489) },
    {
      text: 'Since 26.6.3 a request with an Origin that the client does not allow is refused with 403, once ID and credentials were found right: no page can read that, and no token is issued.',
      source: issue(51831),
    },
    {
      text: 'Without Service accounts roles the client may not use this grant, whatever its secret.',
      source: {
        label: 'Keycloak: service accounts',
        href: 'https://www.keycloak.org/docs/latest/server_admin/index.html#_service_accounts',
      },
    },
    {
      text: 'iss of its tokens is the address that it regards as its own. Called by another name, as from outside of Docker, it still writes that one.',
      source: { label: 'Keycloak: hostname', href: 'https://www.keycloak.org/server/hostname' },
    },
    {
      text: 'Up to 26.3, DPoP has to be switched on: --features=dpop.',
      source: { label: 'Keycloak: features', href: 'https://www.keycloak.org/server/features' },
    },
  ],
  source: {
    label: 'Keycloak: getting started with Docker',
    href: 'https://www.keycloak.org/getting-started/getting-started-docker',
  },
}

export const keycloak: ServerRecord = {
  guide,
  reach: {
    uncovered: {
      introspection:
        'Keycloak sends no CORS headers at introspection, whatever the client’s settings: ask through the relay, or from a terminal.',
    },
    metadataForAll:
      'Compare the realm with the console’s list: upper and lower case count. Versions up to 16, or with --http-relative-path=/auth, have /auth before /realms; others do not.',
    originsOfClient: 'Web origins',
    unseen:
      'Keycloak since 26.6.3 refuses a request from an origin that is not among the Web origins of the client, and issues nothing. Up to 26.5 it issues a token that nobody reads. A page cannot tell the versions apart.',
  },
  endpoints: {
    jwks_uri: '{base}/realms/{realm}/protocol/openid-connect/certs',
    introspection_endpoint: '{base}/realms/{realm}/protocol/openid-connect/token/introspect',
    revocation_endpoint: '{base}/realms/{realm}/protocol/openid-connect/revoke',
    registration_endpoint: '{base}/realms/{realm}/clients-registrations/openid-connect',
  },
}
