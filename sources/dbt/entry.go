package dbt

import "github.com/tidwall/gjson"

// field numbers the values that are kept of an entry, whatever its section.
type field uint8

const (
	fNone field = iota
	fConfig
	fDependsOn
	fResourceType
	fUniqueID
	fName
	fPackage
	fDatabase
	fSchema
	fAlias
	fIdentifier
	fRelation
	fSourceName
	fOriginalPath
	fPath
	fPatchPath
	fDescription
	fTags
	fFQN
	fVersion
	fLatestVersion
	fAccess
	fGroup
	fMeta
	fSourceMeta
	fAttachedNode
	fLabel
	fType
	fOwner
	fURL
	fMaturity
	fParents // depends_on.nodes

	// Of config.
	cEnabled
	cMaterialized
	cSchema
	cTags
	cAccess
	cGroup
	cMeta
	cSeverity
	cPointer
	cExternalLocation
	fieldCount
)

// fieldOf reads a key of an entry. Keys that are not kept are fNone.
func fieldOf(key []byte) field {
	switch string(key) {
	case "config":
		return fConfig
	case "depends_on":
		return fDependsOn
	case "resource_type":
		return fResourceType
	case "unique_id":
		return fUniqueID
	case "name":
		return fName
	case "package_name":
		return fPackage
	case "database":
		return fDatabase
	case "schema":
		return fSchema
	case "alias":
		return fAlias
	case "identifier":
		return fIdentifier
	case "relation_name":
		return fRelation
	case "source_name":
		return fSourceName
	case "original_file_path":
		return fOriginalPath
	case "path":
		return fPath
	case "patch_path":
		return fPatchPath
	case "description":
		return fDescription
	case "tags":
		return fTags
	case "fqn":
		return fFQN
	}
	return rareFieldOf(key)
}

// rareFieldOf reads the keys that only some kinds of entry have.
func rareFieldOf(key []byte) field {
	switch string(key) {
	case "version":
		return fVersion
	case "latest_version":
		return fLatestVersion
	case "access":
		return fAccess
	case "group":
		return fGroup
	case "meta":
		return fMeta
	case "source_meta":
		return fSourceMeta
	case "attached_node":
		return fAttachedNode
	case "label":
		return fLabel
	case "type":
		return fType
	case "owner":
		return fOwner
	case "url":
		return fURL
	case "maturity":
		return fMaturity
	}
	return fNone
}

func configFieldOf(key []byte) field {
	switch string(key) {
	case "enabled":
		return cEnabled
	case "materialized":
		return cMaterialized
	case "schema":
		return cSchema
	case "tags":
		return cTags
	case "access":
		return cAccess
	case "group":
		return cGroup
	case "meta":
		return cMeta
	case "severity":
		return cSeverity
	case "latest_version_pointer":
		return cPointer
	case "external_location":
		return cExternalLocation
	}
	return fNone
}

// entry says where the wanted values of one entry are in the window. Nothing is
// copied or built until the whole entry is known to be there.
type entry [fieldCount]span

// walk consumes one entry in a single pass. Of a key that comes twice the last
// value counts, as in encoding/json and in dbt's own reader.
func (e *entry) walk(l *lexer) {
	*e = entry{}
	if !l.enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.key(first)
		if !more {
			return
		}
		switch f := fieldOf(key); f {
		case fNone:
			l.skip()
		case fConfig:
			clear(e[cEnabled:])
			e.walkConfig(l)
		case fDependsOn:
			e[fParents] = span{}
			e.walkDependsOn(l)
		default:
			e[f] = l.value()
		}
	}
}

func (e *entry) walkConfig(l *lexer) {
	if !l.enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.key(first)
		if !more {
			return
		}
		if f := configFieldOf(key); f != fNone {
			e[f] = l.value()
		} else {
			l.skip()
		}
	}
}

func (e *entry) walkDependsOn(l *lexer) {
	if !l.enter('{', "an object") {
		return
	}
	for first := true; ; first = false {
		key, more := l.key(first)
		if !more {
			return
		}
		if string(key) == "nodes" {
			e[fParents] = l.value()
		} else {
			l.skip()
		}
	}
}

// each calls use with every text of a list, or with the one text that stands in
// place of a list. Nulls are left out.
func (l *lexer) each(v span, use func(text []byte)) {
	if v.to == 0 || l.st != ok {
		return
	}
	if l.b[v.from] != '[' {
		if text := l.text(v); len(text) > 0 {
			use(text)
		}
		return
	}
	inner := span{v.from, v.to}
	end := l.i
	l.i = int(inner.from) + 1
	for first := true; l.elem(first); first = false {
		item := l.value()
		if text := l.text(item); l.st == ok && len(text) > 0 {
			use(text)
		}
	}
	l.i = end
}

// valid returns a value for gjson, which itself does not tell broken JSON.
func (l *lexer) valid(v span) []byte {
	if v.to == 0 || l.st != ok {
		return nil
	}
	raw := l.b[v.from:v.to]
	if !gjson.ValidBytes(raw) {
		l.fail(int(v.from), "valid JSON")
		return nil
	}
	return raw
}

// truth reads a boolean; absent, null and anything else give the default.
func (l *lexer) truth(v span, otherwise bool) bool {
	if v.to == 0 || l.st != ok {
		return otherwise
	}
	switch string(l.b[v.from:v.to]) {
	case "true":
		return true
	case "false":
		return false
	}
	return otherwise
}
