// What scripts find at the trigger pre-saml-response. Generated from the runtime's own table.

type ActionFn = (ctx: Ctx, api: Api) => void | null;

interface Ctx {
  /** Version 1 of the context. */
  v1: {
    /** The user the response is for. */
    getUser(): User;
    /** Metadata and grants of the user. */
    user: {
      /** Metadata of the user, read on each call. */
      getMetadata(): MetadataList;
      /** Grants of the application's project; count 0 when there are none. */
      grants: UserGrantList;
    };
    /** The user's organization. */
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

/** The active grants of the user. */
interface UserGrantList {
  /** Number of grants. */
  count: number;
  /** Sequence of the last change; 0 in the token triggers. */
  sequence: number;
  /** State of the list. */
  timestamp: Time;
  /** The grants. */
  grants: Array<UserGrant>;
}

/** A grant of roles of a project to the user. */
interface UserGrant {
  /** Id of the grant. */
  id: string;
  /** Id of the project grant, empty if the project is granted directly. */
  projectGrantId: string;
  /** State as a number object. Values: 0 unspecified, 1 active, 2 inactive, 3 removed. */
  state: Number;
  /** Id of the granting organization. */
  userGrantResourceOwner: string;
  /** Name of the granting organization. */
  userGrantResourceOwnerName: string;
  /** When the grant was created. */
  creationDate: Time;
  /** When the grant was last changed. */
  changeDate: Time;
  /** Sequence of the last change. */
  sequence: number;
  /** Id of the user. */
  userId: string;
  /** Id of the user's organization. */
  userResourceOwner: string;
  /** Keys of the granted roles. */
  roles: Array<string>;
  /** Id of the project. */
  projectId: string;
  /** Name of the project. */
  projectName: string;
  /** Metadata of the granting organization. */
  getOrgMetadata(): MetadataList;
}

interface Api {
  /** Version 1 of the interface. */
  v1: {
    /** Custom attributes. */
    attributes: {
      /** Adds an attribute to the response; values become text. Effect: Adds the attribute unless one of that name was set before. */
      setCustomAttribute(name: string, nameFormat: string, ...values: Array<any>): void;
    };
    /** The user's metadata. */
    user: {
      /** Stores a metadata entry of the user as JSON text. Effect: Writes the user's metadata at once, also when the action fails later. */
      setMetadata(key: string, value: any): void;
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
