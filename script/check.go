package script

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"flowbench/models"
	"flowbench/script/wire"
)

// RuleEngineBusy marks requests for which no worker became free.
const RuleEngineBusy models.Rule = "EngineBusy"

// Check implements Engine. Parsing is as dangerous as running, so it happens in
// a worker, with a limit of one second.
func (e *engine) Check(ctx context.Context, req CheckRequest) (CheckResult, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.ctx, cancel)()
	result, again, err := e.checkOnce(ctx, req)
	if again {
		result, _, err = e.checkOnce(ctx, req)
	}
	return result, err
}

// checkOnce tries one worker; again says that it was ended from outside.
func (e *engine) checkOnce(ctx context.Context, req CheckRequest) (result CheckResult, again bool, err error) {
	p, err := e.tests.acquire(ctx, req.OrgID, 5*time.Second)
	if errors.Is(err, errBusy) || errors.Is(err, errFull) {
		return result, false, &models.Error{Kind: models.KindUnavailable, Rule: RuleEngineBusy, Cause: err,
			Message: "No script worker became free to check the script. Try again in a moment."}
	}
	if err != nil {
		return result, false, err
	}
	defer e.tests.release(req.OrgID, p)
	x := e.newExchange(ctx, p, checkLimit)
	defer x.close()
	payload, err := ask(p, wire.CheckMessage{Name: req.Name, Script: req.Script, Trigger: req.Trigger})
	if err == nil {
		err = json.Unmarshal(payload, &result)
	}
	if err == nil {
		return result, false, nil
	}
	return e.checkFailed(ctx, x, err)
}

func ask(p *process, m wire.CheckMessage) ([]byte, error) {
	if err := p.conn.Send(wire.Check, m.Append); err != nil {
		return nil, err
	}
	kind, payload, err := p.conn.Read()
	if err == nil && kind != wire.Checked {
		err = wire.ErrMalformed
	}
	return payload, err
}

// checkFailed turns the end of a worker into a problem of the script.
func (e *engine) checkFailed(ctx context.Context, x *exchange, cause error) (CheckResult, bool, error) {
	x.p.finish(x.reason() == endNone)
	if x.reason() == endNone && x.p.endedFromOutside() {
		return CheckResult{}, true, cause
	}
	if x.reason() == endCancel {
		return CheckResult{}, false, context.Cause(ctx)
	}
	outcome := e.ending(x, checkLimit, cause)
	return CheckResult{Problems: []Problem{{Rule: models.RuleSyntax, Severity: models.SeverityError,
		Message: "The script cannot be checked. " + outcome.Message}}}, false, nil
}
