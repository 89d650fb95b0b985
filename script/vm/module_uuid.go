package vm

import (
	"github.com/dop251/goja"
	"github.com/google/uuid"
)

var uuidNamespaces = map[string]uuid.UUID{
	"namespaceDNS": uuid.NameSpaceDNS, "namespaceURL": uuid.NameSpaceURL,
	"namespaceOID": uuid.NameSpaceOID, "namespaceX500": uuid.NameSpaceX500,
}

var uuidModule = object(
	method("v1", "Id made of time and node.", "", nativeUUIDMake).returning(stringType),
	uuidHashMethod("v3", "Id made of a namespace and data with MD5."),
	method("v4", "Random id.", "", nativeUUIDMake).returning(stringType),
	uuidHashMethod("v5", "Id made of a namespace and data with SHA-1."),
	uuidNamespaceMember("namespaceDNS"), uuidNamespaceMember("namespaceURL"),
	uuidNamespaceMember("namespaceOID"), uuidNamespaceMember("namespaceX500"),
)

func uuidHashMethod(name, doc string) Member {
	return method(name, doc, "", nativeUUIDHash, param("namespace", stringType), param("data", anyType)).returning(stringType)
}

func uuidNamespaceMember(name string) Member {
	return text(name, "Namespace of names of this kind.").by(nativeUUIDNamespace)
}

func (c callee) uuidNamespace(node) goja.Value {
	return c.vm.ToValue(uuidNamespaces[c.m.Name].String())
}

func (c callee) uuidMake(call goja.FunctionCall) goja.Value {
	if len(call.Arguments) != 0 {
		c.refuse("invalid arg count")
	}
	create := uuid.NewRandom
	if c.m.Name == "v1" {
		create = uuid.NewUUID
	}
	id, err := create()
	if err != nil {
		c.refuse(err.Error())
	}
	return c.vm.ToValue(id.String())
}

func (c callee) uuidHash(call goja.FunctionCall) goja.Value {
	if len(call.Arguments) != 2 {
		c.refuse("invalid arg count")
	}
	space, err := uuid.Parse(call.Arguments[0].String())
	if err != nil {
		c.refuse(err.Error())
	}
	data, ok := call.Arguments[1].Export().([]byte)
	if !ok {
		data = []byte(call.Arguments[1].String())
	}
	if c.m.Name == "v3" {
		return c.vm.ToValue(uuid.NewMD5(space, data).String())
	}
	return c.vm.ToValue(uuid.NewSHA1(space, data).String())
}
