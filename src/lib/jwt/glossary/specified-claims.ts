import { rfc } from '../../spec.ts'
import { ianaClaims, openIdConnect } from '../../standards.ts'
import { type Meanings, specified, vendorRows } from './meaning.ts'

const confirmation: Meanings = {
  jkt: specified(
    'Key thumbprint',
    'The SHA-256 thumbprint of the DPoP key: the token is good only with a proof signed by that key.',
    rfc(9449, '6.1'),
  ),
  'x5t#S256': specified(
    'Certificate thumbprint',
    'The SHA-256 hash of the client certificate: the token is good only over a connection made with it.',
    rfc(8705, '3.1'),
  ),
  'kc-jkt-type': vendorRows('Keycloak')('Kind of binding', 'How the thumbprint came: DPoP, by a proof.'),
  jwk: specified('Public key', 'The key the presenter must prove to hold.', rfc(7800, '3.2')),
  jwe: specified('Encrypted key', 'The key the presenter must prove to hold, encrypted.', rfc(7800, '3.3')),
  kid: specified('Key ID', 'Names the key the presenter must prove to hold.', rfc(7800, '3.4')),
  jku: specified('JWK Set URL', 'Where the key the presenter must prove to hold is found.', rfc(7800, '3.5')),
}

const authorizationDetail: Meanings = {
  type: specified(
    'Type',
    'Says which kind of authorization this is, and so which fields it has.',
    rfc(9396, '2.1'),
  ),
  locations: specified('Locations', 'The resources this authorization is for.', rfc(9396, '2.2')),
  actions: specified('Actions', 'What may be done there.', rfc(9396, '2.2')),
  datatypes: specified('Data types', 'The kinds of data that may be asked for.', rfc(9396, '2.2')),
  identifier: specified('Identifier', 'The one resource this authorization is for.', rfc(9396, '2.2')),
  privileges: specified('Privileges', 'The level of privilege at the resource.', rfc(9396, '2.2')),
}

const actor: Meanings = {
  sub: specified('Actor', 'Who acts.', rfc(8693, '4.1')),
  iss: specified('Issuer of the actor', 'The server that knows the actor by this name.', rfc(8693, '4.1')),
  act: specified('Earlier actor', 'Who acted before, in a chain of delegation.', rfc(8693, '4.1')),
}

/** Claims that a specification defines, by name. */
export const specifiedClaims: Meanings = {
  iss: specified('Issuer', 'The authorization server that issued the token.', rfc(7519, '4.1.1')),
  sub: specified(
    'Subject',
    'Who the token is about: with this grant the client itself, as no user is involved.',
    rfc(7519, '4.1.2'),
  ),
  aud: specified(
    'Audience',
    'The API or APIs this token is for. Any other must reject it.',
    rfc(7519, '4.1.3'),
  ),
  exp: specified('Expiration time', 'Expiry. APIs must reject the token from then on.', rfc(7519, '4.1.4')),
  nbf: specified('Not before', 'Before this moment the token must not be accepted.', rfc(7519, '4.1.5')),
  iat: specified('Issued at', 'When the token was issued.', rfc(7519, '4.1.6')),
  jti: specified('Token ID', 'An identifier no other token of this issuer has.', rfc(7519, '4.1.7')),
  client_id: specified('Client ID', 'The client that asked for the token.', rfc(8693, '4.3')),
  scope: specified(
    'Scope',
    'What the token allows: one string, values separated by spaces. Some servers, such as SimpleIdServer and HelseID, send an array instead.',
    rfc(8693, '4.2'),
  ),
  act: specified('Actor', 'Who acts on behalf of the subject.', rfc(8693, '4.1'), actor),
  may_act: specified('Authorized actor', 'Who may act on behalf of the subject.', rfc(8693, '4.4'), actor),
  cnf: specified(
    'Confirmation',
    'Binds the token to a key its presenter must hold.',
    rfc(7800, '3.1'),
    confirmation,
  ),
  authorization_details: specified(
    'Authorization details',
    'What the token allows, finer than scope can say.',
    rfc(9396, '9.1'),
    authorizationDetail,
  ),
  roles: specified(
    'Roles',
    'The roles of the subject, or of the client if no user takes part.',
    rfc(9068, '2.2.3.1'),
  ),
  groups: specified('Groups', 'The groups the subject belongs to.', rfc(9068, '2.2.3.1')),
  entitlements: specified('Entitlements', 'The single resources the subject may use.', rfc(9068, '2.2.3.1')),
  auth_time: specified('Authentication time', 'When the user last authenticated.', rfc(9068, '2.2.1')),
  acr: specified('Authentication context class', 'How strong the authentication was.', rfc(9068, '2.2.1')),
  amr: specified('Authentication methods', 'How the user authenticated.', rfc(9068, '2.2.1')),
  azp: specified('Authorized party', 'The client the token was issued to.', openIdConnect('IDToken')),
  nonce: specified(
    'Nonce',
    'In an ID token, the value of the authentication request; in a DPoP proof, the value the server asked for.',
    openIdConnect('IDToken'),
  ),
  at_hash: specified('Access token hash', 'Ties an ID token to its access token.', openIdConnect('IDToken')),
  sid: specified('Session ID', 'The session of the user at the server.', ianaClaims),
  name: specified('Name', 'The full name of the user.', openIdConnect('StandardClaims')),
  email: specified('Email', 'The email address of the user.', openIdConnect('StandardClaims')),
  email_verified: specified(
    'Email verified',
    'Whether the server checked the address.',
    openIdConnect('StandardClaims'),
  ),
  preferred_username: specified(
    'Preferred user name',
    'A short name for display, which may change. Keycloak puts that of the service account here.',
    openIdConnect('StandardClaims'),
  ),
  htm: specified('HTTP method', 'In a DPoP proof, the method of the request it is for.', rfc(9449, '4.2')),
  htu: specified('HTTP URI', 'In a DPoP proof, the target without query and fragment.', rfc(9449, '4.2')),
  ath: specified(
    'Access token hash',
    'In a DPoP proof, the SHA-256 hash of the token it is for.',
    rfc(9449, '4.2'),
  ),
  active: specified(
    'Active',
    'In an introspection response, whether the token is good now.',
    rfc(7662, '2.2'),
  ),
  username: specified(
    'User name',
    'In an introspection response, the user for people to read.',
    rfc(7662, '2.2'),
  ),
  token_type: specified('Token type', 'In an introspection response, Bearer or DPoP.', rfc(7662, '2.2')),
  token_introspection: specified(
    'Introspection',
    'The introspection response, inside a signed one.',
    rfc(9701, '5'),
  ),
  events: specified('Events', 'The events a security event token reports.', rfc(8417, '2.2')),
  txn: specified('Transaction', 'Joins the tokens of one transaction.', rfc(8417, '2.2')),
}
