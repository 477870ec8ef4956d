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

// The proofs, best first (WAREHOUSES.md#connection-types, #protocols).
const (
	ProofNative   Proof = iota // it is the adapter's warehouse
	ProofProtocol              // it is a neighbour's, whose protocol the adapter's warehouse speaks
	ProofRelated               // names may agree because data is copied from one to the other
	ProofGeneric               // ODBC, JDBC or unknown: the class says nothing
	ProofOther                 // it is another warehouse
)

// String is one word for messages.
func (p Proof) String() string {
	return [...]string{"native", "protocol", "related", "generic", "other"}[min(p, ProofOther)]
}

// Proof is what a connection proves about w. A project without a known adapter
// proves as little as a generic connection. A host that proves one warehouse leaves
// nothing to its neighbours, except that w may be an adapter for that warehouse, too:
// one with the class as it was before the host.
func (w *Warehouse) Proof(c Connection) Proof {
	related := slices.Contains(w.Related, c.Class)
	switch {
	case w.Adapter == "", KindOf(c.Class) == ClassGeneric:
		return ProofGeneric
	case c.Class == w.Adapter, slices.Contains(w.Native, c.Class):
		return ProofNative
	case c.Hosted != "" && related && slices.Contains(w.Native, c.Hosted):
		return ProofNative
	case c.Hosted != "":
		return ProofOther
	case slices.Contains(w.Speaks, c.Class) && !c.Aliased:
		return ProofProtocol
	case related:
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
