package api

import (
	"context"
	"slices"

	"google.golang.org/protobuf/types/known/durationpb"

	"flowbench/api/flowbenchpb"
	"flowbench/models"
)

// GetSettings returns what the organization decided.
func (s *Server) GetSettings(ctx context.Context, _ *flowbenchpb.GetSettingsRequest) (*flowbenchpb.Settings, error) {
	settings, err := s.services.Settings.Get(ctx)
	if err != nil {
		return nil, err
	}
	return settingsToPB(settings), nil
}

// UpdateSettings changes the settings that are given or named.
func (s *Server) UpdateSettings(ctx context.Context, q *flowbenchpb.UpdateSettingsRequest) (*flowbenchpb.Settings, error) {
	for _, timeout := range []*durationpb.Duration{q.GetDefaultTimeout(), q.GetRunsKeepFor()} {
		if timeout != nil && timeout.CheckValid() != nil {
			return nil, models.Invalid(models.RuleSettingsInvalid, "defaultTimeout", "This is not a duration.")
		}
	}
	settings, err := s.services.Settings.Get(ctx)
	if err != nil {
		return nil, err
	}
	if settings, err = s.services.Settings.Update(ctx, changedSettings(settings, q)); err != nil {
		return nil, err
	}
	return settingsToPB(settings), nil
}

func changedSettings(v models.Settings, q *flowbenchpb.UpdateSettingsRequest) models.Settings {
	named := func(path string) bool { return slices.Contains(q.GetUpdateMask().GetPaths(), path) }
	if q.Label != nil || named("label") {
		v.Label = q.GetLabel()
	}
	if q.HoldChanges != nil || named("hold_changes") {
		v.HoldChanges = q.HoldChanges
	}
	if q.DefaultTimeout != nil || named("default_timeout") {
		v.DefaultTimeout = q.GetDefaultTimeout().AsDuration()
	}
	if len(q.GetAllowedHosts()) > 0 || named("allowed_hosts") {
		v.AllowedHosts = q.GetAllowedHosts()
	}
	if q.RealCallsInTest != nil || named("real_calls_in_test") {
		v.RealCallsInTest = q.GetRealCallsInTest()
	}
	if q.RunsKeepFor != nil || named("runs_keep_for") {
		v.RunsKeepFor = q.GetRunsKeepFor().AsDuration()
	}
	if q.StoreInputs != nil || named("store_inputs") {
		v.StoreInputs = models.StoreInputs(q.GetStoreInputs())
	}
	return v
}

func settingsToPB(v models.Settings) *flowbenchpb.Settings {
	message := &flowbenchpb.Settings{Label: v.Label, HoldChanges: v.HoldChanges, AllowedHosts: v.AllowedHosts,
		RealCallsInTest: v.RealCallsInTest, StoreInputs: string(v.StoreInputs)}
	if v.DefaultTimeout > 0 {
		message.DefaultTimeout = durationpb.New(v.DefaultTimeout)
	}
	if v.RunsKeepFor > 0 {
		message.RunsKeepFor = durationpb.New(v.RunsKeepFor)
	}
	return message
}
