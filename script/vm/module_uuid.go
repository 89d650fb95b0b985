package vm

import (
	"github.com/dop251/goja"
	"github.com/google/uuid"
)

var uuidNamespaces = [...]struct {
	name string
	id   uuid.UUID
}{
	{"namespaceDNS", uuid.NameSpaceDNS}, {"namespaceURL", uuid.NameSpaceURL},
	{"namespaceOID", uuid.NameSpaceOID}, {"namespaceX500", uuid.NameSpaceX500},
}

func (u *run) uuidModule() goja.Value {
	o := u.vm.NewObject()
	for _, n := range uuidNamespaces {
		_ = o.Set(n.name, n.id.String())
	}
	_ = o.Set("v1", u.uuidMaker(uuid.NewUUID))
	_ = o.Set("v4", u.uuidMaker(uuid.NewRandom))
	_ = o.Set("v7", u.uuidMaker(uuid.NewV7))
	_ = o.Set("v3", u.uuidHasher(uuid.NewMD5))
	_ = o.Set("v5", u.uuidHasher(uuid.NewSHA1))
	return o
}

func (u *run) uuidMaker(make func() (uuid.UUID, error)) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		if len(call.Arguments) != 0 {
			u.refuse("invalid arg count")
		}
		id, err := make()
		if err != nil {
			u.refuse(err.Error())
		}
		return u.vm.ToValue(id.String())
	}
}

func (u *run) uuidHasher(make func(uuid.UUID, []byte) uuid.UUID) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		if len(call.Arguments) != 2 {
			u.refuse("invalid arg count")
		}
		space, err := uuid.Parse(call.Arguments[0].String())
		if err != nil {
			u.refuse(err.Error())
		}
		data, ok := call.Arguments[1].Export().([]byte)
		if !ok {
			data = []byte(call.Arguments[1].String())
		}
		return u.vm.ToValue(make(space, data).String())
	}
}
