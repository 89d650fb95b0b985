package api

import (
	"context"

	"flowbench/api/flowbenchpb"
	"flowbench/auth"
	"flowbench/models"
)

// ListMembers returns who has roles in the organization.
func (s *Server) ListMembers(ctx context.Context, _ *flowbenchpb.ListMembersRequest) (*flowbenchpb.ListMembersResponse, error) {
	memberships, err := s.services.Members.List(ctx)
	if err != nil {
		return nil, err
	}
	response := &flowbenchpb.ListMembersResponse{}
	for _, m := range memberships {
		user, err := s.services.Users.Get(ctx, m.UserID)
		if err != nil && models.KindOf(err) != models.KindNotFound { // users of other organizations have no name here
			return nil, err
		}
		response.Result = append(response.Result, &flowbenchpb.Member{UserId: m.UserID, UserName: user.Name,
			DisplayName: user.DisplayName, Type: string(user.Type), Roles: m.Roles, ChangeDate: stamp(m.ChangedAt)})
	}
	return response, nil
}

// SetMember replaces a user's roles in the organization of the call.
func (s *Server) SetMember(ctx context.Context, q *flowbenchpb.SetMemberRequest) (*flowbenchpb.SetMemberResponse, error) {
	if _, err := s.services.Members.Set(ctx, q.GetUserId(), auth.From(ctx).OrgID, q.GetRoles()); err != nil {
		return nil, err
	}
	return &flowbenchpb.SetMemberResponse{}, nil
}

// RemoveMember takes a user's roles in the organization of the call away.
func (s *Server) RemoveMember(ctx context.Context, q *flowbenchpb.RemoveMemberRequest) (*flowbenchpb.RemoveMemberResponse, error) {
	if err := s.services.Members.Remove(ctx, q.GetUserId(), auth.From(ctx).OrgID); err != nil {
		return nil, err
	}
	return &flowbenchpb.RemoveMemberResponse{}, nil
}
