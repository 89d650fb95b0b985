package api

import (
	"strconv"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "flowbench/api/managementpb"
	"flowbench/models"
)

// stamp is a time on the wire; the zero time is absent.
func stamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

func optionalStamp(t *time.Time) *timestamppb.Timestamp {
	if t == nil {
		return nil
	}
	return stamp(*t)
}

// timeOf reads a time from the wire; absent is the zero time.
func timeOf(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime()
}

// written are the details of a write: its time stands in creationDate, also
// for updates.
func written(sequence uint64, at time.Time, orgID string) *pb.ObjectDetails {
	return &pb.ObjectDetails{Sequence: sequence, CreationDate: stamp(at), ResourceOwner: orgID}
}

// changed are the details of a read, and of ClearFlow.
func changed(sequence uint64, at time.Time, orgID string) *pb.ObjectDetails {
	return &pb.ObjectDetails{Sequence: sequence, ChangeDate: stamp(at), ResourceOwner: orgID}
}

func actionToPB(a models.Action) *pb.Action {
	return &pb.Action{
		Id: a.ID, Details: changed(a.Sequence, a.ChangedAt, a.OrgID), State: pb.ActionState(a.State), Name: a.Name,
		Script: a.Script, Timeout: durationpb.New(a.EffectiveTimeout()), AllowedToFail: a.AllowedToFail,
	}
}

func actionsToPB(list []models.Action) []*pb.Action {
	result := make([]*pb.Action, len(list))
	for i, a := range list {
		result[i] = actionToPB(a)
	}
	return result
}

// filterFromPB builds the query of a list. The queries are already validated.
func filterFromPB(q *pb.ListActionsRequest) models.ActionFilter {
	filter := models.ActionFilter{
		Sort: models.ActionSort(q.GetSortingColumn()), Asc: q.GetQuery().GetAsc(),
		Offset: q.GetQuery().GetOffset(), Limit: q.GetQuery().GetLimit(),
	}
	for _, query := range q.GetQueries() {
		filter.Queries = append(filter.Queries, queryFromPB(query))
	}
	return filter
}

func queryFromPB(query *pb.ActionQuery) models.ActionQuery {
	switch q := query.GetQuery().(type) {
	case *pb.ActionQuery_ActionIdQuery:
		id := q.ActionIdQuery.GetId()
		return models.ActionQuery{ID: &id}
	case *pb.ActionQuery_ActionNameQuery:
		return models.ActionQuery{Name: &models.ActionNameQuery{
			Name: q.ActionNameQuery.GetName(), Method: models.TextMethod(q.ActionNameQuery.GetMethod())}}
	case *pb.ActionQuery_ActionStateQuery:
		state := models.ActionState(q.ActionStateQuery.GetState())
		return models.ActionQuery{State: &state}
	}
	return models.ActionQuery{}
}

// flowKeys and triggerKeys are ZITADEL's translation keys, by number.
var (
	flowKeys    = []string{"Unspecified", "ExternalAuthentication", "CustomiseToken", "InternalAuthentication", "CustomizeSAMLResponse"}
	triggerKeys = []string{"Unspecified", "PostAuthentication", "PreCreation", "PostCreation",
		"PreUserinfoCreation", "PreAccessTokenCreation", "PreSAMLResponseCreation"}
)

func localized(language, key string) *pb.LocalizedMessage {
	return &pb.LocalizedMessage{Key: key, LocalizedMessage: translate(language, key)}
}

func flowTypeToPB(language string, t models.FlowType) *pb.FlowType {
	return &pb.FlowType{Id: strconv.Itoa(int(t)), Name: localized(language, "Action.Flow.Type."+flowKeys[t])}
}

func triggerTypeToPB(language string, t models.TriggerType) *pb.TriggerType {
	return &pb.TriggerType{Id: strconv.Itoa(int(t)), Name: localized(language, "Action.TriggerType."+triggerKeys[t])}
}

func flowToPB(language string, f models.Flow, orgID string) *pb.Flow {
	flow := &pb.Flow{Type: flowTypeToPB(language, f.Type), State: pb.FlowState_FLOW_STATE_ACTIVE, Details: &pb.ObjectDetails{}}
	if f.Sequence > 0 {
		flow.Details = changed(f.Sequence, f.ChangedAt, orgID)
	}
	for _, lane := range f.Lanes {
		if len(lane.Actions) > 0 {
			flow.TriggerActions = append(flow.TriggerActions, &pb.TriggerAction{
				TriggerType: triggerTypeToPB(language, lane.Trigger.Trigger), Actions: actionsToPB(lane.Actions)})
		}
	}
	return flow
}
