package lint

import (
	"reflect"

	"github.com/dop251/goja/ast"
)

// children calls visit for each direct child node of n in source order. The
// parser offers no walk of its own; going by reflection follows new node types
// without a change here.
func children(n ast.Node, visit func(ast.Node)) {
	v := reflect.ValueOf(n)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.Struct {
		fields(v, visit)
	}
}

func fields(v reflect.Value, visit func(ast.Node)) {
	for i := range v.NumField() {
		if v.Type().Field(i).Name == "DeclarationList" { // repeats what the body holds
			continue
		}
		value(v.Field(i), visit)
	}
}

func value(f reflect.Value, visit func(ast.Node)) {
	switch f.Kind() {
	case reflect.Interface, reflect.Pointer:
		if f.IsNil() {
			return
		}
		if node, ok := f.Interface().(ast.Node); ok {
			visit(node)
			return
		}
		value(f.Elem(), visit)
	case reflect.Slice:
		for i := range f.Len() {
			value(f.Index(i), visit)
		}
	case reflect.Struct:
		if f.CanAddr() {
			if node, ok := f.Addr().Interface().(ast.Node); ok {
				visit(node)
				return
			}
		}
		if f.Type().PkgPath() != "" && f.Type().PkgPath() == reflect.TypeFor[ast.Program]().PkgPath() {
			fields(f, visit)
		}
	}
}

// unwrap removes the marks of optional chaining, which only wrap what they
// apply to.
func unwrap(n ast.Node) ast.Node {
	for {
		switch x := n.(type) {
		case *ast.OptionalChain:
			n = x.Expression
		case *ast.Optional:
			n = x.Expression
		default:
			return n
		}
	}
}
