// What scripts find at the trigger internal-post-creation. Generated from the runtime's own table.

type ActionFn = (ctx: Ctx, api: Api) => void | null;

interface Ctx {
  /** Version 1 of the context. */
  v1: {
    /** The user just created. */
    getUser(): User;
    /** The running authorization request; null without one. */
    authRequest: AuthRequest | null;
    /** The request of the browser, form fields and passwords included. */
    httpRequest: HttpRequest;
    /** The organization whose flow runs. */
    org: {
      /** Metadata of the organization. */
      getMetadata(): MetadataList;
    };
  };
}

/** A user; exactly one of human and machine is there. */
interface User {
  /** Id of the user. */
  id: string;
  /** When the user was created. */
  creationDate: Time;
  /** When the user was last changed. */
  changeDate: Time;
  /** Id of the user's organization. */
  resourceOwner: string;
  /** Sequence of the last change. */
  sequence: number;
  /** State as a number object. Values: 0 unspecified, 1 active, 2 inactive, 3 deleted, 4 locked, 5 suspended, 6 initial. */
  state: Number;
  /** User name. */
  username: string;
  /** Login names; empty in the token triggers. */
  loginNames: Array<string>;
  /** Preferred login name. */
  preferredLoginName: string;
  /** Profile of a person; undefined for service users. */
  human?: Human;
  /** Profile of a service user; undefined for people. */
  machine?: Machine;
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

/** The profile of a service user. */
interface Machine {
  /** Name of the service user. */
  name: string;
  /** Description, may be empty. */
  description: string;
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

/** A user as the identity provider knows it. */
interface ExternalUser {
  /** Id of the user at the identity provider. */
  externalId: string;
  /** Id of the identity provider configuration. */
  externalIdpId: string;
  /** Profile made from the identity provider's answer. */
  human: Human;
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
  /** Grants to create; push({projectID, roles}). Prefer v1.appendUserGrant. @deprecated */
  userGrants: Array<RequestedGrant>;
  /** Version 1 of the interface. */
  v1: {
    /** Grants roles of a project to the new user. Effect: Adds a grant to create after all actions ran. */
    appendUserGrant(grant: UserGrantInput): void;
  };
}

/** A grant to create. */
interface RequestedGrant {
  /** Id of the project. */
  projectID: string;
  /** Id of the project grant. */
  projectGrantID: string;
  /** Keys of the roles to grant. */
  roles: Array<string>;
}

/** A grant to create. */
interface UserGrantInput {
  /** Id of the project; projectID is accepted as well. */
  projectId: string;
  /** Id of the project grant; projectGrantID is accepted as well. */
  projectGrantId?: string;
  /** Keys of the roles to grant. */
  roles?: Array<string>;
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
