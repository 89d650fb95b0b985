package api

import (
	"context"
	"slices"
	"strings"
	"unicode"

	pb "flowbench/api/managementpb"
	"flowbench/auth"
	"flowbench/models"
)

// GetMyOrg returns the organization of the call.
func (s *Server) GetMyOrg(ctx context.Context, _ *pb.GetMyOrgRequest) (*pb.GetMyOrgResponse, error) {
	org, err := s.services.Orgs.Get(ctx, auth.From(ctx).OrgID)
	if err != nil {
		return nil, err
	}
	return &pb.GetMyOrgResponse{Org: s.orgToPB(org)}, nil
}

// GetOrgByID returns one organization.
func (s *Server) GetOrgByID(ctx context.Context, q *pb.GetOrgByIDRequest) (*pb.GetOrgByIDResponse, error) {
	org, err := s.services.Orgs.Get(ctx, q.GetId())
	if err != nil {
		return nil, err
	}
	return &pb.GetOrgByIDResponse{Org: s.orgToPB(org)}, nil
}

// GetDefaultOrg returns the first organization of the instance.
func (s *Server) GetDefaultOrg(ctx context.Context, _ *pb.GetDefaultOrgRequest) (*pb.GetDefaultOrgResponse, error) {
	org, err := s.services.Orgs.Default(ctx)
	if err != nil {
		return nil, err
	}
	return &pb.GetDefaultOrgResponse{Org: s.orgToPB(org)}, nil
}

// ListOrgs returns a page of all organizations.
func (s *Server) ListOrgs(ctx context.Context, q *pb.ListOrgsRequest) (*pb.ListOrgsResponse, error) {
	if err := checkOrgQueries("ListOrgsRequest", q.GetQueries()); err != nil {
		return nil, err
	}
	all, err := s.services.Orgs.List(ctx)
	if err != nil {
		return nil, err
	}
	list := s.matching(all, q.GetQueries())
	if q.GetSortingColumn() == pb.OrgFieldName_ORG_FIELD_NAME_NAME {
		sortByName(list, q.GetQuery().GetAsc())
	}
	page, err := pageOf(list, q.GetQuery())
	if err != nil {
		return nil, err
	}
	return &pb.ListOrgsResponse{Details: s.listDetails(uint64(len(list)), len(page)), Result: page}, nil
}

// ListOrganizations returns a page of the organizations the caller may see.
func (s *Server) ListOrganizations(ctx context.Context, q *pb.ListOrganizationsRequest) (*pb.ListOrganizationsResponse, error) {
	if err := checkOrgQueries("ListOrganizationsRequest", q.GetQueries()); err != nil {
		return nil, err
	}
	mine, err := s.services.Orgs.Mine(ctx)
	if err != nil {
		return nil, err
	}
	list := s.matching(mine, q.GetQueries())
	page, err := pageOf(list, q.GetQuery())
	if err != nil {
		return nil, err
	}
	response := &pb.ListOrganizationsResponse{Details: s.listDetails(uint64(len(list)), len(page))}
	for _, org := range page {
		response.Result = append(response.Result, &pb.Organization{Id: org.GetId(), Details: org.GetDetails(),
			State: pb.OrganizationState_ORGANIZATION_STATE_ACTIVE, Name: org.GetName(), PrimaryDomain: org.GetPrimaryDomain()})
	}
	return response, nil
}

func (s *Server) orgToPB(o models.Org) *pb.Org {
	return &pb.Org{Id: o.ID, Details: changed(o.Sequence, o.ChangedAt, o.ID), State: pb.OrgState_ORG_STATE_ACTIVE,
		Name: o.Name, PrimaryDomain: slug(o.Name) + "." + s.host}
}

// slug is a name as a part of a domain: lower-case letters, digits and single
// hyphens.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.Join(words, "-")
}

// matching keeps the organizations that fit all queries. They are few, so
// this needs no database.
func (s *Server) matching(orgs []models.Org, queries []*pb.OrgQuery) []*pb.Org {
	var list []*pb.Org
	for _, o := range orgs {
		org := s.orgToPB(o)
		if !slices.ContainsFunc(queries, func(q *pb.OrgQuery) bool { return !matches(org, q) }) {
			list = append(list, org)
		}
	}
	return list
}

func matches(org *pb.Org, query *pb.OrgQuery) bool {
	switch q := query.GetQuery().(type) {
	case *pb.OrgQuery_NameQuery:
		return textMatches(org.GetName(), q.NameQuery.GetName(), q.NameQuery.GetMethod())
	case *pb.OrgQuery_DomainQuery:
		return textMatches(org.GetPrimaryDomain(), q.DomainQuery.GetDomain(), q.DomainQuery.GetMethod())
	case *pb.OrgQuery_StateQuery:
		return org.GetState() == q.StateQuery.GetState()
	case *pb.OrgQuery_IdQuery:
		return org.GetId() == q.IdQuery.GetId()
	}
	return false
}

func textMatches(value, wanted string, method pb.TextQueryMethod) bool {
	if method%2 == 1 { // each method is followed by its form that ignores case
		value, wanted, method = strings.ToLower(value), strings.ToLower(wanted), method-1
	}
	switch method {
	case pb.TextQueryMethod_TEXT_QUERY_METHOD_STARTS_WITH:
		return strings.HasPrefix(value, wanted)
	case pb.TextQueryMethod_TEXT_QUERY_METHOD_CONTAINS:
		return strings.Contains(value, wanted)
	case pb.TextQueryMethod_TEXT_QUERY_METHOD_ENDS_WITH:
		return strings.HasSuffix(value, wanted)
	}
	return value == wanted
}

func sortByName(list []*pb.Org, ascending bool) {
	slices.SortStableFunc(list, func(a, b *pb.Org) int {
		if !ascending {
			a, b = b, a
		}
		return strings.Compare(strings.ToLower(a.GetName()), strings.ToLower(b.GetName()))
	})
}

func pageOf(list []*pb.Org, query *pb.ListQuery) ([]*pb.Org, error) {
	if query.GetLimit() > models.MaxListLimit {
		return nil, models.Invalid(models.RuleListLimit, "limit", "A page has at most 1000 rows.")
	}
	limit := int(query.GetLimit())
	if limit == 0 {
		limit = models.MaxListLimit
	}
	if query.GetOffset() >= uint64(len(list)) {
		return nil, nil
	}
	list = list[query.GetOffset():]
	return list[:min(limit, len(list))], nil
}
