package script

import "flowbench/models"

// attack is one member of the containment suite. Body is what the function
// does unless Source is the whole script.
type attack struct {
	family, name string
	body         string
	source       string
	lazy         func() string // makes the source: workers are this binary too and should start quickly
	want         []models.OutcomeKind
}

// What an attack may end in.
var (
	timeout   = []models.OutcomeKind{models.OutcomeTimeout}
	memory    = []models.OutcomeKind{models.OutcomeMemory}
	recursion = []models.OutcomeKind{models.OutcomeRecursion}
	thrown    = []models.OutcomeKind{models.OutcomeException}
	refused   = []models.OutcomeKind{models.OutcomeHost, models.OutcomeException, models.OutcomeResult}
	fine      = []models.OutcomeKind{models.OutcomeOK}
	// A machine may be too slow to fill the memory before the limit.
	greedy = []models.OutcomeKind{models.OutcomeMemory, models.OutcomeTimeout}
	// A language engine may refuse at once, or work until it is stopped.
	heavy = []models.OutcomeKind{models.OutcomeTimeout, models.OutcomeMemory, models.OutcomeException, models.OutcomeOK}
	deep  = []models.OutcomeKind{models.OutcomeRecursion, models.OutcomeMemory, models.OutcomeTimeout, models.OutcomeException}
	// Depth that an engine may also cope with.
	deepOrFine = append([]models.OutcomeKind{models.OutcomeOK, models.OutcomeCompile, models.OutcomeResult, models.OutcomeHost}, deep...)
	atCompile  = []models.OutcomeKind{models.OutcomeTimeout, models.OutcomeMemory, models.OutcomeCompile, models.OutcomeOK}
)

// attacks are the families of the suite; each member is run with the limit of
// the suite and followed by an ordinary run.
var attacks = concat(loops, natives, expressions, hoarders, depths, compilers, hosts, grudges, innocents)

func concat(lists ...[]attack) (all []attack) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

var loops = []attack{
	{family: "loop", name: "plain", body: `while (true) {}`, want: timeout},
	{family: "loop", name: "inside try", body: `for (;;) { try { for (;;) {} } catch (e) {} }`, want: timeout},
	{family: "loop", name: "finally that loops", body: `try { for (;;) {} } finally { for (;;) {} }`, want: timeout},
	{family: "loop", name: "finally that continues", body: `for (;;) { try { throw 1 } finally { continue } }`, want: timeout},
	{family: "loop", name: "getter", body: `({ get x() { for (;;) {} } }).x`, want: timeout},
	{family: "loop", name: "proxy trap", body: `new Proxy({}, { get() { for (;;) {} } }).x`, want: timeout},
	{family: "loop", name: "sort comparator", body: `[3, 2, 1].sort(() => { for (;;) {} })`, want: timeout},
	{family: "loop", name: "toString called by the host", body: `api.v1.claims.setClaim({ toString() { for (;;) {} } }, 1)`, want: timeout},
	{family: "loop", name: "promise job that queues itself", body: `(function again() { Promise.resolve().then(again) })()`, want: timeout},
	{family: "loop", name: "awaiting for ever", body: `(async () => { for (;;) await null })()`, want: timeout},
	{family: "loop", name: "thenable made of natives", body: `const t = {}; t.then = Array.prototype.forEach.bind([t]); Promise.resolve(t)`, want: timeout},
	{family: "loop", name: "generator", body: `for (const x of (function* () { for (;;) yield 1 })()) {}`, want: timeout},
	{family: "loop", name: "eval", body: `eval('for (;;) {}')`, want: timeout},
	{family: "loop", name: "new Function", body: `new Function('for (;;) {}')()`, want: timeout},
	{family: "loop", name: "while loading", source: `for (;;) {} function f() {}`, want: timeout},
	{family: "loop", name: "toPrimitive", body: `+{ [Symbol.toPrimitive]() { for (;;) {} } }`, want: timeout},
	{family: "loop", name: "toJSON", body: `JSON.stringify({ toJSON() { for (;;) {} } })`, want: timeout},
	{family: "loop", name: "reviver", body: `JSON.parse('[1]', () => { for (;;) {} })`, want: timeout},
	{family: "loop", name: "replace callback", body: `'x'.replace(/x/, () => { for (;;) {} })`, want: timeout},
	{family: "loop", name: "static block", body: `class A { static { for (;;) {} } }`, want: timeout},
	{family: "loop", name: "toString of what is thrown", body: `throw { toString() { for (;;) {} } }`, want: timeout},
	{family: "loop", name: "toString of what is returned", body: `return { toString() { for (;;) {} } }`, want: timeout},
	{family: "loop", name: "message of an error", body: `throw Object.defineProperty(new Error('x'), 'message', { get() { for (;;) {} } })`, want: append(timeout, models.OutcomeException)},
	{family: "loop", name: "getter in a claim", body: `api.v1.claims.setClaim('x', { get y() { for (;;) {} } })`, want: timeout},
	{family: "loop", name: "iterator of roles", body: `const [a] = { [Symbol.iterator]() { return { next() { for (;;) {} } } } }`, want: timeout},
}

var natives = []attack{
	{family: "native", name: "indexOf", body: `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`, want: timeout},
	{family: "native", name: "includes", body: `Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1)`, want: timeout},
	{family: "native", name: "lastIndexOf", body: `Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)`, want: timeout},
	{family: "native", name: "reverse", body: `Array.prototype.reverse.call({ length: 2 ** 53 - 1 })`, want: timeout},
	{family: "native", name: "fill", body: `Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 1)`, want: greedy},
	{family: "native", name: "String.raw", body: `String.raw({ raw: { length: 2 ** 53 - 1 } })`, want: greedy},
	{family: "native", name: "join", body: `Array.prototype.join.call({ length: 2 ** 53 - 1 }, '')`, want: greedy},
	{family: "native", name: "join of a sparse array", body: `const a = []; a.length = 2 ** 32 - 1; a.join('')`, want: heavy},
	{family: "native", name: "copyWithin", body: `Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 0, 1)`, want: timeout},
	{family: "native", name: "splice", body: `Array.prototype.splice.call({ length: 2 ** 53 - 2 }, 0, 1)`, want: heavy},
	{family: "native", name: "unshift", body: `Array.prototype.unshift.call({ length: 2 ** 53 - 2 }, 0)`, want: heavy},
	{family: "native", name: "sort of a sparse array", body: `const a = []; a[4294967294] = 1; a[0] = 2; a.sort()`, want: heavy},
	{family: "native", name: "power of a big integer", body: `let x = 7n; for (let i = 0; i < 40; i++) x = x ** 3n`, want: heavy},
	{family: "native", name: "shift of a big integer", body: `let n = 40000000000n; 1n << n`, want: heavy},
	{family: "native", name: "text of a big integer", body: `let n = 6000000n; (3n ** n).toString()`, want: heavy},
	{family: "native", name: "replace in 50 MB", body: `'x'.repeat(5e7).replace(/x/g, 'yy')`, want: heavy},
	{family: "native", name: "split and join of 50 MB", body: `'x,'.repeat(25e6).split(',').join(';')`, want: heavy},
	{family: "native", name: "quadratic indexOf", body: `('\u1234'.repeat(2e6)).indexOf('\u1234'.repeat(1e6) + 'b')`, want: heavy},
	{family: "native", name: "encodeURIComponent of 50 MB", body: `for (;;) encodeURIComponent('\u1234'.repeat(5e6))`, want: greedy},
	{family: "native", name: "normalize of 20 MB", body: `for (;;) '\u1e9b\u0323'.repeat(1e6).normalize('NFKD')`, want: greedy},
}

var expressions = []attack{
	{family: "regex", name: "nested quantifier", body: `/^(a+)+$/.test('a'.repeat(5000) + 'b')`, want: fine},
	{family: "regex", name: "back-reference", body: `/^(a+)+\1b$/.test('a'.repeat(60) + 'c')`, want: timeout},
	{family: "regex", name: "lookahead", body: `/^(?=(a+)+$)a/.test('a'.repeat(60) + 'c')`, want: timeout},
	{family: "regex", name: "look-behind", body: `/(?<=^(a+)+)b/.test('a'.repeat(60) + 'cb')`, want: heavy},
	{family: "regex", name: "a million groups", body: `new RegExp('('.repeat(1e6) + ')'.repeat(1e6))`, want: deepOrFine},
	{family: "regex", name: "a new one each time", body: `for (let i = 0; ; i++) new RegExp('a{1,500}' + i)`, want: greedy},
	{family: "regex", name: "counted repetition", body: `new RegExp('((a{1,1000}){1,1000}){1,1000}').test('a')`, want: heavy},
}

var hoarders = []attack{
	{family: "memory", name: "repeat 256 MB", body: `'x'.repeat(2 ** 28) + 'y'`, want: heavy},
	{family: "memory", name: "repeat 1 GB", body: `'x'.repeat(2 ** 30)`, want: memory},
	{family: "memory", name: "repeat 1 TB", body: `'x'.repeat(2 ** 40)`, want: append(thrown, memory...)},
	{family: "memory", name: "doubling", body: `let s = 'x'; for (;;) s += s`, want: append(thrown, greedy...)},
	{family: "memory", name: "doubling of two-byte text", body: `let s = '\u1234'; for (;;) s += s`, want: append(thrown, greedy...)},
	{family: "memory", name: "arrays", body: `const a = []; for (;;) a.push([1, 2, 3])`, want: greedy},
	{family: "memory", name: "maps", body: `const m = new Map(); for (let i = 0; ; i++) m.set(i, {})`, want: greedy},
	{family: "memory", name: "objects", body: `const o = {}; for (let i = 0; ; i++) o['k' + i] = { i }`, want: greedy},
	{family: "memory", name: "strings of 1 MB", body: `const a = []; for (let i = 0; ; i++) a.push(i + 'x'.repeat(1e6))`, want: greedy},
	{family: "memory", name: "fill", body: `new Array(1e8).fill(1.5)`, want: heavy},
	{family: "memory", name: "from", body: `Array.from({ length: 1e9 }, (x, i) => i)`, want: append(thrown, greedy...)},
	{family: "memory", name: "spread", body: `[...Array(1e8).keys()]`, want: greedy},
	{family: "memory", name: "endless iterator", body: `Array.from({ [Symbol.iterator]() { return { next() { return { done: false, value: 1 } } } } })`, want: greedy},
	{family: "memory", name: "buffer of 8 GB", body: `new ArrayBuffer(8 * 2 ** 30)`, want: append(thrown, memory...)},
	{family: "memory", name: "buffers of 1 MB", body: `const a = []; for (;;) a.push(new Uint8Array(1 << 20))`, want: greedy},
	{family: "memory", name: "padEnd", body: `'x'.padEnd(2 ** 30, 'ab')`, want: append(thrown, memory...)},
	{family: "memory", name: "deep JSON with indent", body: `let o = {}; for (let i = 0; i < 20000; i++) o = { o }; JSON.stringify(o, null, 10)`, want: deepOrFine},
	{family: "memory", name: "big claim", body: `api.v1.claims.setClaim('x', 'y'.repeat(5e7))`, want: append(refused, greedy...)},
	{family: "memory", name: "claims for ever", body: `for (let i = 0; ; i++) api.v1.claims.setClaim('k' + i, 'v'.repeat(1000))`, want: append(refused, greedy...)},
	{family: "memory", name: "errors with stacks", body: `const a = []; for (;;) { try { null.x } catch (e) { a.push(e, e.stack) } }`, want: greedy},
	{family: "memory", name: "big error", body: `throw new Error('x'.repeat(5e7))`, want: append(thrown, greedy...)},
	{family: "memory", name: "big result", body: `return 'x'.repeat(5e7)`, want: append(refused, greedy...)},
	{family: "memory", name: "promises", body: `const a = []; for (;;) a.push(new Promise(() => {}))`, want: greedy},
	{family: "memory", name: "closures", body: `const a = []; for (let i = 0; ; i++) a.push(() => i)`, want: greedy},
	{family: "memory", name: "symbols", body: `const o = {}; for (;;) o[Symbol()] = 1`, want: greedy},
	{family: "memory", name: "many arguments", body: `Math.max.apply(null, new Array(5e7))`, want: append(deep, models.OutcomeOK)},
	{family: "memory", name: "spread call", body: `Math.max(...new Array(5e7))`, want: append(deep, models.OutcomeOK)},
	{family: "memory", name: "rejections nobody handles", body: `for (;;) Promise.reject(new Error('x'))`, want: greedy},
}

var depths = []attack{
	{family: "recursion", name: "plain", body: `(function r() { r() })()`, want: recursion},
	{family: "recursion", name: "with catch", body: `(function r() { try { r() } catch (e) { r() } })()`, want: []models.OutcomeKind{models.OutcomeRecursion, models.OutcomeTimeout}},
	{family: "recursion", name: "forEach", body: `(function r() { [1].forEach(r) })()`, want: recursion},
	{family: "recursion", name: "apply", body: `(function r() { r.apply(null, []) })()`, want: recursion},
	{family: "recursion", name: "getter", body: `const o = { get x() { return this.x } }; o.x`, want: recursion},
	{family: "recursion", name: "toString", body: `const o = { toString() { return '' + this } }; '' + o`, want: recursion},
	{family: "recursion", name: "toPrimitive", body: `const o = { [Symbol.toPrimitive]() { return +o } }; +o`, want: recursion},
	{family: "recursion", name: "proxy", body: `const p = new Proxy({}, { get(t, k) { return p[k] } }); p.x`, want: recursion},
	{family: "recursion", name: "3 million proxies", body: `let p = {}; for (let i = 0; i < 3e6; i++) p = new Proxy(p, {}); p.x`, want: deepOrFine},
	{family: "recursion", name: "3 million prototypes", body: `let o = {}; for (let i = 0; i < 3e6; i++) o = Object.create(o); o.x`, want: deepOrFine},
	{family: "recursion", name: "3 million bound functions", body: `let f = () => 1; for (let i = 0; i < 3e6; i++) f = f.bind(null); f()`, want: deepOrFine},
	{family: "recursion", name: "200,000 proxies", body: `let p = {}; for (let i = 0; i < 2e5; i++) p = new Proxy(p, {}); p.x`, want: deepOrFine},
	{family: "recursion", name: "JSON.parse", body: `JSON.parse('['.repeat(3e6) + ']'.repeat(3e6))`, want: deepOrFine},
	{family: "recursion", name: "JSON.stringify", body: `let o = []; for (let i = 0; i < 3e5; i++) o = [o]; JSON.stringify(o)`, want: deepOrFine},
	{family: "recursion", name: "flat", body: `let o = []; for (let i = 0; i < 3e5; i++) o = [o]; o.flat(Infinity)`, want: deepOrFine},
	{family: "recursion", name: "String", body: `let o = []; for (let i = 0; i < 3e5; i++) o = [o]; String(o)`, want: deepOrFine},
	{family: "recursion", name: "claim value", body: `let o = []; for (let i = 0; i < 3e5; i++) o = [o]; api.v1.claims.setClaim('x', o)`, want: deepOrFine},
	{family: "recursion", name: "eval", body: `eval('('.repeat(1e6) + '1' + ')'.repeat(1e6))`, want: deepOrFine},
	{family: "recursion", name: "Function", body: `new Function('return ' + '-'.repeat(2e6).split('').join(' ') + '1')`, want: deepOrFine},
	{family: "recursion", name: "eval of nested blocks", body: `eval('{'.repeat(1e6) + '}'.repeat(1e6))`, want: deepOrFine},
	{family: "recursion", name: "cyclic claim", body: `const o = {}; o.o = o; api.v1.claims.setClaim('x', o)`, want: append(refused, models.OutcomeRecursion)},
	{family: "recursion", name: "generators", body: `function* g() { yield* g() } g().next()`, want: deepOrFine},
	{family: "recursion", name: "class constructor", body: `class A { constructor() { new A() } } new A()`, want: recursion},
	{family: "recursion", name: "Reflect.construct", body: `(function r() { Reflect.construct(r, []) })()`, want: recursion},
}

var compilers = []attack{
	{family: "compile", name: "constant power", source: `function g() { return 9n ** 99999999n } function f() {}`, want: atCompile},
	{family: "compile", name: "constant shift", source: `function g() { return 1n << 99999999999n } function f() {}`, want: atCompile},
	{family: "compile", name: "38 characters", source: `function f() { 7n ** 7n ** 7n ** 7n }`, want: atCompile},
	{family: "compile", name: "nested arrow parameters", lazy: func() string { return "function f() {} " + nested(22, "(a=", ")=>1") }, want: append(atCompile, recursion...)},
	{family: "compile", name: "a million brackets", lazy: func() string { return "function f() {} " + nested(1_000_000, "[", "]") }, want: append(deepOrFine, models.OutcomeCompile)},
	{family: "compile", name: "no script at all", source: "\x00\xff)(", want: []models.OutcomeKind{models.OutcomeCompile}},
}

func nested(n int, open, end string) string {
	b := make([]byte, 0, n*(len(open)+len(end))+1)
	for range n {
		b = append(b, open...)
	}
	b = append(b, '1')
	for range n {
		b = append(b, end...)
	}
	return string(b)
}

var hosts = []attack{
	{family: "host", name: "no arguments", body: `api.v1.user.setMetadata()`, want: refused},
	{family: "host", name: "arguments that are not", body: `api.v1.user.setMetadata(Symbol(), Symbol())`, want: refused},
	{family: "host", name: "refused request", body: `require('zitadel/http').fetch('http://127.0.0.1:1/')`, want: refused},
	{family: "host", name: "request of a file", body: `require('zitadel/http').fetch('file:///etc/passwd')`, want: refused},
	{family: "host", name: "request with a huge body", body: `require('zitadel/http').fetch('http://x.example/', { method: 'POST', body: 'x'.repeat(4e7) })`, want: append(refused, greedy...)},
	{family: "host", name: "requests for ever", body: `for (;;) { try { require('zitadel/http').fetch('http://x.example/') } catch (e) {} }`, want: timeout},
	{family: "host", name: "file as module", body: `require('/etc/passwd')`, want: append(refused, thrown...)},
	{family: "host", name: "log for ever", body: `const l = require('zitadel/log'); for (;;) l.log('x'.repeat(1000))`, want: timeout},
	{family: "host", name: "method on a foreign object", body: `Object.getOwnPropertyDescriptor(api.v1.claims, 'setClaim').value.call(null, Symbol('x'), () => 1)`, want: refused},
	{family: "host", name: "proxy as options", body: `require('zitadel/http').fetch('http://x.example/', new Proxy({}, { ownKeys() { throw 1 } }))`, want: append(refused, thrown...)},
}

// grudges try to leave something behind for the next run.
var grudges = []attack{
	{family: "state", name: "locked global", body: `Object.defineProperty(globalThis, 'ordinary', { value: 1, configurable: false, writable: false })`, want: fine},
	{family: "state", name: "frozen prototypes", body: `Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(Function.prototype)`, want: fine},
	{family: "state", name: "poisoned prototypes", body: `Object.prototype.then = Array.prototype[Symbol.iterator] = () => { throw 1 }; delete Array.prototype.push`, want: append(fine, models.OutcomeException)},
	{family: "state", name: "symbol on the global object", body: `globalThis[Symbol.for('kept')] = 1`, want: fine},
	{family: "state", name: "poisoned module", body: `const l = require('zitadel/log'); l.log = () => { for (;;) {} }; Object.freeze(l)`, want: append(fine, thrown...)},
	{family: "state", name: "job left behind", body: `Promise.resolve().then(() => { globalThis.kept = 1 })`, want: fine},
	{family: "state", name: "replaced require", source: `var require = () => { throw 1 }; function f() {}`, want: append(fine, models.OutcomeException)},
}

var innocents = []attack{
	{family: "innocent", name: "300,000 short-lived objects", body: `let n = 0; for (let i = 0; i < 300000; i++) n += { i, t: 'x' + i }.i; if (n !== 44999850000) throw n`, want: fine},
	{family: "innocent", name: "15 MB kept and 400 MB of garbage", body: `const kept = []; for (let i = 0; i < 15; i++) kept.push(i + 'x'.repeat(1e6)); for (let i = 0; i < 400; i++) ('y' + i).repeat(250000); if (kept.length !== 15) throw 1`, want: fine},
	{family: "innocent", name: "recursion of 500", body: `(function r(n) { if (n) r(n - 1) })(500)`, want: fine},
}
