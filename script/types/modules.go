package types

import "flowbench/script/vm"

// builtinDeclarations are the values that Go brings along.
var builtinDeclarations = map[vm.Kind]string{
	vm.KindTime: `/** A moment in time; not a Date. new Date(JSON.parse(JSON.stringify(t))) makes one. */
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

`,
	vm.KindAddress: `/** A network address as bytes; String(address) gives its text. */
interface Address extends Array<number> {}

`,
}

// moduleDeclarations describe what require answers.
const moduleDeclarations = `declare module "zitadel/http" {
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
`
