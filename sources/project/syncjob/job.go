package syncjob

import (
	"context"
	"strings"

	"darkroom/sources/project/config"
	"darkroom/sources/project/decisions"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch"
	"darkroom/sources/trust"
)

// Options are the choices for one sync, for all of its sites.
type Options struct {
	AcceptWorse bool // an answer that looks worse than the last replaces the snapshot
	DryRun      bool // nothing is written
	Download    bool // files are read, too, also where the site does not say so
	Columns     bool // likewise the columns of sheets
	// Snapshot is where the command line wants the snapshot of the one site, if it does.
	Snapshot string
}

// Job is a site with all that syncing it needs.
type Job struct {
	fetch.Job
	Name     string
	Snapshot string // as darkroom.yml has it
	Unready  error  // why it cannot begin

	turn string // jobs with the same turn cannot run at the same time
}

// New is the job of a site.
func New(conf *config.Config, s config.Site, server trust.Confirmed, cred api.Credentials, opt Options) *Job {
	j := &Job{Name: s.Name, Snapshot: s.Snapshot, Job: fetch.Job{
		API: api.Config{Server: server, Site: s.Site, Credentials: cred},
		Options: fetch.Options{
			Server: PublicServer(s), ContentURL: s.Site, Name: s.Name, Download: opt.Download || s.Download, Columns: opt.Columns || s.Columns,
		},
		File:          File(conf, s),
		AcceptSmaller: opt.AcceptWorse,
		DryRun:        opt.DryRun,
	}}
	// One personal access token has one session, whatever the site
	// (sources/tableau/API.md#one-session-per-token). One server has many spellings,
	// so the token alone counts: two servers with a token of one name wait for each
	// other for nothing, which is only slower.
	if j.turn = "site " + s.Name; cred.Method() == config.AuthPAT {
		j.turn = "token " + strings.ToLower(strings.TrimSpace(cred.TokenName))
	}
	return j
}

// Prepare makes a job of each site, whose server may receive secrets, looks those up one
// site after another, and sees to it that snapshots stay out of git. A site without
// secrets, whose server you did not confirm, or whose snapshot may not be written, is not
// ready and stops no other; the error is one of asking, or of the folder.
func Prepare(ctx context.Context, conf *config.Config, sites []config.Site, opt Options, from Secrets) ([]*Job, error) {
	var jobs []*Job
	kept := false // in darkroom's own folder
	for _, s := range sites {
		var server trust.Confirmed
		var cred api.Credentials
		file, err := Target(conf, s, opt)
		if err == nil {
			server, cred, err = from.Of(ctx, conf, s)
		}
		if stop := StoppedBy(err); stop != nil {
			return nil, stop
		}
		j := New(conf, s, server, cred, opt)
		j.File, j.Unready = file, err
		jobs = append(jobs, j)
		kept = kept || err == nil && own(conf, file)
	}
	if !kept {
		return jobs, nil
	}
	return jobs, decisions.KeepPrivate(conf.Root)
}
