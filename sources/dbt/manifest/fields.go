package manifest

// field numbers the values that are kept of an entry, whatever its section.
type field = uint8

const (
	fNone field = iota // of all values that are not kept, which is never read
	fConfig
	fDependsOn
	fChecksum
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
	fDescription
	fTags
	fVersion
	fLatestVersion
	fDeprecation
	fFreshness
	fColumns
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

	// Fields of config.
	cEnabled
	cMaterialized
	cSchema
	cTags
	cAccess
	cGroup
	cMeta
	cPointer
	cExternalLocation
	cFreshness
	fieldCount
)

// fieldOf reads a key of an entry. Keys that are not kept are fNone. These are the
// keys that most kinds of entry have; compiled switches beat any table here.
func fieldOf(key []byte) field {
	switch string(key) {
	case "config":
		return fConfig
	case "depends_on":
		return fDependsOn
	case "resource_type":
		return fResourceType
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
	case "relation_name":
		return fRelation
	case "original_file_path":
		return fOriginalPath
	case "path":
		return fPath
	case "description":
		return fDescription
	case "tags":
		return fTags
	}
	return kindFieldOf(key)
}

// kindFieldOf reads the keys that only some kinds of node have.
func kindFieldOf(key []byte) field {
	switch string(key) {
	case "checksum":
		return fChecksum
	case "unique_id":
		return fUniqueID
	case "meta":
		return fMeta
	case "version":
		return fVersion
	case "latest_version":
		return fLatestVersion
	case "deprecation_date":
		return fDeprecation
	case "access":
		return fAccess
	case "group":
		return fGroup
	case "attached_node":
		return fAttachedNode
	case "identifier":
		return fIdentifier
	case "source_name":
		return fSourceName
	case "source_meta":
		return fSourceMeta
	case "freshness":
		return fFreshness
	}
	return rareFieldOf(key)
}

func rareFieldOf(key []byte) field {
	switch string(key) {
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
	case "columns":
		return fColumns
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
	case "latest_version_pointer":
		return cPointer
	case "freshness":
		return cFreshness
	case "external_location":
		return cExternalLocation
	}
	return fNone
}
