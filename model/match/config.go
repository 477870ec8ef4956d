package match

// Config is what people decided (RULES.md#maps-pins-and-ignores).
type Config struct {
	Maps   []Map // the first that applies counts
	Pins   []Pin
	Ignore []Ignore
	// ConnectionAliases says what a connection type is, "postgres_jdbc":
	// "postgres"; the value is a dbt adapter.
	ConnectionAliases map[string]string
	// Strict turns matches of medium confidence into reviews.
	Strict bool
}

// Map rewrites the Tableau side before it is compared: "DB" → "DB",
// "DB.SCHEMA" → "DB.SCHEMA", "DB.*" → "DB.prefix_*" where * is the schema.
type Map struct{ Tableau, Dbt string }

// Pin ties a table to a node. Table is a canonical name such as
// "snowflake://ANALYTICS.REPORTING.V_ORDERS", in which * stands for any text, or
// a plain table id. Node is a unique_id.
type Pin struct{ Table, Node, By, Why string }

// Ignore sets a table aside; Table is as in Pin.
type Ignore struct{ Table, Why string }
