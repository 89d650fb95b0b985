package api_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/structpb"

	"flowbench/api/flowbenchpb"
	"flowbench/api/flowbenchpb/flowbenchpbconnect"
	"flowbench/api/managementpb"
	"flowbench/api/managementpb/managementpbconnect"
	"flowbench/store/storetest"
)

// TestGoExamples runs the Go examples of docs/api.md. Each stands here letter
// by letter; the last check fails for one that is only in the document.
func TestGoExamples(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	ctx, info := connect.NewClientContext(context.Background())
	info.RequestHeader().Set("Authorization", "Bearer "+f.vars["iamOwnerToken"])
	client, option := http2Client(), connect.WithGRPC()
	management := managementpbconnect.NewManagementServiceClient(client, f.url, option)
	admin := managementpbconnect.NewAdminServiceClient(client, f.url, option)
	runs := flowbenchpbconnect.NewRunServiceClient(client, f.url, option)
	scripts := flowbenchpbconnect.NewScriptServiceClient(client, f.url, option)
	cases := flowbenchpbconnect.NewCaseServiceClient(client, f.url, option)
	samples := flowbenchpbconnect.NewSampleServiceClient(client, f.url, option)
	versions := flowbenchpbconnect.NewVersionServiceClient(client, f.url, option)
	events := flowbenchpbconnect.NewEventServiceClient(client, f.url, option)
	settings := flowbenchpbconnect.NewSettingsServiceClient(client, f.url, option)
	members := flowbenchpbconnect.NewMemberServiceClient(client, f.url, option)
	tokens := flowbenchpbconnect.NewTokenServiceClient(client, f.url, option)
	org, user, script := f.vars["orgId"], f.vars["viewerId"], `function addTier(ctx, api) { api.v1.claims.setClaim("tier", "gold") }`
	var action, run, testCase, sample, tokenID string
	var event int64
	steps := []struct {
		name string
		call func() (proto.Message, error)
		keep *string // where the id of the answer goes
	}{
		{"Healthz", func() (proto.Message, error) {
			return management.Healthz(ctx, &managementpb.HealthzRequest{})
		}, nil},
		{"CreateAction", func() (proto.Message, error) {
			return management.CreateAction(ctx, &managementpb.CreateActionRequest{Name: "addTier", Script: script, Timeout: durationpb.New(10 * time.Second)})
		}, &action},
		{"GetAction", func() (proto.Message, error) {
			return management.GetAction(ctx, &managementpb.GetActionRequest{Id: action})
		}, nil},
		{"ListActions", func() (proto.Message, error) {
			return management.ListActions(ctx, &managementpb.ListActionsRequest{Query: &managementpb.ListQuery{Limit: 100}})
		}, nil},
		{"UpdateAction", func() (proto.Message, error) {
			return management.UpdateAction(ctx, &managementpb.UpdateActionRequest{Id: action, Name: "addTier", Script: script, AllowedToFail: true})
		}, nil},
		{"DeactivateAction", func() (proto.Message, error) {
			return management.DeactivateAction(ctx, &managementpb.DeactivateActionRequest{Id: action})
		}, nil},
		{"ReactivateAction", func() (proto.Message, error) {
			return management.ReactivateAction(ctx, &managementpb.ReactivateActionRequest{Id: action})
		}, nil},
		{"ListFlowTypes", func() (proto.Message, error) {
			return management.ListFlowTypes(ctx, &managementpb.ListFlowTypesRequest{})
		}, nil},
		{"ListFlowTriggerTypes", func() (proto.Message, error) {
			return management.ListFlowTriggerTypes(ctx, &managementpb.ListFlowTriggerTypesRequest{Type: "2"})
		}, nil},
		{"SetTriggerActions", func() (proto.Message, error) {
			return management.SetTriggerActions(ctx, &managementpb.SetTriggerActionsRequest{FlowType: "2", TriggerType: "4", ActionIds: []string{action}})
		}, nil},
		{"GetFlow", func() (proto.Message, error) {
			return management.GetFlow(ctx, &managementpb.GetFlowRequest{Type: "2"})
		}, nil},
		{"RunAction", func() (proto.Message, error) {
			return runs.RunAction(ctx, &flowbenchpb.RunActionRequest{ActionId: action, Trigger: "pre-userinfo"})
		}, &run},
		{"RunTrigger", func() (proto.Message, error) {
			return runs.RunTrigger(ctx, &flowbenchpb.RunTriggerRequest{Trigger: "pre-userinfo", Test: true})
		}, nil},
		{"RunJourney", func() (proto.Message, error) {
			return runs.RunJourney(ctx, &flowbenchpb.RunJourneyRequest{Triggers: []string{"pre-userinfo", "pre-access-token"}, Test: true})
		}, nil},
		{"ListRuns", func() (proto.Message, error) {
			return runs.ListRuns(ctx, &flowbenchpb.ListRunsRequest{Trigger: "pre-userinfo", Limit: 20})
		}, nil},
		{"GetRun", func() (proto.Message, error) {
			return runs.GetRun(ctx, &flowbenchpb.GetRunRequest{Id: run})
		}, nil},
		{"CheckScript", func() (proto.Message, error) {
			return scripts.CheckScript(ctx, &flowbenchpb.CheckScriptRequest{Name: "addTier", Script: script, Trigger: "pre-userinfo"})
		}, nil},
		{"ListTriggers", func() (proto.Message, error) {
			return scripts.ListTriggers(ctx, &flowbenchpb.ListTriggersRequest{})
		}, nil},
		{"SetCase", func() (proto.Message, error) {
			return cases.SetCase(ctx, &flowbenchpb.SetCaseRequest{ActionId: action, Name: "gold", Trigger: "pre-userinfo", Expect: &flowbenchpb.Expectation{Others: true}})
		}, &testCase},
		{"ListCases", func() (proto.Message, error) {
			return cases.ListCases(ctx, &flowbenchpb.ListCasesRequest{ActionId: action})
		}, nil},
		{"RunCases", func() (proto.Message, error) {
			return cases.RunCases(ctx, &flowbenchpb.RunCasesRequest{ActionId: action})
		}, nil},
		{"DeleteCase", func() (proto.Message, error) {
			return cases.DeleteCase(ctx, &flowbenchpb.DeleteCaseRequest{Id: testCase})
		}, nil},
		{"SetSample", func() (proto.Message, error) {
			return samples.SetSample(ctx, &flowbenchpb.SetSampleRequest{Trigger: "pre-userinfo", Name: "Gold customer", Context: &structpb.Struct{}})
		}, &sample},
		{"ListSamples", func() (proto.Message, error) {
			return samples.ListSamples(ctx, &flowbenchpb.ListSamplesRequest{})
		}, nil},
		{"DeleteSample", func() (proto.Message, error) {
			return samples.DeleteSample(ctx, &flowbenchpb.DeleteSampleRequest{Id: sample})
		}, nil},
		{"ListVersions", func() (proto.Message, error) {
			return versions.ListVersions(ctx, &flowbenchpb.ListVersionsRequest{ActionId: action})
		}, nil},
		{"GetVersion", func() (proto.Message, error) {
			return versions.GetVersion(ctx, &flowbenchpb.GetVersionRequest{ActionId: action, Number: 1})
		}, nil},
		{"RestoreVersion", func() (proto.Message, error) {
			return versions.RestoreVersion(ctx, &flowbenchpb.RestoreVersionRequest{ActionId: action, Number: 1})
		}, nil},
		{"ListEvents", func() (proto.Message, error) {
			return events.ListEvents(ctx, &flowbenchpb.ListEventsRequest{AggregateId: action, Limit: 20})
		}, nil},
		{"RevertEvent", func() (proto.Message, error) {
			return events.RevertEvent(ctx, &flowbenchpb.RevertEventRequest{Id: event, Preview: true})
		}, nil},
		{"ClearFlow", func() (proto.Message, error) {
			return management.ClearFlow(ctx, &managementpb.ClearFlowRequest{Type: "2"})
		}, nil},
		{"DeleteAction", func() (proto.Message, error) {
			return management.DeleteAction(ctx, &managementpb.DeleteActionRequest{Id: action})
		}, nil},
		{"UndeleteAction", func() (proto.Message, error) {
			return versions.UndeleteAction(ctx, &flowbenchpb.UndeleteActionRequest{ActionId: action})
		}, nil},
		{"GetMyOrg", func() (proto.Message, error) {
			return management.GetMyOrg(ctx, &managementpb.GetMyOrgRequest{})
		}, nil},
		{"GetOrgByID", func() (proto.Message, error) {
			return admin.GetOrgByID(ctx, &managementpb.GetOrgByIDRequest{Id: org})
		}, nil},
		{"GetDefaultOrg", func() (proto.Message, error) {
			return admin.GetDefaultOrg(ctx, &managementpb.GetDefaultOrgRequest{})
		}, nil},
		{"ListOrgs", func() (proto.Message, error) {
			return admin.ListOrgs(ctx, &managementpb.ListOrgsRequest{})
		}, nil},
		{"GetSettings", func() (proto.Message, error) {
			return settings.GetSettings(ctx, &flowbenchpb.GetSettingsRequest{})
		}, nil},
		{"UpdateSettings", func() (proto.Message, error) {
			return settings.UpdateSettings(ctx, &flowbenchpb.UpdateSettingsRequest{Label: proto.String("Production")})
		}, nil},
		{"ListMembers", func() (proto.Message, error) {
			return members.ListMembers(ctx, &flowbenchpb.ListMembersRequest{})
		}, nil},
		{"SetMember", func() (proto.Message, error) {
			return members.SetMember(ctx, &flowbenchpb.SetMemberRequest{UserId: user, Roles: []string{"ORG_OWNER_VIEWER"}})
		}, nil},
		{"RemoveMember", func() (proto.Message, error) {
			return members.RemoveMember(ctx, &flowbenchpb.RemoveMemberRequest{UserId: user})
		}, nil},
		{"CreateToken", func() (proto.Message, error) {
			return tokens.CreateToken(ctx, &flowbenchpb.CreateTokenRequest{})
		}, &tokenID},
		{"ListTokens", func() (proto.Message, error) {
			return tokens.ListTokens(ctx, &flowbenchpb.ListTokensRequest{})
		}, nil},
		{"RevokeToken", func() (proto.Message, error) {
			return tokens.RevokeToken(ctx, &flowbenchpb.RevokeTokenRequest{Id: tokenID})
		}, nil},
	}
	for _, step := range steps {
		answer, err := step.call()
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if list, ok := answer.(*flowbenchpb.ListEventsResponse); ok {
			event = list.GetResult()[0].GetId()
		}
		if step.keep != nil {
			id := answer.ProtoReflect().Descriptor().Fields().ByName("id")
			*step.keep = answer.ProtoReflect().Get(id).String()
		}
	}
	source, err := os.ReadFile("examples_test.go")
	if err != nil {
		t.Fatal(err)
	}
	blocks := fenced(t, "go")
	if len(blocks) < len(steps) {
		t.Errorf("%d examples here, %d in the document", len(steps), len(blocks))
	}
	for _, block := range blocks {
		if !strings.Contains(string(source), fmt.Sprintf("\t\t\treturn %s\n", strings.TrimSpace(block))) && !strings.Contains(block, "NewManagementServiceClient") {
			t.Errorf("the example is not run here:\n%s", block)
		}
	}
}
