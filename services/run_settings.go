package services

import (
	"context"

	"flowbench/models"
	"flowbench/script"
)

var errRealCallsOff = models.Precondition(models.RuleRealCallsOff,
	"Test runs of this organization may not really call. Allow it in the settings, or answer from the sample.")

// limit applies what the organization decided about HTTP calls to a run.
func (r *Runs) limit(ctx context.Context, req *script.ChainRequest) error {
	if req.HTTP.Mode != script.HTTPReal {
		return nil
	}
	settings, err := r.store.Settings(ctx, req.OrgID)
	if err != nil {
		return err
	}
	if req.Test && !settings.RealCallsInTest {
		return errRealCallsOff
	}
	req.Hosts = settings.AllowedHosts
	return nil
}

// forget leaves the input out of a run that is to be kept, if the organization
// stores none.
func forget(run *models.Run, settings models.Settings) {
	if settings.StoreInputs == models.StoreInputsNone {
		run.Input = ""
	}
}
