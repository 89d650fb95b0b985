package api_test

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"testing"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/types/known/durationpb"

	pb "flowbench/api/managementpb"
	"flowbench/api/managementpb/managementpbconnect"
	"flowbench/store"
	"flowbench/store/storetest"
)

// terraform makes the calls that the Terraform provider makes, in its order
// and with its parameters, over gRPC.
type terraform struct {
	managementpbconnect.ManagementServiceClient
	t     *testing.T
	token string
	org   string
}

func (c terraform) ctx() context.Context {
	ctx, info := connect.NewClientContext(context.Background())
	info.RequestHeader().Set("Authorization", "Bearer "+c.token)
	info.RequestHeader().Set("X-Zitadel-Orgid", c.org) // also when empty
	return ctx
}

// read is how the provider reads an action: by a list with its id.
func (c terraform) read(id string) (*pb.Action, bool) {
	c.t.Helper()
	list, err := c.ListActions(c.ctx(), &pb.ListActionsRequest{Queries: []*pb.ActionQuery{
		{Query: &pb.ActionQuery_ActionIdQuery{ActionIdQuery: &pb.ActionIDQuery{Id: id}}}}})
	if err != nil {
		c.t.Fatal(err)
	}
	if len(list.GetResult()) != 1 {
		return nil, false
	}
	return list.GetResult()[0], true
}

func (c terraform) trigger(flow, trigger string) []string {
	c.t.Helper()
	answer, err := c.GetFlow(c.ctx(), &pb.GetFlowRequest{Type: flow})
	if err != nil {
		c.t.Fatal(err)
	}
	var ids []string
	for _, t := range answer.GetFlow().GetTriggerActions() {
		for _, a := range t.GetActions() {
			if t.GetTriggerType().GetId() == trigger {
				ids = append(ids, a.GetId())
			}
		}
	}
	return ids
}

func (c terraform) set(flow, trigger string, ids ...string) {
	c.t.Helper()
	if _, err := c.SetTriggerActions(c.ctx(), &pb.SetTriggerActionsRequest{FlowType: flow, TriggerType: trigger, ActionIds: ids}); err != nil {
		c.t.Fatalf("set %s/%s to %v: %v", flow, trigger, ids, err)
	}
}

func TestTerraformLifeCycle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		f := start(t, st)
		for name, org := range map[string]string{"with org_id": f.vars["orgId"], "without": ""} {
			t.Run(name, func(t *testing.T) {
				lifeCycle(t, terraform{managementpbconnect.NewManagementServiceClient(http2Client(), f.url, connect.WithGRPC()),
					t, f.vars["ownerToken"], org}, f.vars["orgId"])
			})
		}
	})
}

func lifeCycle(t *testing.T, c terraform, owner string) {
	create := func(name string) string {
		answer, err := c.CreateAction(c.ctx(), &pb.CreateActionRequest{Name: name, Script: "function " + name + "(ctx, api) {}",
			Timeout: durationpb.New(10e9), AllowedToFail: true})
		if err != nil {
			t.Fatal(err)
		}
		return answer.GetId()
	}
	a, b := create("one"), create("two")
	if importable := regexp.MustCompile(`^\d{18}$`); !importable.MatchString(a) || !importable.MatchString(b) {
		t.Fatalf("the provider imports ids of 18 digits only: %s, %s", a, b)
	}
	for range 2 { // the second read is the plan without differences, and the import
		got, ok := c.read(a)
		if !ok || got.GetName() != "one" || got.GetState() != 2 || got.GetTimeout().AsDuration() != 10e9 || !got.GetAllowedToFail() ||
			got.GetScript() != "function one(ctx, api) {}" || got.GetDetails().GetResourceOwner() != owner {
			t.Fatalf("read %v", got)
		}
	}
	c.set("2", "4", b, a)
	for range 2 {
		if got := c.trigger("2", "4"); !slices.Equal(got, []string{b, a}) {
			t.Fatalf("trigger has %v", got)
		}
	}
	if _, err := c.UpdateAction(c.ctx(), &pb.UpdateActionRequest{Id: a, Name: "one", Script: "function one() {}", Timeout: durationpb.New(10e9), AllowedToFail: true}); err != nil {
		t.Fatal(err)
	}
	if got, _ := c.read(a); got.GetScript() != "function one() {}" {
		t.Fatalf("after the update: %v", got)
	}
	c.set("2", "4") // another trigger type is destroy and create
	c.set("2", "5", a, b)
	if old, now := c.trigger("2", "4"), c.trigger("2", "5"); len(old) > 0 || !slices.Equal(now, []string{a, b}) {
		t.Fatalf("old trigger has %v, new one %v", old, now)
	}
	c.set("2", "5")
	for _, id := range []string{a, b} {
		if _, err := c.DeleteAction(c.ctx(), &pb.DeleteActionRequest{Id: id}); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.read(id); ok {
			t.Errorf("%s is still there", id)
		}
	}
	_, err := c.DeleteAction(c.ctx(), &pb.DeleteActionRequest{Id: a})
	checkErrorDetail(t, err, connect.CodeNotFound, "COMMAND-Dgh4h")
}

// checkErrorDetail reads the detail as SDKs do.
func checkErrorDetail(t *testing.T, err error, code connect.Code, id string) {
	t.Helper()
	var failure *connect.Error
	if !errors.As(err, &failure) || failure.Code() != code || len(failure.Details()) != 1 {
		t.Fatalf("got %v, want %v with one detail", err, code)
	}
	value, err := failure.Details()[0].Value()
	if detail, ok := value.(*pb.ErrorDetail); err != nil || !ok || detail.GetId() != id {
		t.Errorf("detail is %v, %v, want %s", value, err, id)
	}
}
