package config

import (
	"reflect"
	"strings"
)

// EnvPrefix starts the name of every environment variable.
const EnvPrefix = "FLOWBENCH_"

// Setting describes one field of Config.
type Setting struct {
	Name    string // of the flag, without dashes in front
	Env     string // of the environment variable
	Default string // in the form a person types it; "" = empty
	Usage   string // one or two sentences
	Secret  bool   // may also come from a file named by Env + "_FILE"
	Switch  bool   // a flag that needs no value
}

// Settings lists the fields of Config in their order.
func Settings() []Setting {
	t := reflect.TypeFor[Config]()
	list := make([]Setting, t.NumField())
	for i := range list {
		list[i] = settingOf(t.Field(i))
	}
	return list
}

func settingOf(f reflect.StructField) Setting {
	name := f.Tag.Get("flag")
	return Setting{
		Name:    name,
		Env:     EnvPrefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_")),
		Default: f.Tag.Get("default"),
		Usage:   f.Tag.Get("usage"),
		Secret:  f.Tag.Get("secret") != "",
		Switch:  f.Type.Kind() == reflect.Bool,
	}
}
