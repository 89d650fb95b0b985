package vm

// Kind is the kind of a value that a script meets, section by section of the
// object model of ZITADEL's actions.
type Kind uint8

// The kinds of values.
const (
	KindAny          Kind = iota // whatever JSON the context holds
	KindString                   // primitive
	KindNumber                   // primitive
	KindBool                     // primitive
	KindStringObject             // == works, === does not; always truthy
	KindNumberObject             // == works, === does not; always truthy
	KindBoolObject               // always truthy
	KindTime                     // text and JSON form, Go's methods with a lower first letter; not a Date
	KindAddress                  // 16 bytes whose text is the address
	KindBytes                    // stored bytes: JSON if they are valid JSON, else text
	KindArray                    // of Elem
	KindList                     // array of Elem whose changes are effects
	KindMap                      // open map from any name to Elem
	KindObject                   // open map with the given members
	KindRecord                   // fixed members
	KindUnion                    // one of Alternatives, chosen by the context
	KindFunc                     // function
	KindVoid                     // what a function returns that returns nothing
)

// Type describes a value: what the table of triggers, the encoder of contexts,
// the runtime's objects and the generated documents agree on.
type Type struct {
	Kind         Kind
	Name         string // of the interface in type declarations; "" = described in place
	Doc          string
	Members      []Member // KindObject, KindRecord
	Elem         *Type    // KindArray, KindList, KindMap
	Alternatives []*Type  // KindUnion; their names are the values of $kind
	Params       []Param  // KindFunc
	Returns      *Type    // KindFunc
	Values       string   // enumerations: what the numbers or texts mean

	index map[string]int
	keys  map[string]int
	names []string
}

// Member is a named part of an object, a record or a provider's answer.
type Member struct {
	Name     string
	Type     *Type
	Doc      string
	Effect   string // functions: what calling it does; "" = it only reads
	Nullable bool   // null when there is none
	Optional bool   // missing (undefined) when there is none
	Old      bool   // works, but there is a better way that Doc names
	Hidden   bool   // readable, but not among the object's keys

	key    string // in the context, if not Name: functions are "name()"
	in     *Type  // in the context, if not Type
	native native // who computes the value or is called; 0 = as the context says
	arg    string // what the native is told, for example the field to set
}

// Param is a parameter of a function.
type Param struct {
	Name     string
	Type     *Type
	Optional bool
	Rest     bool
}

// Member returns the member of that name.
func (t *Type) Member(name string) (Member, bool) {
	if i, ok := t.index[name]; ok {
		return t.Members[i], true
	}
	return Member{}, false
}

// source returns the type of the member's value in a context.
func (m *Member) source() *Type {
	if m.in != nil {
		return m.in
	}
	return m.Type
}

// seal builds the look-up tables of an object or record.
func (t *Type) seal() *Type {
	t.index = make(map[string]int, len(t.Members))
	t.keys = make(map[string]int, len(t.Members))
	for i := range t.Members {
		m := &t.Members[i]
		if m.key == "" {
			m.key = m.Name
			if m.Type.Kind == KindFunc {
				m.key += "()"
			}
		}
		t.index[m.Name] = i
		t.keys[m.key] = i
		if !m.Hidden {
			t.names = append(t.names, m.Name)
		}
	}
	return t
}

func record(name, doc string, members ...Member) *Type {
	return (&Type{Kind: KindRecord, Name: name, Doc: doc, Members: members}).seal()
}

func object(members ...Member) *Type {
	return (&Type{Kind: KindObject, Members: members}).seal()
}

func arrayOf(t *Type) *Type { return &Type{Kind: KindArray, Elem: t} }
func mapOf(t *Type) *Type   { return &Type{Kind: KindMap, Elem: t} }

// The types without parts.
var (
	anyType      = &Type{Kind: KindAny}
	stringType   = &Type{Kind: KindString}
	numberType   = &Type{Kind: KindNumber}
	boolType     = &Type{Kind: KindBool}
	timeType     = &Type{Kind: KindTime, Name: "Time"}
	addressType  = &Type{Kind: KindAddress, Name: "Address"}
	bytesType    = &Type{Kind: KindBytes}
	stringObject = &Type{Kind: KindStringObject}
	numberObject = &Type{Kind: KindNumberObject}
	boolObject   = &Type{Kind: KindBoolObject}
	voidType     = &Type{Kind: KindVoid}
	stringsType  = arrayOf(stringType)
)

func enum(values string) *Type { return &Type{Kind: KindNumberObject, Values: values} }

func member(name string, t *Type, doc string) Member { return Member{Name: name, Type: t, Doc: doc} }
func text(name, doc string) Member                   { return member(name, stringType, doc) }
func flag(name, doc string) Member                   { return member(name, boolType, doc) }
func number(name, doc string) Member                 { return member(name, numberType, doc) }
func moment(name, doc string) Member                 { return member(name, timeType, doc) }

func (m Member) nullable() Member { m.Nullable = true; return m }
func (m Member) optional() Member { m.Optional = true; return m }
func (m Member) old() Member      { m.Old = true; return m }
func (m Member) at(key string) Member {
	m.key = key
	return m
}
func (m Member) by(n native) Member {
	m.native = n
	return m
}

// getter is a function without parameters whose answer stands in the context.
func getter(name string, returns *Type, doc string) Member {
	return Member{Name: name, Type: &Type{Kind: KindFunc, Returns: returns}, Doc: doc}
}

// method is a function that the runtime implements.
func method(name, doc, effect string, fn native, params ...Param) Member {
	return Member{Name: name, Doc: doc, Effect: effect, native: fn,
		Type: &Type{Kind: KindFunc, Params: params, Returns: voidType}}
}

func (m Member) returning(t *Type) Member {
	c := *m.Type
	c.Returns = t
	m.Type = &c
	return m
}

func param(name string, t *Type) Param         { return Param{Name: name, Type: t} }
func optionalParam(name string, t *Type) Param { return Param{Name: name, Type: t, Optional: true} }
func rest(name string, t *Type) Param          { return Param{Name: name, Type: t, Rest: true} }
