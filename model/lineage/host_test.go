package lineage

import (
	"testing"

	"darkroom/model"
	"darkroom/model/lineage/lineagetest"
)

// TestHostSpellings: however the host of a Redshift is written, its SQL is read
// as Redshift's: "o.items" unnests a column and is not a second table.
func TestHostSpellings(t *testing.T) {
	const host = "dw.abc.eu-west-1.redshift.amazonaws.com"
	project := &model.Project{Name: "shop", Adapter: "redshift", Resources: []model.Resource{{
		ID: "model.shop.orders", Kind: model.KindModel, Name: "orders", Common: &model.Common{Package: "shop", Materialized: "table", Database: "dw", Schema: "marts"},
		Extra: &model.ResourceExtra{Identifier: "orders", RelationName: `"dw"."marts"."orders"`},
	}}}
	for _, server := range []string{
		host, host + ":5439", host + ".", host + ".:5439", " " + host + " ", host + "/dev",
		"https://" + host, "https://" + host + ":5439/dev", "jdbc:redshift://" + host + ":5439/dev?ssl=true", "HTTPS://DW.ABC.eu-west-1.Redshift.amazonaws.com./dev",
	} {
		site := lineagetest.Tower("orders")
		site.Tables[0] = model.Table{
			ID: "t0", Kind: model.CustomSQLTable, Name: "Custom SQL Query", Extra: &model.TableExtra{Query: "select o.id, i.sku from marts.orders o, o.items i", DatasourceIDs: []string{"e0"}},
			Place: &model.Place{Database: "dw", ConnectionType: "postgres", Connection: model.ConnectionInfo{Server: server}},
		}
		d := build(t, []*model.Project{project}, site).Dashboards()[0]
		if linked, all := d.Counts(); linked != 1 || all != 1 || d.Status != StatusLinked {
			t.Errorf("%q: %d of %d tables linked, %v", server, linked, all, d.Status)
		}
	}
}
