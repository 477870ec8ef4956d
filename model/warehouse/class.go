package warehouse

import (
	"slices"
	"strings"
)

// ClassKind is the kind of thing that a connection class leads to.
type ClassKind uint8

// The kinds (WAREHOUSES.md#never-a-warehouse).
const (
	ClassWarehouse ClassKind = iota // a warehouse, known or not
	ClassGeneric                    // a driver that does not say which warehouse; also a missing class
	ClassFile                       // a file, an extract or an application: never a warehouse
	ClassPublished                  // a published data source
	ClassVirtual                    // a virtual connection
	ClassFederated                  // a wrapper around other connections
)

// PublishedClass is the class of connections to published data sources.
const PublishedClass = "sqlproxy"

// otherClasses are the classes that do not lead to a warehouse of their own.
func otherClasses() map[ClassKind][]string {
	return map[ClassKind][]string{
		ClassGeneric: {"", "genericodbc", "genericjdbc", "odbc", "jdbc"},
		ClassFile: {
			"hyper", "dataengine", "vizengine", "excel", "excel-direct", "csv", "textscan", "textclean", "msaccess",
			"google-sheets", "salesforce", "inmemfederating",
		},
		ClassPublished: {PublishedClass},
		ClassVirtual:   {"publishedconnection"},
		ClassFederated: {"federated"},
	}
}

// filePrefixes are the beginnings of classes of files and applications with free
// names, such as "webdata-direct:oracle-eloqua".
func filePrefixes() [2]string { return [...]string{"webdata", "cloudfile:"} }

// KindOf says what a connection class leads to.
func KindOf(class string) ClassKind {
	class = lower(class)
	if kind, ok := table().kinds[class]; ok {
		return kind
	}
	for _, prefix := range filePrefixes() {
		if strings.HasPrefix(class, prefix) {
			return ClassFile
		}
	}
	return ClassWarehouse
}

// Proof says what a connection class proves about a dbt adapter.
type Proof uint8

// The proofs, best first (WAREHOUSES.md#connection-types).
const (
	ProofNative  Proof = iota // it is the adapter's warehouse
	ProofRelated              // names may agree because data is copied from one to the other
	ProofGeneric              // ODBC, JDBC or unknown: the class says nothing
	ProofOther                // it is another warehouse
)

// String is one word for messages.
func (p Proof) String() string {
	return [...]string{"native", "related", "generic", "other"}[min(p, ProofOther)]
}

// Proof is what a class, as Connect gives it, proves about w. A project without a
// known adapter proves as little as a generic connection.
func (w *Warehouse) Proof(class string) Proof {
	switch {
	case w.Adapter == "", KindOf(class) == ClassGeneric:
		return ProofGeneric
	case class == w.Adapter, slices.Contains(w.Native, class):
		return ProofNative
	case slices.Contains(w.Related, class):
		return ProofRelated
	}
	return ProofOther
}

// OfClass is the warehouse that a class is native to; for a class that is not in any
// row, the cautious defaults under the name of the class, or under "generic".
func OfClass(class string) Warehouse {
	class = lower(class)
	if KindOf(class) == ClassGeneric {
		class = "generic"
	} else if w := table().native[class]; w != nil {
		return *w
	}
	return Of(class)
}
