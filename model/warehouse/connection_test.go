package warehouse

import "testing"

func TestHost(t *testing.T) {
	const want = "dw.redshift.amazonaws.com"
	for _, server := range []string{
		want, want + ":5439", want + ".", want + ".:5439", want + "/dev", " " + want + " ", "DW.Redshift.amazonaws.com",
		"https://" + want + ":5439/dev", "jdbc:redshift://" + want + ":5439/dev?ssl=true", want + ",1433", want + `\instance`, want + ";database=x",
	} {
		if got := Host(server); got != want {
			t.Errorf("Host(%q) = %q", server, got)
		}
		if c := Connect("postgres", server, nil); c.Class != "redshift" || c.Dialect != DialectRedshift {
			t.Errorf("%q is taken for %s with dialect %d", server, c.Class, c.Dialect)
		}
	}
	if got := Host(""); got != "" {
		t.Errorf("no host is %q", got)
	}
}

func TestConnectSays(t *testing.T) {
	aliases := NewAliases(map[string]string{" Postgres_JDBC ": "PostgreSQL", "odd": "singlestore", "loop": "azure_sqldb", "new": "hologres"})
	for _, c := range []struct {
		class, server string
		want          Connection
	}{
		{"snowflake", "", Connection{Class: "snowflake", Dialect: DialectSnowflake}},
		{"Snowflake_JDBC", "", Connection{Class: "snowflake", Note: "Snowflake_JDBC is a plug-in for snowflake", Dialect: DialectSnowflake}},
		{"trino_jdbc", "", Connection{Class: "trino_jdbc", Dialect: DialectStandard}},
		{"postgres", "pg.motherduck.com", Connection{Class: "duckdb", Note: "the host pg.motherduck.com belongs to duckdb", Dialect: DialectDuckDB, Hosted: "postgres"}},
		// A freely named plug-in is read as its host's SQL, and proves nothing more.
		{"postgres_odbc", "x.redshift.amazonaws.com", Connection{Class: "postgres_odbc", Dialect: DialectRedshift}},
		{"postgres_jdbc", "", Connection{Class: "postgres", Note: "your connection_aliases say that postgres_jdbc is postgres", Dialect: DialectPostgres, Aliased: true}},
		{"POSTGRES_jdbc", "x.redshift.amazonaws.com.", Connection{Class: "redshift", Note: "the host x.redshift.amazonaws.com. belongs to redshift", Dialect: DialectRedshift, Hosted: "postgres", Aliased: true}},
		{"odd", "", Connection{Class: "singlestore", Note: "your connection_aliases say that odd is singlestore", Dialect: DialectMySQL, Aliased: true}},
		{"loop", "", Connection{Class: "azure_sqldb", Note: "your connection_aliases say that loop is azure_sqldb", Dialect: DialectTSQL, Aliased: true}},
		{"new", "", Connection{Class: "hologres", Note: "your connection_aliases say that new is hologres", Dialect: DialectUnknown, Aliased: true}},
		{"", "x.redshift.amazonaws.com", Connection{}},
	} {
		if got := Connect(c.class, c.server, aliases); got != c.want {
			t.Errorf("%s at %q: got %+v, want %+v", c.class, c.server, got, c.want)
		}
	}
}

// TestLookUpsAllocateNothing: they are made for every table.
func TestLookUpsAllocateNothing(t *testing.T) {
	w := Of("snowflake")
	if n := testing.AllocsPerRun(100, func() {
		c := Connect("postgres", "db.example.com:5432", nil)
		if w.Proof(c) != ProofOther || OfClass(c.Class).Adapter != Family("postgresql") || KindOf("webdata") != ClassFile {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
