package exposure

import (
	"strings"

	"darkroom/model"
)

// Call is how dbt's code names a resource: ref('orders') or source('raw', 'orders'). It
// names the package, too, when qualified is set; a source never needs it. ok is false for
// kinds that have no such call, and for names that cannot be written in one.
func Call(res *model.Resource, qualified bool) (call string, ok bool) {
	name, args := "ref", []string{res.Name}
	switch {
	case res.Kind == model.KindSource:
		name, args = "source", []string{res.SourceName(), res.Name}
	case !refable(res.Kind):
		return "", false
	case qualified && res.Package() != "":
		args = []string{res.Package(), res.Name}
	}
	if !jinjaLiterals(args) {
		return "", false
	}
	call = name + "(" + strings.Join(args, ", ")
	if name == "ref" && res.Version() != "" {
		v, ok := versionLiteral(res)
		if !ok {
			return "", false
		}
		call += ", v=" + v
	}
	return call + ")", true
}
