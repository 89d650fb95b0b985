package api

import (
	"context"
	"encoding/json"
	"fmt"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"flowbench/api/flowbenchpb"
	"flowbench/models"
	"flowbench/services"
)

// RunAction runs one action as a test.
func (s *Server) RunAction(ctx context.Context, q *flowbenchpb.RunActionRequest) (*flowbenchpb.RunResult, error) {
	if q.GetActionId() == "" && q.GetScript() == "" && q.GetName() == "" {
		return nil, models.Invalid(models.RuleActionIDMissing, "actionId", "An action or a name and a script are needed.")
	}
	if err := checkTimeout("RunActionRequest", q.GetTimeout()); err != nil {
		return nil, err
	}
	input, err := contextJSON(q.GetContext())
	if err != nil {
		return nil, err
	}
	result, err := s.services.Runs.RunAction(ctx, services.RunActionRequest{
		ActionID: q.GetActionId(), Name: q.GetName(), Script: q.GetScript(), Trigger: models.Slug(q.GetTrigger()), Context: input,
		Timeout: q.GetTimeout().AsDuration(), AllowedToFail: q.GetAllowedToFail(), Strict: q.GetStrict(),
		HTTP: httpOptions(q.GetHttp()), Source: models.RunSourceTest,
	})
	if err != nil {
		return nil, err
	}
	return runResultToPB(result)
}

// ListRuns returns stored runs, newest first.
func (s *Server) ListRuns(ctx context.Context, q *flowbenchpb.ListRunsRequest) (*flowbenchpb.ListRunsResponse, error) {
	limit, err := pageLimit(q.GetLimit())
	if err != nil {
		return nil, err
	}
	filter := models.RunFilter{ActionID: q.GetActionId(), Trigger: models.Slug(q.GetTrigger()),
		From: timeOf(q.GetFrom()), To: timeOf(q.GetTo()), LogText: q.GetLogText(), BeforeID: q.GetBeforeId(), Limit: limit}
	if q.GetSource() != flowbenchpb.RunSource_RUN_SOURCE_UNSPECIFIED {
		filter.Source = models.RunSource(q.GetSource().String())
	}
	for _, outcome := range q.GetOutcomes() {
		filter.Outcomes = append(filter.Outcomes, models.OutcomeKind(outcome.String()))
	}
	runs, err := s.services.Runs.List(ctx, filter)
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.ListRunsResponse{}
	for _, run := range runs {
		result, err := runToPB(run)
		if err != nil {
			return nil, err
		}
		response.Result = append(response.Result, result)
	}
	return response, nil
}

// GetRun returns one stored run with what it ran.
func (s *Server) GetRun(ctx context.Context, q *flowbenchpb.GetRunRequest) (*flowbenchpb.RunResult, error) {
	run, err := s.services.Runs.Get(ctx, q.GetId())
	if err != nil {
		return nil, err
	}
	result, err := runToPB(run)
	if err != nil {
		return nil, err
	}
	result.Script = run.Script
	result.Context, err = structFrom(run.Input)
	return result, err
}

const (
	defaultPage = 50
	maxPage     = models.MaxListLimit
)

func pageLimit(limit int32) (int, error) {
	switch {
	case limit < 0 || limit > maxPage:
		return 0, models.Invalid(models.RuleListLimit, "limit", "A page has at most 1000 rows.")
	case limit == 0:
		return defaultPage, nil
	}
	return int(limit), nil
}

func httpOptions(o *flowbenchpb.HTTPOptions) services.HTTPOptions {
	if o == nil {
		return services.HTTPOptions{}
	}
	options := services.HTTPOptions{Mode: services.HTTPMode(o.GetMode().String())}
	for _, stub := range o.GetStubs() {
		options.Stubs = append(options.Stubs, services.Stub{Method: stub.GetMethod(), URL: stub.GetUrl(),
			Status: int(stub.GetStatus()), Headers: stub.GetHeaders(), Body: stub.GetBody()})
	}
	return options
}

func contextJSON(value *structpb.Struct) (json.RawMessage, error) {
	if value == nil {
		return nil, nil
	}
	data, err := value.MarshalJSON()
	if err != nil {
		return nil, models.Invalid(models.RuleContextInvalid, "context", "The context is not a JSON object.")
	}
	return data, nil
}

// structFrom reads a stored JSON object; empty text is no object.
func structFrom(text string) (*structpb.Struct, error) {
	if text == "" {
		return nil, nil
	}
	value := &structpb.Struct{}
	if err := protojson.Unmarshal([]byte(text), value); err != nil {
		return nil, fmt.Errorf("read stored object: %w", err)
	}
	return value, nil
}

// runResultToPB goes by way of JSON, because the JSON form of a run result is
// the contract and both sides have it.
func runResultToPB(result models.RunResult) (*flowbenchpb.RunResult, error) {
	message := &flowbenchpb.RunResult{}
	return message, throughJSON(result, message)
}

func throughJSON(value any, message proto.Message) error {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return readJSON(data, message)
}

func readJSON(data []byte, message proto.Message) error {
	if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(data, message); err != nil {
		return fmt.Errorf("read result: %w", err)
	}
	return nil
}

func runToPB(run models.Run) (*flowbenchpb.RunResult, error) {
	result := &flowbenchpb.RunResult{}
	if err := readJSON([]byte(run.Result), result); err != nil {
		return nil, err
	}
	result.Id, result.ChainId, result.Position = run.ID, run.ChainID, int32(run.Position)
	result.ById, result.ByName = run.ByID, run.ByName
	return result, nil
}
