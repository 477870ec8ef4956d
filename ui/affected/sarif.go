package affected

import (
	"net/url"
	"strconv"
	"strings"

	"darkroom/model/impact"
)

// Sarif is the answer in SARIF 2.1.0: a result for each changed resource on which something
// depends, at its file.
type Sarif struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	Invocations []sarifInvocation `json:"invocations"`
	Results     []sarifResult     `json:"results"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string       `json:"id"`
	Short   sarifMessage `json:"shortDescription"`
	Full    sarifMessage `json:"fullDescription"`
	Help    sarifMessage `json:"help"`
	Default sarifLevel   `json:"defaultConfiguration"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

// sarifInvocation says how the answer was found, and what that cannot see.
type sarifInvocation struct {
	Successful bool                `json:"executionSuccessful"`
	Notes      []sarifNotification `json:"toolExecutionNotifications"`
}

type sarifNotification struct {
	Level   string       `json:"level"`
	Message sarifMessage `json:"message"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifMessage      `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact struct {
		URI string `json:"uri"`
	} `json:"artifactLocation"`
	Region struct {
		StartLine int `json:"startLine"`
	} `json:"region"`
}

// sarifRules are one for each severity. GitHub asks for all of their texts.
func sarifRules() (rules []sarifRule) {
	const help = "Ask the owners of the dashboards that the result names before you merge. darkroom impact lists them with the way to each."
	for _, s := range impact.Severities() {
		reaches := [...]string{
			"dashboards that are included, or exposures",
			"dashboards that read certified data only, or have " + strconv.Itoa(impact.Popular) + " views",
			"dashboards that are neither included, nor certified, nor popular",
		}[s]
		rules = append(rules, sarifRule{
			ID:    "impact-" + strings.ReplaceAll(s.String(), "_", "-"),
			Short: sarifMessage{"A change reaches dashboards: " + strings.ToLower(s.Title())}, Full: sarifMessage{"A changed dbt resource reaches " + reaches + "."},
			Help: sarifMessage{help}, Default: sarifLevel{sarifLevelOf(s)},
		})
	}
	return rules
}

func sarifLevelOf(s impact.Severity) string {
	if s == impact.Included {
		return "warning"
	}
	return "note"
}

// Sarif makes it.
func (a *Answer) Sarif() Sarif {
	run := sarifRun{Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{"darkroom", sarifRules()}
	notes := []sarifNotification{{"note", sarifMessage{a.Title() + ": " + a.Numbers("·")}}}
	if a.Changes != nil {
		for _, s := range a.found() {
			notes = append(notes, sarifNotification{"note", sarifMessage{s}})
		}
	}
	run.Invocations = []sarifInvocation{{true, notes}}
	for _, g := range a.groups() {
		var at sarifLocation
		at.Physical.Artifact.URI = (&url.URL{Path: a.file(g.node)}).String()
		at.Physical.Region.StartLine = 1
		run.Results = append(run.Results, sarifResult{
			RuleID: run.Tool.Driver.Rules[g.severity].ID, RuleIndex: int(g.severity), Level: sarifLevelOf(g.severity), Message: sarifMessage{a.sentence(g)},
			Locations: []sarifLocation{at}, Fingerprints: map[string]string{"darkroomImpact/v1": a.idOf(g.node)},
		})
	}
	return Sarif{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
}
