package main

import "google.golang.org/protobuf/reflect/protoreflect"

// wellKnown are the messages whose JSON form is not an object of their fields.
var wellKnown = map[protoreflect.FullName]object{
	"google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
	"google.protobuf.Duration":  {"type": "string", "pattern": `^-?[0-9]+(\.[0-9]{1,9})?s$`},
	"google.protobuf.FieldMask": {"type": "string", "description": "JSON names separated by commas."},
	"google.protobuf.Struct":    {"type": "object"},
	"google.protobuf.Value":     {},
}

// ref refers to the schema of a message and adds it when it is new.
func (b *builder) ref(m protoreflect.MessageDescriptor) any {
	if schema, ok := wellKnown[m.FullName()]; ok {
		return schema
	}
	name := string(m.FullName())
	if _, known := b.schemas[name]; !known {
		b.schemas[name] = nil // ends recursion
		b.schemas[name] = b.message(m)
	}
	return object{"$ref": "#/components/schemas/" + name}
}

func (b *builder) message(m protoreflect.MessageDescriptor) object {
	properties := object{}
	for i := range m.Fields().Len() {
		field := m.Fields().Get(i)
		properties[field.JSONName()] = b.field(field)
	}
	return withDescription(object{"type": "object", "properties": properties}, m)
}

func (b *builder) field(field protoreflect.FieldDescriptor) any {
	switch {
	case field.IsMap():
		return object{"type": "object", "additionalProperties": b.scalar(field.MapValue())}
	case field.IsList():
		return withDescription(object{"type": "array", "items": b.scalar(field)}, field)
	}
	schema := b.scalar(field)
	if s, ok := schema.(object); ok {
		copied := object{}
		for key, value := range s {
			copied[key] = value
		}
		return withDescription(copied, field)
	}
	return schema
}

func (b *builder) scalar(field protoreflect.FieldDescriptor) any {
	switch field.Kind() {
	case protoreflect.MessageKind:
		return b.ref(field.Message())
	case protoreflect.EnumKind:
		return b.enum(field.Enum())
	case protoreflect.BoolKind:
		return object{"type": "boolean"}
	case protoreflect.Int32Kind, protoreflect.Uint32Kind:
		return object{"type": "integer"}
	case protoreflect.Int64Kind, protoreflect.Uint64Kind:
		return object{"type": "string", "pattern": "^-?[0-9]+$"}
	case protoreflect.DoubleKind:
		return object{"type": "number"}
	}
	return object{"type": "string"}
}

func (b *builder) enum(e protoreflect.EnumDescriptor) any {
	name := string(e.FullName())
	if _, known := b.schemas[name]; !known {
		var values []any
		for i := range e.Values().Len() {
			values = append(values, string(e.Values().Get(i).Name()))
		}
		b.schemas[name] = withDescription(object{"type": "string", "enum": values}, e)
	}
	return object{"$ref": "#/components/schemas/" + name}
}

func withDescription(schema object, d protoreflect.Descriptor) object {
	if text := comment(d); text != "" {
		schema["description"] = text
	}
	return schema
}
