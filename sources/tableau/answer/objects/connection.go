package objects

import "darkroom/sources/tableau/document"

// database and virtualConnection are not kept in the model: they name where tables are.
type (
	database          struct{ name, connectionType, host string }
	virtualConnection struct{ name, connectionType string }
)

func (d *database) describe(in *document.Walker, o document.Object) {
	in.Set(&d.name, o.Get("name"))
	in.Set(&d.connectionType, o.Get("connectionType"))
	in.Set(&d.host, o.Get("hostName"))
}

func (c *virtualConnection) describe(in *document.Walker, o document.Object) {
	in.Set(&c.name, o.Get("name"))
	in.Set(&c.connectionType, o.Get("connectionType"))
}
