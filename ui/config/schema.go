package config

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"fourfactor/ui/keymap"
)

// schema is the view of a Config as the keys of a file.
type schema struct {
	keys    map[string]setting // by dotted name
	tables  map[string]bool    // by dotted name
	env     map[string]setting // by environment variable
	secrets []*secret
	config  *Config           // the settings point into it
	origins map[string]string // by key: the file or the variable of a value that is not the default
}

// setting is a key and the field of the Config that it sets.
type setting struct {
	key        string
	into       any    // *string, *bool, *int, *float64, *time.Duration or *[]string
	allowed    string // the tags of the field
	check      string
	private    bool // never shown
	secretPart bool // of a secret
}

// schemaOf returns the schema of c, from the fields and tags of Config.
func schemaOf(c *Config) *schema {
	s := &schema{
		keys:    map[string]setting{},
		tables:  map[string]bool{},
		env:     map[string]setting{},
		config:  c,
		origins: map[string]string{},
	}
	s.addTable("", reflect.ValueOf(c).Elem())
	return s
}

func (s *schema) addTable(prefix string, table reflect.Value) {
	for field, value := range table.Fields() {
		name := field.Tag.Get("toml")
		if name == "-" {
			continue
		}
		name = prefix + name
		switch into := value.Addr().Interface().(type) {
		case *Secret:
			s.addSecret(into.source)
		case *[]keymap.Entry:
			s.addKeys(name, *into)
		case *string, *bool, *int, *float64, *time.Duration, *[]string:
			s.add(setting{
				key: name, into: into, private: field.Tag.Get("private") == "true",
				allowed: field.Tag.Get("allowed"), check: field.Tag.Get("check"),
			}, field.Tag.Get("env"))
		default:
			s.tables[name] = true
			s.addTable(name+".", value)
		}
	}
}

// addSecret adds the three keys and the variable of a secret.
func (s *schema) addSecret(from *secret) {
	s.secrets = append(s.secrets, from)
	s.add(setting{key: from.key, into: &from.inline, check: "secret", private: true, secretPart: true}, "")
	s.add(setting{key: from.key + "_file", into: &from.path, check: "path", private: true, secretPart: true}, "")
	s.add(setting{key: from.key + "_command", into: &from.command, private: true, secretPart: true}, "")
	s.env[from.envVar] = setting{key: from.key, into: &from.environment, check: "secret", private: true}
}

// addKeys adds one key per action.
func (s *schema) addKeys(table string, lines []keymap.Entry) {
	s.tables[table] = true
	for i := range lines {
		s.add(setting{key: table + "." + string(lines[i].Action), into: &lines[i].Keys, check: "keys"}, "")
	}
}

func (s *schema) add(key setting, variable string) {
	s.keys[key.key] = key
	if variable != "" {
		s.env[variable] = key
	}
}

// names returns every key and table, sorted.
func (s *schema) names() []string {
	names := slices.AppendSeq(slices.Collect(maps.Keys(s.keys)), maps.Keys(s.tables))
	slices.Sort(names)
	return names
}
