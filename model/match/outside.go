package match

import (
	"strings"

	"darkroom/model/reason"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Steps 0 to 2 of RULES.md#verdicts-in-order: what is settled before names are
// compared.

// byDecision is step 0.
func (a *attempt) byDecision() bool {
	var names []string
	if a.m.pins.Named || a.m.ignore.Named {
		names = a.canonicalNames()
	}
	exactCase := len(a.candidates) > 0 && a.candidates[0].Case[relation.Identifier] == warehouse.CaseOther
	if i, ok := a.m.pins.Find(a.t.ID, names, exactCase); ok {
		a.pin = i
		if n := a.m.pinned[i]; n != nil {
			a.v.Outcome, a.v.Reason, a.v.Nodes = Matched, reason.Pinned, []Node{*n}
			return true
		}
	}
	if i, ok := a.m.ignore.Find(a.t.ID, names, exactCase); ok {
		a.ignored = i
		a.v.Outcome, a.v.Reason = NotApplicable, reason.IgnoredByUser
		return true
	}
	return false
}

// noTable is step 1.
func (a *attempt) noTable() bool {
	why, ok := a.noTableReason()
	if ok {
		a.v.Outcome, a.v.Reason = NotApplicable, why
	}
	return ok
}

func (a *attempt) noTableReason() (reason.Code, bool) {
	if a.t.Procedure {
		return reason.StoredProcedure, true
	}
	if a.t.Hidden || len(a.parts) == 0 {
		return reason.Redacted, true
	}
	switch a.kind {
	case warehouse.ClassPublished, warehouse.ClassVirtual, warehouse.ClassFederated:
		return reason.PublishedSource, true
	case warehouse.ClassFile:
		return reason.FileOrExtract, true
	}
	table := a.parts[len(a.parts)-1].Text
	if a.kind == warehouse.ClassGeneric && len(a.parts) == 1 && table == warehouse.PublishedClass {
		return reason.PublishedSource, true
	}
	if a.isExtractCopy() {
		return reason.FileOrExtract, true
	}
	if strings.HasPrefix(table, "#") || strings.HasPrefix(table, "@") {
		return reason.TempObject, true
	}
	return reason.None, false
}

// isExtractCopy recognizes the copies that extracts make, "[Extract].[Extract]" and
// "[Extract].[orders (marts.orders)_A1B2]". A warehouse may have a schema of
// that name, so behind its own connector only those two forms count.
func (a *attempt) isExtractCopy() bool {
	parts := a.parts
	if len(parts) < 2 || parts[len(parts)-2].Text != "Extract" {
		return false
	}
	table := parts[len(parts)-1].Text
	end := strings.LastIndex(table, ")_")
	return a.kind == warehouse.ClassGeneric || table == "Extract" || end > 0 && strings.Contains(table[:end], " (")
}

// otherPlatform is step 2; the names were read when the attempt began.
func (a *attempt) otherPlatform() bool {
	if len(a.candidates) == 0 {
		a.v.Outcome, a.v.Reason = NotApplicable, reason.OtherPlatform
		return true
	}
	return false
}
