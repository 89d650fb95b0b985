// What scripts find at the trigger external-post-authentication. Generated from the runtime's own table.

type ActionFn = (ctx: Ctx, api: Api) => void | null;

interface Ctx {
  /** Access token of the identity provider, or ''. */
  accessToken: string;
  /** ID token of the identity provider, or ''. */
  idToken: string;
  /** Refresh token of the identity provider, or ''. */
  refreshToken: string;
  /** Claim of the ID token, or null. */
  getClaim(name: string): any;
  /** The ID token's claims as JSON text, '' without ID token. Use JSON.parse. */
  claimsJSON(): string;
  /** Version 1 of the context. */
  v1: {
    /** The user as the identity provider knows it, with changes of earlier actions. */
    externalUser: ExternalUser;
    /** What the identity provider told; null if authentication failed. */
    providerInfo: ProviderInfo | null;
    /** The running authorization request; null without one. */
    authRequest: AuthRequest | null;
    /** The request of the browser, form fields and passwords included. */
    httpRequest: HttpRequest;
    /** 'none', or the text of the error that made the authentication fail. */
    authError: string;
    /** The organization whose flow runs. */
    org: {
      /** Metadata of the organization. */
      getMetadata(): MetadataList;
    };
  };
}

/** A user as the identity provider knows it. */
interface ExternalUser {
  /** Id of the user at the identity provider. */
  externalId: string;
  /** Id of the identity provider configuration. */
  externalIdpId: string;
  /** Profile made from the identity provider's answer. */
  human: Human;
}

/** The profile of a person. */
interface Human {
  /** Given name. */
  firstName: string;
  /** Family name. */
  lastName: string;
  /** Nickname, may be empty. */
  nickName: string;
  /** Name to show. */
  displayName: string;
  /** Key of the stored avatar, may be empty. */
  avatarKey: string;
  /** BCP 47 language tag. */
  preferredLanguage: string;
  /** Gender as a number object. Values: 0 unspecified, 1 female, 2 male, 3 diverse. */
  gender: Number;
  /** E-mail address as a String object: compare with == or String(email). */
  email: String;
  /** Whether the e-mail address is verified. */
  isEmailVerified: boolean;
  /** Phone number as a String object, truthy even when empty. */
  phone: String;
  /** Whether the phone number is verified. */
  isPhoneVerified: boolean;
}

/** What the identity provider told about the user; depends on the provider. */
interface ProviderInfo {
  /** Id of the user at the provider. */
  subject?: string;
  /** Full name. */
  name?: string;
  /** Given name. */
  givenName?: string;
  /** Family name. */
  familyName?: string;
  /** Middle name. */
  middleName?: string;
  /** Nickname. */
  nickname?: string;
  /** Address of the profile page. */
  profile?: string;
  /** Address of the picture. */
  picture?: string;
  /** Address of the web site. */
  website?: string;
  /** Gender. */
  gender?: string;
  /** Date of birth. */
  birthdate?: string;
  /** Time zone. */
  zoneinfo?: string;
  /** Language. */
  locale?: any;
  /** When the profile was last changed. */
  updatedAt?: any | Time;
  /** Preferred user name. */
  preferredUsername?: string;
  /** E-mail address. */
  email?: string | String;
  /** Boolean object, always truthy: use isEmailVerified(). */
  emailVerified?: Boolean | boolean;
  /** Phone number. */
  phoneNumber?: string;
  /** Boolean object, always truthy: use isPhoneVerified(). */
  phoneNumberVerified?: Boolean;
  /** Address. */
  address?: any;
  /** All claims as the provider sent them. */
  claims?: { [name: string]: any };
  /** The user by claim names, for JSON.stringify. */
  toJSON?: (() => any);
  /** Id of the user at the provider. */
  getID?: (() => string);
  /** Given name. */
  getFirstName?: (() => string);
  /** Family name. */
  getLastName?: (() => string);
  /** Name to show. */
  getDisplayName?: (() => string);
  /** Nickname. */
  getNickname?: (() => string);
  /** Preferred user name. */
  getPreferredUsername?: (() => string);
  /** E-mail address. */
  getEmail?: (() => string);
  /** Whether the e-mail address is verified. */
  isEmailVerified?: (() => boolean);
  /** Phone number. */
  getPhone?: (() => string);
  /** Whether the phone number is verified. */
  isPhoneVerified?: (() => boolean);
  /** BCP 47 language tag. */
  getPreferredLanguage?: (() => string);
  /** Address of the avatar. */
  getAvatarURL?: (() => string);
  /** Address of the profile page. */
  getProfile?: (() => string);
  /** Issuer of the token. */
  issuer?: string;
  /** Audience of the token. */
  audience?: Array<string>;
  /** When the token expires. */
  expiration?: any;
  /** When the token was issued. */
  issuedAt?: any;
  /** From when the token is valid. */
  notBefore?: any;
  /** Nonce. */
  nonce?: string;
  /** The OpenID Connect user. */
  user?: Oidc;
  /** JSON of the user endpoint. */
  rawInfo?: { [name: string]: any };
  /** Login. */
  login?: string;
  /** Id. */
  iD?: number | string;
  /** Node id. */
  nodeId?: string;
  /** Avatar. */
  avatarUrl?: string;
  /** Gravatar id. */
  gravatarId?: string;
  /** API address. */
  url?: string;
  /** Profile page. */
  htmlUrl?: string;
  followersUrl?: string;
  followingUrl?: string;
  gistsUrl?: string;
  starredUrl?: string;
  subscriptionsUrl?: string;
  organizationsUrl?: string;
  reposUrl?: string;
  eventsUrl?: string;
  receivedEventsUrl?: string;
  /** Kind of account. */
  type?: string;
  /** Whether the user administrates the site. */
  siteAdmin?: boolean;
  /** Company. */
  company?: string;
  /** Blog. */
  blog?: string;
  /** Location. */
  location?: string;
  /** Whether open to offers. */
  hireable?: boolean;
  /** About the user. */
  bio?: string;
  /** Twitter name. */
  twitterUsername?: string;
  /** Public repositories. */
  publicRepos?: number;
  /** Public gists. */
  publicGists?: number;
  /** Followers. */
  followers?: number;
  /** Followed users. */
  following?: number;
  /** Time; not a Date. */
  createdAt?: Time;
  /** Private gists. */
  privateGists?: number;
  /** Private repositories. */
  totalPrivateRepos?: number;
  /** Owned private repositories. */
  ownedPrivateRepos?: number;
  /** Disk usage. */
  diskUsage?: number;
  /** Collaborators. */
  collaborators?: number;
  /** Whether a second factor is set up. */
  twoFactorAuthentication?: boolean;
  /** Plan of the account. */
  plan?: GitHubPlan;
  /** Phone numbers as String objects. */
  businessPhones?: Array<String>;
  /** Name to show. */
  displayName?: string;
  /** Given name. */
  firstName?: string;
  /** Job title. */
  jobTitle?: string;
  /** Mobile number as a String object. */
  mobilePhone?: String;
  /** Office. */
  officeLocation?: string;
  /** BCP 47 language tag. */
  preferredLanguage?: string;
  /** Family name. */
  lastName?: string;
  /** User principal name. */
  userPrincipalName?: string;
  /** Nickname. */
  nickName?: string;
  /** Phone number as a String object. */
  phone?: String;
  /** Whether the phone number is verified. */
  phoneVerified?: boolean;
  /** Address of the avatar. */
  avatarURL?: string;
  /** Values by attribute name; take [0] for the first. */
  attributes?: { [name: string]: Array<string> };
}

/** A moment in time; not a Date. new Date(JSON.parse(JSON.stringify(t))) makes one. */
interface Time {
  toString(): string;
  unix(): number;
  unixMilli(): number;
  format(layout: string): string;
  year(): number;
  before(other: Time): boolean;
  after(other: Time): boolean;
  equal(other: Time): boolean;
  isZero(): boolean;
}

/** OpenID Connect, GitLab, Apple. */
interface Oidc {
  /** Id of the user at the provider. */
  subject: string;
  /** Full name. */
  name: string;
  /** Given name. */
  givenName: string;
  /** Family name. */
  familyName: string;
  /** Middle name. */
  middleName: string;
  /** Nickname. */
  nickname: string;
  /** Address of the profile page. */
  profile: string;
  /** Address of the picture. */
  picture: string;
  /** Address of the web site. */
  website: string;
  /** Gender. */
  gender: string;
  /** Date of birth. */
  birthdate: string;
  /** Time zone. */
  zoneinfo: string;
  /** Language. */
  locale?: any;
  /** When the profile was last changed. */
  updatedAt?: any;
  /** Preferred user name. */
  preferredUsername: string;
  /** E-mail address. */
  email: string;
  /** Boolean object, always truthy: use isEmailVerified(). */
  emailVerified: Boolean;
  /** Phone number. */
  phoneNumber: string;
  /** Boolean object, always truthy: use isPhoneVerified(). */
  phoneNumberVerified: Boolean;
  /** Address. */
  address?: any;
  /** All claims as the provider sent them. */
  claims: { [name: string]: any };
  /** The user by claim names, for JSON.stringify. */
  toJSON(): any;
  /** Id of the user at the provider. */
  getID(): string;
  /** Given name. */
  getFirstName(): string;
  /** Family name. */
  getLastName(): string;
  /** Name to show. */
  getDisplayName(): string;
  /** Nickname. */
  getNickname(): string;
  /** Preferred user name. */
  getPreferredUsername(): string;
  /** E-mail address. */
  getEmail(): string;
  /** Whether the e-mail address is verified. */
  isEmailVerified(): boolean;
  /** Phone number. */
  getPhone(): string;
  /** Whether the phone number is verified. */
  isPhoneVerified(): boolean;
  /** BCP 47 language tag. */
  getPreferredLanguage(): string;
  /** Address of the avatar. */
  getAvatarURL(): string;
  /** Address of the profile page. */
  getProfile(): string;
}

/** Plan of the account. */
interface GitHubPlan {
  /** Name. */
  name: string;
  /** Space. */
  space: number;
  /** Private repositories. */
  privateRepos: number;
  /** Collaborators. */
  collaborators: number;
}

/** The running authorization request. */
interface AuthRequest {
  /** Id of the request. */
  id: string;
  /** Id of the user agent. */
  agentId: string;
  /** When the request began. */
  creationDate: Time;
  /** When the request was last changed. */
  changeDate: Time;
  /** The browser, null if unknown. */
  browserInfo: BrowserInfo | null;
  /** Client id of the application. */
  applicationId: string;
  /** Where the user is sent afterwards. */
  callbackUri: string;
  /** State of the application. */
  transferState: string;
  /** Requested prompts as number objects. */
  prompt: Array<Number>;
  /** Requested languages. */
  uiLocales: Array<string>;
  /** Login hint. */
  loginHint: string;
  /** Longest age of the authentication in nanoseconds, or null. */
  maxAuthAge: Number | null;
  /** Id of the instance. */
  instanceId: string;
  /** What the application asked for. */
  request: Request;
  /** Id of the selected user, may be empty. */
  userId: string;
  /** Name of the selected user. */
  userName: string;
  /** Login name of the selected user. */
  loginName: string;
  /** Display name of the selected user. */
  displayName: string;
  /** Id of the user's organization. */
  resourceOwner: string;
  /** Id of the requested organization. */
  requestedOrgId: string;
  /** Name of the requested organization. */
  requestedOrgName: string;
  /** Primary domain of the requested organization. */
  requestedPrimaryDomain: string;
  /** Whether the organization was requested by domain. */
  requestedOrgDomain: boolean;
  /** Id of the organization that owns the application. */
  applicationResourceOwner: string;
  /** Whose look is shown, as a number object. Values: 0 unspecified, 1 policy of the project's owner, 2 policy of the user's organization. */
  privateLabelingSetting: Number;
  /** Id of the selected identity provider. */
  selectedIdpConfigId: string;
  /** External users to link. */
  linkingUsers: Array<ExternalUser>;
  /** Whether the password was verified. */
  passwordVerified: boolean;
  /** Verified second factors as number objects. */
  mfasVerified: Array<Number>;
  /** Audience of the tokens. */
  audience: Array<string>;
  /** When the user authenticated; year 1 if not yet. */
  authTime: Time;
}

/** The browser that signs in. */
interface BrowserInfo {
  /** User agent. */
  userAgent: string;
  /** Accept-Language header. */
  acceptLanguage: string;
  /** Address as bytes; use String(remoteIp) for the text. */
  remoteIp: Address;
}

/** A network address as bytes; String(address) gives its text. */
interface Address extends Array<number> {}

/** What the application asked for. */
interface Request {
  /** OpenID Connect part. */
  oidc: OIDCRequest;
}

/** OpenID Connect part. */
interface OIDCRequest {
  /** Requested scopes; empty for SAML. */
  scopes: Array<string>;
}

/** The request of the browser. Form fields include passwords. */
interface HttpRequest {
  /** Method. */
  method: string;
  /** Path and query. */
  url: string;
  /** Protocol. */
  proto: string;
  /** Length of the body. */
  contentLength: number;
  /** Host. */
  host: string;
  /** Fields of query and body; may hold the password. */
  form: { [name: string]: Array<string> };
  /** Fields of the body; may hold the password. */
  postForm: { [name: string]: Array<string> };
  /** Address and port of the client. */
  remoteAddr: string;
  /** Headers by canonical name. */
  headers: { [name: string]: Array<string> };
}

/** A list of metadata entries. */
interface MetadataList {
  /** Number of entries. */
  count: number;
  /** Sequence of the last change. */
  sequence: number;
  /** State of the list. */
  timestamp: Time;
  /** The entries. */
  metadata: Array<Metadata>;
}

/** A metadata entry. */
interface Metadata {
  /** When the entry was created. */
  creationDate: Time;
  /** When the entry was last changed. */
  changeDate: Time;
  /** Id of the organization. */
  resourceOwner: string;
  /** Sequence of the last change. */
  sequence: number;
  /** Key of the entry. */
  key: string;
  /** The stored bytes as JSON if they are valid JSON, otherwise as text. */
  value: any;
}

interface Api {
  /** Sets the given name. Effect: Changes the user; the next action sees the change. */
  setFirstName(text: string): void;
  /** Sets the family name. Effect: Changes the user; the next action sees the change. */
  setLastName(text: string): void;
  /** Sets the nickname. Effect: Changes the user; the next action sees the change. */
  setNickName(text: string): void;
  /** Sets the display name. Effect: Changes the user; the next action sees the change. */
  setDisplayName(text: string): void;
  /** Sets the language; a tag that cannot be read becomes und. Effect: Changes the user; the next action sees the change. */
  setPreferredLanguage(tag: string): void;
  /** Sets the e-mail address. Effect: Changes the user; the next action sees the change. */
  setEmail(text: string): void;
  /** Marks the e-mail address as verified or not. Effect: Changes the user; the next action sees the change. */
  setEmailVerified(verified: boolean): void;
  /** Sets the phone number. Effect: Changes the user; the next action sees the change. */
  setPhone(text: string): void;
  /** Marks the phone number as verified or not. Effect: Changes the user; the next action sees the change. */
  setPhoneVerified(verified: boolean): void;
  /** Sets the preferred user name. Effect: Changes the user; the next action sees the change. */
  setPreferredUsername(text: string): void;
  /** Metadata to store; push({key, value}). Prefer v1.user.appendMetadata. @deprecated */
  metadata: Array<Metadata>;
  /** Version 1 of the interface. */
  v1: {
    /** The user's metadata. */
    user: {
      /** Adds an entry whose value is stored as JSON text. Effect: Adds a metadata entry for the user. */
      appendMetadata(key: string, value: any): void;
      /** Adds an entry whose bytes are stored as they are: text, Uint8Array or array of 0 to 255. Effect: Adds a metadata entry for the user. */
      appendMetadataRaw(key: string, value: any): void;
    };
  };
}

declare module "zitadel/http" {
  /** Sends a request and waits for the answer. The body is encoded as JSON. */
  export function fetch(url: string, options?: {
    method?: string;
    headers?: { [name: string]: string | string[] };
    body?: any;
  }): {
    status: number;
    body: string;
    headers: { [name: string]: string[] };
    json(): any;
    text(): string;
  };
}

declare module "zitadel/log" {
  export function log(...values: any[]): void;
  export function info(...values: any[]): void;
  export function debug(...values: any[]): void;
  export function warn(...values: any[]): void;
  export function error(...values: any[]): void;
}

declare module "zitadel/uuid" {
  export const namespaceDNS: string;
  export const namespaceURL: string;
  export const namespaceOID: string;
  export const namespaceX500: string;
  export function v1(): string;
  export function v3(namespace: string, data: string | Uint8Array): string;
  export function v4(): string;
  export function v5(namespace: string, data: string | Uint8Array): string;
}
