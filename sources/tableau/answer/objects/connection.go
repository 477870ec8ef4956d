package objects

import "darkroom/sources/tableau/document"

// database and virtualConnection are not kept in the model: they name where tables are.
type (
	database          struct{ name, connectionType, host string }
	virtualConnection struct{ name, connectionType string }
)

func (d *database) describe(in *document.Walker, o document.Value) {
	in.Fill(&d.name, o.Get("name"))
	in.Fill(&d.connectionType, o.Get("connectionType"))
	in.Fill(&d.host, o.Get("hostName"))
}

func (c *virtualConnection) describe(in *document.Walker, o document.Value) {
	in.Fill(&c.name, o.Get("name"))
	in.Fill(&c.connectionType, o.Get("connectionType"))
}
