package exposure

import (
	"strconv"
	"strings"

	"darkroom/model"
)

// dialect is the dbt version that will parse the file: major*1000 + minor, so
// that 1.12 is 1012 and 2.0 is 2000. It decides which keys exist and where they
// go (CONTRACT.md#fields-by-version).
type dialect int

// newestDialect is used when the version is unknown: what is written then is right
// for every dbt from 1.10 on and for Fusion.
const newestDialect dialect = 1 << 20

// schemaDialects gives the oldest dbt that writes each manifest schema before
// v12, the first that several versions share (sources/dbt/ARTIFACTS.md#manifest-versions).
func schemaDialects() []dialect {
	return []dialect{0, 19, 20, 21, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007}
}

// dialectOf reads the version of the manifest; where it has none, its schema.
func dialectOf(p *model.Project) dialect {
	if p == nil {
		return newestDialect
	}
	parts := strings.SplitN(p.DbtVersion, ".", 3)
	if len(parts) >= 2 {
		major, errMajor := strconv.Atoi(strings.TrimSpace(parts[0]))
		minor, errMinor := strconv.Atoi(leadingDigits(parts[1]))
		if errMajor == nil && errMinor == nil && major >= 0 && major < 1000 && minor < 1000 {
			return dialect(major*1000 + minor)
		}
	}
	_, rest, _ := strings.Cut(p.SchemaVersion, "/manifest/v")
	if n, err := strconv.Atoi(leadingDigits(rest)); err == nil && n > 0 && n < len(schemaDialects()) {
		return schemaDialects()[n]
	}
	return newestDialect
}

// DbtVersion is the dbt version of a project as major*1000 + minor: 1012 is 1.12. It
// is larger than any when it is not known.
func DbtVersion(p *model.Project) int { return int(dialectOf(p)) }

func leadingDigits(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		return s
	}
	return s[:end]
}

// hasLabel: an unknown key is a parse error before 1.3.
func (d dialect) hasLabel() bool { return d >= 1003 }

// hasVersions: ref(…, v=…) came with 1.5.
func (d dialect) hasVersions() bool { return d >= 1005 }

// ownerNeedsEmail: before 1.5 an owner without e-mail is a parse error.
func (d dialect) ownerNeedsEmail() bool { return d < 1005 }

// metaInConfig: below 1.10 tags and meta work only on top, from 1.10 under
// config, and Fusion takes them nowhere else.
func (d dialect) metaInConfig() bool { return d >= 1010 }

func (d dialect) String() string {
	if d == newestDialect {
		return "of unknown version"
	}
	return strconv.Itoa(int(d)/1000) + "." + strconv.Itoa(int(d)%1000)
}
